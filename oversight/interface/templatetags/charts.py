"""`{% load charts %}`: a chart with its sentence, its table and its files."""

from typing import Any

from django import template

from oversight.interface.charts import Chart

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(given: Chart) -> dict[str, Any]:
    """`{% chart c %}`; the page loads css/charts.css."""
    return {"chart": given}
