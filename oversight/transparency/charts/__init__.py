"""The charts of an edition: what is drawn, and the sentence that says what it shows."""

from oversight.transparency.charts.editions import chart_named, charts_of, front_chart

__all__ = ["chart_named", "charts_of", "front_chart"]
