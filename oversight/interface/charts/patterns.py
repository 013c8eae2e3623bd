"""How series differ besides their colour: fills for bars; dashes and marks for lines."""

from typing import Final

from django.utils.safestring import SafeString

from oversight.interface.charts.svg import NAVY, PAPER, element, number, text, together

ROW: Final = 24
_SIZE: Final = 14

_FILLS: Final = (
    (NAVY, NAVY, ""),
    ("#d9e8f6", "#005ea2", "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"),
    (PAPER, "#7a4b00", "M2,2 h2 v2 h-2 z M6,6 h2 v2 h-2 z"),
    ("#ffbe2e", "#7a4b00", "M0,4 h8"),
    ("#ecf6f2", "#00664f", "M4,0 v8"),
)
_WITHHELD: Final = "M-2,-2 l12,12 M-2,10 l12,-12"
_DASHES: Final = (None, "7 4", "2 4", "10 3 2 3", "1 6")
_COLOURS: Final = (NAVY, "#005ea2", "#b50909", "#7a4b00", "#00664f")
_MARKS: Final = (
    "M-4,0 a4,4 0 1,0 8,0 a4,4 0 1,0 -8,0 z",
    "M-4,-4 h8 v8 h-8 z",
    "M0,-5 l5,9 h-10 z",
    "M0,-6 l5,6 l-5,6 l-5,-6 z",
    "M-4,-4 l8,8 M-4,4 l8,-8",
)
MOST_SERIES: Final = len(_FILLS)
"""As many series can be told apart; more make a table, not a chart."""


def definitions(name: str, series: int) -> SafeString:
    """The patterns of a drawing, under ids of its own; raises ValueError for too many series."""
    if series > MOST_SERIES:
        raise ValueError(f"{series} series cannot be told apart: draw at most {MOST_SERIES}.")
    drawn = [_pattern(f"{name}-fill-{i}", *_FILLS[i]) for i in range(series)]
    withheld = _pattern(f"{name}-withheld", PAPER, "#565c65", _WITHHELD)
    return element("defs", *drawn, withheld)


def bar(name: str, series: int, **place: object) -> SafeString:
    """A bar of a series."""
    fill, edge = f"url(#{name}-fill-{series})", _FILLS[series][1]
    return element("rect", fill=fill, stroke=edge, class_="chart__bar", **place)


def withheld_bar(name: str, **place: object) -> SafeString:
    """A bar whose length is not told: hatched both ways, with a broken edge."""
    edge = {"stroke": "#565c65", "stroke_dasharray": "3 2", "class_": "chart__withheld"}
    return element("rect", fill=f"url(#{name}-withheld)", **edge, **place)


def line(series: int, **place: object) -> SafeString:
    """A piece of a series' line."""
    given = {"stroke": _COLOURS[series], "stroke_width": 2.5, "stroke_dasharray": _DASHES[series]}
    return element("line", class_="chart__line", **given, **place)


def mark(series: int) -> SafeString:
    """The mark of a series, around the origin."""
    colour = _COLOURS[series]
    return element("path", d=_MARKS[series], fill=colour, stroke=colour, class_="chart__mark")


def bar_legend(name: str, names: list[str], *, withheld: str = "") -> tuple[SafeString, float]:
    """A line for each series with its fill; ``withheld`` are the words for what is not told."""
    rows = [
        _legend_row(index, bar(name, index, **_swatch(index)), words)
        for index, words in enumerate(names)
    ]
    if withheld:
        last = len(rows)
        rows.append(_legend_row(last, withheld_bar(name, **_swatch(last)), withheld))
    return together(rows), len(rows) * ROW


def line_legend(names: list[str]) -> tuple[SafeString, float]:
    """A line for each series with its dashes and mark."""
    rows = []
    for index, words in enumerate(names):
        y = index * ROW + ROW / 2
        piece = line(index, x1="1", x2="33", y1=number(y), y2=number(y))
        dot = element("g", mark(index), transform=f"translate(17 {number(y)})")
        rows.append(_legend_row(index, piece + dot, words, x="42"))
    return together(rows), len(rows) * ROW


def _legend_row(index: int, sample: SafeString, words: str, x: str = "24") -> SafeString:
    return sample + text(words, x, index * ROW + 17)


def _swatch(index: int) -> dict[str, object]:
    return {"x": "1", "y": number(index * ROW + 5), "width": _SIZE + 2, "height": _SIZE}


def _pattern(name: str, ground: str, ink: str, path: str) -> SafeString:
    paper = element("rect", width="8", height="8", fill=ground)
    strokes = element("path", d=path, stroke=ink, stroke_width="1.5", fill="none") if path else ""
    units = {"patternUnits": "userSpaceOnUse", "width": "8", "height": "8"}
    return element("pattern", paper, strokes, id=name, **units)
