"""Lines over time, with dashes and marks; a gap where a value was withheld, and a word that says so."""

from itertools import pairwise
from typing import Final

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from oversight.interface.charts import patterns
from oversight.interface.charts.data import Drawing, Lines, Series
from oversight.interface.charts.scales import highest, ticks
from oversight.interface.charts.svg import (
    INK,
    LINE,
    PAPER,
    SOFT,
    at,
    element,
    number,
    share,
    text,
    together,
    wrapped,
)

_PLOT: Final = 200.0
_LEFT, _RIGHT = 0.14, 0.97
_MOST_LABELS: Final = 4
_LAST_BEFORE_END: Final = (
    0.64  # where a label still leaves room for the one at the end, on a telephone
)


def draw_lines(lines: Lines, name: str) -> Drawing:
    """Draw; raises ValueError for more series than can be told apart."""
    patterns.definitions(name, len(lines.series))  # refuses what cannot be told apart
    legend, y = patterns.line_legend([str(series.name) for series in lines.series])
    marks = ticks(highest(value for series in lines.series for value in series.values))
    top, bottom = y + 24, y + 24 + _PLOT
    parts = [legend, *(_tick(mark, marks[-1], bottom) for mark in marks)]
    parts += [_times(lines, bottom + 24)]
    for index, series in enumerate(lines.series):
        parts.append(_series(index, series, marks[-1], bottom))
    hidden = _hidden(lines, top, bottom)
    height = bottom + 34
    if hidden:
        label, more = wrapped(_("Broken upright line: withheld"), height, fill=SOFT)
        parts += [hidden, label]
        height += more
    return Drawing(together(parts), height)


def _x(index: int, count: int) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (index / (count - 1) if count > 1 else 0.5)


def _y(value: float, top: int, bottom: float) -> float:
    return bottom - _PLOT * value / top


def _tick(mark: int, top: int, bottom: float) -> SafeString:
    y = _y(mark, top, bottom)
    rule = element(
        "line",
        x1="0",
        x2="100%",
        y1=number(y),
        y2=number(y),
        stroke=INK if mark == 0 else LINE,
        stroke_width="1",
        class_="chart__rule",
    )
    return rule + text(number_format(mark, force_grouping=True), "0", y - 4, fill=SOFT)


def _times(lines: Lines, y: float) -> SafeString:
    """Some of the times in words: all of them would not fit on a telephone."""
    count = len(lines.categories)
    every = max(1, -(-(count - 1) // (_MOST_LABELS - 1)))
    shown = [i for i in range(0, count, every) if not i or _x(i, count) <= _LAST_BEFORE_END]
    shown += [count - 1] if count > 1 else []
    return together([_time(str(lines.categories[i]), i, count, y) for i in shown])


def _time(words: str, index: int, count: int, y: float) -> SafeString:
    if index and index == count - 1:
        return text(words, "100%", y, text_anchor="end")
    return text(words, share(_x(index, count)), y, text_anchor="middle")


def _series(index: int, series: Series, top: int, bottom: float) -> SafeString:
    count = len(series.values)
    parts = []
    for (i, one), (j, other) in pairwise(enumerate(series.values)):
        if one is not None and other is not None:
            y1, y2 = (number(_y(value, top, bottom)) for value in (one, other))
            place = {"x1": share(_x(i, count)), "x2": share(_x(j, count)), "y1": y1, "y2": y2}
            parts.append(patterns.line(index, **place))
    for i, value in enumerate(series.values):
        if value is not None:
            parts.append(at(_x(i, count), _y(value, top, bottom), patterns.mark(index)))
    return together(parts)


def _hidden(lines: Lines, top: float, bottom: float) -> SafeString:
    count = len(lines.categories)
    places = sorted({i for s in lines.series for i, value in enumerate(s.values) if value is None})
    given = {"stroke": SOFT, "stroke_width": 2, "stroke_dasharray": "2 4", "fill": PAPER}
    return together(
        [
            element(
                "line",
                x1=share(_x(i, count)),
                x2=share(_x(i, count)),
                y1=number(top),
                y2=number(bottom),
                class_="chart__withheld",
                **given,
            )
            for i in places
        ]
    )
