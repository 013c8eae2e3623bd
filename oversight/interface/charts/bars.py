"""Bars from left to right: the words above, the count at their end, the bar below at full width."""

from typing import Final

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from oversight.interface.charts import patterns
from oversight.interface.charts.data import Bars, Drawing, Value
from oversight.interface.charts.scales import highest
from oversight.interface.charts.svg import LINE, TEXT_LINE, number, share, text, together, wrapped
from oversight.interface.charts.svg import element as drawn

WIDEST: Final = 30
"""Letters that fit beside a count in a column of 280 pixels; longer words are broken."""
_BAR: Final = 16
_GAP: Final = 14
_STUB: Final = 48
"""A withheld bar is so long, whatever was withheld."""


def draw_bars(bars: Bars, name: str) -> Drawing:
    """Draw; ``name`` makes the ids of the patterns the chart's own.

    Raises ValueError for more series than can be told apart.
    """
    if len(bars.series) == 1:
        return _single(bars, name)
    return _stacked(bars, name) if bars.stacked else _grouped(bars, name)


def value_text(value: Value) -> str:
    """A count as a chart says it."""
    return _("withheld") if value is None else number_format(value, force_grouping=True)


def heading(words: str, end: str, y: float) -> tuple[SafeString, float]:
    """Words at the left, broken where they are long, with ``end`` at the right; and their height."""
    written, height = wrapped(words, y, WIDEST)
    return written + text(end, "100%", y + 15, text_anchor="end", font_weight="bold"), height


def _single(bars: Bars, name: str) -> Drawing:
    (series,) = bars.series
    top, y, parts = highest(series.values) or 1, 0.0, [patterns.definitions(name, 1)]
    for category, value in zip(bars.categories, series.values, strict=True):
        row, height = _row(str(category), value, top, name, 0, y)
        parts.append(row)
        y += height
    return Drawing(together(parts), max(y, TEXT_LINE))


def _grouped(bars: Bars, name: str) -> Drawing:
    top = highest(v for series in bars.series for v in series.values) or 1
    y, parts = 0.0, [patterns.definitions(name, len(bars.series))]
    for index, category in enumerate(bars.categories):
        words, height = heading(str(category), "", y)
        parts.append(drawn("g", words, font_weight="bold"))
        y += height + 4
        for place, series in enumerate(bars.series):
            row, height = _row(str(series.name), series.values[index], top, name, place, y)
            parts.append(row)
            y += height - _GAP / 2
        y += _GAP
    return Drawing(together(parts), max(y, TEXT_LINE))


def _row(
    words: str, value: Value, top: float, name: str, series: int, y: float
) -> tuple[SafeString, float]:
    written, height = heading(words, value_text(value), y)
    y += height + 2
    place = {"y": number(y), "height": _BAR}
    if value is None:
        bar = patterns.withheld_bar(name, x="1", width=_STUB, **place)
    elif value:
        bar = patterns.bar(name, series, x="0", width=share(value / top), **place)
    else:
        bar = SafeString("")
    return together([written, _base(y), bar]), height + 2 + _BAR + _GAP


def _base(y: float) -> SafeString:
    """The line from which bars begin: what is zero has nothing but this."""
    return drawn(
        "line", x1="0.5", x2="0.5", y1=number(y), y2=number(y + _BAR), stroke=LINE, stroke_width="1"
    )


def _stacked(bars: Bars, name: str) -> Drawing:
    names = [str(series.name) for series in bars.series]
    hidden = any(value is None for series in bars.series for value in series.values)
    legend, y = patterns.bar_legend(name, names, withheld=_("withheld") if hidden else "")
    parts = [patterns.definitions(name, len(names)), legend]
    columns = list(zip(*(series.values for series in bars.series), strict=True))
    top = highest(sum(v or 0 for v in column) for column in columns) or 1
    y += _GAP
    for category, column in zip(bars.categories, columns, strict=True):
        known = sum(value or 0 for value in column)
        end = _("withheld") if None in column else value_text(known)
        words, height = heading(str(category), end, y)
        parts += [words, _base(y + height + 2), _stack(column, known, top, name, y + height + 2)]
        y += height + 2 + _BAR + _GAP
    return Drawing(together(parts), y)


def _stack(column: tuple[Value, ...], known: int, top: float, name: str, y: float) -> SafeString:
    parts, begun = [], 0
    place = {"y": number(y), "height": _BAR}
    for series, value in enumerate(column):
        if value:
            x, width = share(begun / top), share(value / top)
            parts.append(patterns.bar(name, series, x=x, width=width, **place))
            begun += value
    if None in column:  # at the end, since nobody is told how long it is
        x = share(min(known / top, 0.8))
        parts.append(patterns.withheld_bar(name, x=x, width=_STUB, **place))
    return together(parts)
