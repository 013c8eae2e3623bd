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

_NARROW: Final = 14  # characters up to which a column of words is as wide as they are


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
    """Shares of the width by the longest text of a column; 0: as wide as its numbers."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    shares = [
        min(length, 60) if column < words and length > _NARROW else 0
        for column, length in enumerate(longest)
    ]
    return shares if any(shares) else [1, *shares[1:]]


def _picture(picture: Picture, shown: Shown) -> Json:
    caption, alternative = shown(picture.caption), shown(picture.alternative)
    if not caption.strip() or not alternative.strip():
        raise TypesettingError("A picture needs a caption, and text that says what it shows.")
    return {"kind": "picture", "svg": picture.svg, "caption": caption, "alternative": alternative}
