"""A chart as a page shows it: one sentence, the drawing, the table behind it, and its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from oversight.interface.charts.bars import draw_bars, value_text
from oversight.interface.charts.data import Bars, Drawing, Intervals, Lines, Text
from oversight.interface.charts.intervals import draw_intervals
from oversight.interface.charts.lines import draw_lines
from oversight.interface.charts.svg import FONT, PAPER, element, number

Cell = int | str | None

_WIDTH: Final = 640
_MARGIN: Final = 16


@dataclass(frozen=True)
class Chart:
    """A chart with the sentence that says what it shows.

    Attributes:
        name: a slug; ids on the page and names of files are made of it.
        title: what is drawn.
        finding: one sentence that is true of the data.
        subject: what the drawing is made from.
        headers: of the table: first the category, then one a series.
        rows: of the table; None where a count was withheld.
        csv_url: where the table can be had as a file; empty: nowhere.
        svg_url: where the drawing can be had as a file.
    """

    name: str
    title: Text
    finding: Text
    subject: Bars | Lines | Intervals
    headers: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    csv_url: str = ""
    svg_url: str = ""

    @cached_property
    def drawing(self) -> Drawing:
        """The inside of the SVG; raises ValueError for what cannot be drawn legibly."""
        if isinstance(self.subject, Bars):
            return draw_bars(self.subject, self.name)
        if isinstance(self.subject, Lines):
            return draw_lines(self.subject, self.name)
        return draw_intervals(self.subject)

    def inline(self) -> SafeString:
        """The SVG for a page: as wide as its column, named and described for screen readers."""
        return element(
            "svg",
            *self._told(),
            self.drawing.content,
            width="100%",
            height=number(self.drawing.height),
            class_="chart__drawing",
            **self._named(),
        )

    def file(self) -> str:
        """The SVG as a file of its own, 640 units wide, with title and finding written in it."""
        height = self.drawing.height + 2 * _MARGIN
        inner = element(
            "svg",
            self.drawing.content,
            x=_MARGIN,
            y=_MARGIN,
            width=_WIDTH - 2 * _MARGIN,
            height=number(self.drawing.height),
            viewBox=f"0 0 {_WIDTH - 2 * _MARGIN} {number(self.drawing.height)}",
        )
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + element(
            "svg",
            *self._told(),
            element("rect", width="100%", height="100%", fill=PAPER),
            inner,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_WIDTH} {number(height)}",
            width=_WIDTH,
            height=number(height),
            font_family=FONT,
            **self._named(),
        )

    def cells(self) -> list[list[tuple[Text, str]]]:
        """The table as a page shows it: each cell with the head of its column."""
        return [
            [(head, shown(cell)) for head, cell in zip(self.headers, row, strict=True)]
            for row in self.rows
        ]

    def records(self) -> list[Sequence[object]]:
        """The table as the lines of a file; a withheld count is empty."""
        return [[str(head) for head in self.headers], *self.rows]

    def _told(self) -> tuple[SafeString, SafeString]:
        more = _("The numbers are in the table.")
        return (
            element("title", self.title, id=f"{self.name}-title"),
            element("desc", f"{self.finding} {more}", id=f"{self.name}-desc"),
        )

    def _named(self) -> dict[str, str]:
        return {
            "role": "img",
            "aria_labelledby": f"{self.name}-title",
            "aria_describedby": f"{self.name}-desc",
        }


def shown(cell: Cell) -> str:
    """A cell of the table in words."""
    return cell if isinstance(cell, str) else value_text(cell)
