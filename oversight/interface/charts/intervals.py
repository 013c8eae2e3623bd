"""Shares with their intervals: a dot on a bar that says how sure one can be."""

from typing import Final

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from oversight.interface.charts.bars import heading
from oversight.interface.charts.data import Drawing, Interval, Intervals
from oversight.interface.charts.scales import highest, ticks
from oversight.interface.charts.svg import (
    LINE,
    NAVY,
    SOFT,
    at,
    element,
    number,
    share,
    text,
    together,
    wrapped,
)

_ROW: Final = 26
_GAP: Final = 12


def draw_intervals(intervals: Intervals) -> Drawing:
    """Draw on a scale from 0 to a round number of each hundred."""
    marks = ticks(100 * highest(row.high for row in intervals.rows))
    top, y, parts = min(marks[-1], 100), 0.0, list[SafeString]()
    marks = [mark for mark in marks if mark <= top]
    for row in intervals.rows:
        words, height = heading(str(row.label), _in_words(row), y)
        parts += [words, _track(row, top, y + height + _ROW / 2)]
        y += height + _ROW + _GAP
    if intervals.reference is not None:
        parts.insert(0, _reference(intervals.reference, top, y))
        y += 4
    parts.append(_axis(marks, top, y))
    y += 26
    if intervals.reference is not None:
        label, height = wrapped(str(intervals.reference_label), y + 4, fill=SOFT)
        parts.append(label)
        y += 4 + height
    return Drawing(together(parts), y)


def per_hundred(part: float | None) -> str:
    """A share as so many of each hundred, to the whole number: 0.126 is "13"."""
    return _("withheld") if part is None else number_format(round(100 * part))


def _in_words(row: Interval) -> str:
    if row.point is None:
        return _("withheld")
    return _("%(point)s (%(low)s to %(high)s)") % {
        "point": per_hundred(row.point),
        "low": per_hundred(row.low),
        "high": per_hundred(row.high),
    }


def _track(row: Interval, top: int, y: float) -> SafeString:
    level = {"y1": number(y), "y2": number(y)}
    track = element("line", x1="0", x2="100%", stroke=LINE, class_="chart__rule", **level)
    if row.low is None or row.point is None or row.high is None:
        given = {"stroke": SOFT, "stroke_width": 4, "stroke_dasharray": "3 4"}
        return track + element("line", x1="0", x2="48", class_="chart__withheld", **given, **level)
    low, point, high = (100 * part / top for part in (row.low, row.point, row.high))
    given = {"stroke": NAVY, "stroke_width": 6, "stroke_opacity": "0.35", "class_": "chart__line"}
    width = element("line", x1=share(low), x2=share(high), **given, **level)
    dot = element("circle", r="6", fill=NAVY, class_="chart__mark")
    return together([track, width, at(point, y, dot)])


def _reference(part: float, top: int, height: float) -> SafeString:
    x = share(100 * part / top)
    given = {"stroke": SOFT, "stroke_width": 1.5, "stroke_dasharray": "5 4"}
    return element("line", x1=x, x2=x, y1="0", y2=number(height), class_="chart__rule", **given)


def _axis(marks: list[int], top: int, y: float) -> SafeString:
    anchors = {0: "start", marks[-1]: "end"}
    return together(
        [
            text(
                number_format(mark),
                share(mark / top),
                y + 16,
                text_anchor=anchors.get(mark, "middle"),
                fill=SOFT,
            )
            for mark in marks
        ]
    )
