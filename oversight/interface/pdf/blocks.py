"""Each kind of block as the JSON that the template reads."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

from oversight.interface.components import Text
from oversight.interface.pdf.document import (
    BigFigure,
    BigFigures,
    Block,
    Facts,
    Listing,
    Note,
    Paragraph,
    Picture,
    Small,
    Table,
)
from oversight.interface.pdf.text import printable

Json = dict[str, Any]
Shown = Callable[[object], str]

_LINE: Final = 100  # characters that a line of a table holds, roughly
_GAP: Final = 3  # and that the space between two columns takes


class TypesettingError(ValueError):
    """The document cannot be set as PDF/UA-1; the message says why."""


def shower() -> Shown:
    """Give the words of text in the active language as they can be printed, each worked out once."""
    return cache(lambda value: printable(str(value)))


def content_of(block: Block, shown: Shown) -> Json:
    """Return a block as the template reads it; raises TypesettingError."""
    match block:
        case Table():
            return _table(block, shown)
        case Picture():
            return _picture(block, shown)
        case Paragraph() | Small() | Note():
            return _prose(block, shown)
        case Facts() | BigFigures() | Listing():
            return _rows(block, shown)


def _prose(block: Paragraph | Small | Note, shown: Shown) -> Json:
    content: Json = {"kind": "small", "text": shown(block.text), "language": block.language or None}
    match block:
        case Paragraph():
            content |= {"kind": "paragraph", "address": shown(block.address)}
        case Note():
            content |= {"kind": "note", "heading": shown(block.heading), "tone": block.tone}
    return content


def _rows(block: Facts | BigFigures | Listing, shown: Shown) -> Json:
    match block:
        case Facts():
            facts = [{"name": shown(name), "value": shown(value)} for name, value in block.rows]
            return {"kind": "facts", "rows": facts}
        case BigFigures():
            return {"kind": "figures", "rows": [_big(row, shown) for row in block.rows]}
        case Listing():
            rows = [shown(row) for row in block.rows]
            return {"kind": "list", "rows": rows, "language": block.language or None}


def _big(row: BigFigure, shown: Shown) -> Json:
    return {"value": shown(row.value), "name": shown(row.name), "note": shown(row.note)}


def _table(table: Table, shown: Shown) -> Json:
    caption = shown(table.caption)
    headers = _cells(table.headers, shown)
    rows = [_cells(row, shown) for row in table.rows]
    if not caption.strip() or not headers or not all(header.strip() for header in headers):
        raise TypesettingError(f"The table {caption!r} needs a caption and a head for each column.")
    if odd := next((row for row in rows if len(row) != len(headers)), None):
        raise TypesettingError(
            f"The table {caption!r} has a row of {len(odd)} cells under {len(headers)} heads."
        )
    return {
        "kind": "table",
        "caption": caption,
        "headers": headers,
        "rows": rows,
        "numeric": [column >= table.words for column in range(len(headers))],
        "widths": _widths([headers, *rows], table.words),
    }


def _cells(cells: Sequence[Text], shown: Shown) -> list[str]:
    return [shown(cell) for cell in cells]


def _widths(rows: Sequence[Sequence[str]], words: int) -> list[int]:
    """Shares of the width, by what stands in each column; 0: as wide as that needs.

    Where all fits on a line, numbers take what they need and words the rest. Where it does not,
    the heads of numbers are broken.
    """
    columns = list(zip(*rows, strict=True))
    longest = [max(map(len, column)) for column in columns]
    if sum(longest) + _GAP * len(columns) <= _LINE:
        return [max(length, 1) if index < words else 0 for index, length in enumerate(longest)]
    return [
        min(longest[index] + _GAP, _LINE // 2) if index < words else _narrowed(column) + _GAP
        for index, column in enumerate(columns)
    ]


def _narrowed(column: Sequence[str]) -> int:
    """Characters in which a column of numbers fits, with its head on two lines or three."""
    longest_word = max(len(word) for cell in column for word in (cell.split() or [""]))
    return max(longest_word, len(column[0]) // 2 + 1)


def _picture(picture: Picture, shown: Shown) -> Json:
    caption, alternative = shown(picture.caption), shown(picture.alternative)
    if not caption.strip() or not alternative.strip():
        raise TypesettingError("A picture needs a caption, and text that says what it shows.")
    return {"kind": "picture", "svg": picture.svg, "caption": caption, "alternative": alternative}
