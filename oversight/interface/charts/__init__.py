"""Charts as SVG made by the server: small, readable on paper, on a telephone and by ear.

``Chart`` holds what is drawn (``Bars``, ``Lines`` or ``Intervals``), the sentence that says what it
shows, and the table behind it; ``{% chart %}`` puts all of that on a page. No script, no style
attribute, nothing told by colour alone; counts that were withheld are drawn as withheld.
"""

from oversight.interface.charts.chart import Cell, Chart
from oversight.interface.charts.data import Bars, Drawing, Interval, Intervals, Lines, Series
from oversight.interface.charts.intervals import per_hundred

__all__ = [
    "Bars",
    "Cell",
    "Chart",
    "Drawing",
    "Interval",
    "Intervals",
    "Lines",
    "Series",
    "per_hundred",
]
