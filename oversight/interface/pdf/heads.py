"""Heads of rows: typst tags those of columns alone, so its tags are completed in the finished file.

The words that change are as long as those that they replace, so every place in the file stays
where its table of contents says (ISO 32000-1, 7.5.4). Only there, where an object begins, is
anything read: nothing within a text or a drawing is ever taken for a tag.
"""

import re
from collections.abc import Iterator
from typing import Final

from oversight.interface.pdf.blocks import TypesettingError

_PLACES: Final = re.compile(rb"\nxref\n0 \d+\n((?:\d{10} \d{5} [fn]\r\n)+)trailer\n")
_PLACE: Final = re.compile(rb"(\d{10}) \d{5} n")
_CELL: Final = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/TD/")
# Which column's head a cell names: its number counts from 0.
_NAMED: Final = re.compile(rb"P \d+ 0 R/A\[<</O/Table(/Headers\[\(U\d+x(\d+)y0\)\])>>")


def tag_heads_of_rows(content: bytes) -> bytes:
    """Return a file of typst with the first cell of each row of its tables tagged as the row's head.

    Heads say what they are heads of (Scope, ISO 32000-1, 14.8.5.7), and other cells name none any
    more: a reader that finds names looks no further, and would pass over the head of the row.

    Raises TypesettingError for a file that is not built as typst builds it.
    """
    changed = bytearray(content)
    for place in _places(content):
        cell = _CELL.match(content, place)
        if cell is None:
            continue
        named = _NAMED.match(content, cell.end())
        if named is None:
            raise TypesettingError("A cell of a table is not tagged as it should be.")
        names, column = named.span(1), int(named[2])
        if column == 0:
            changed[cell.end() - 2 : cell.end() - 1] = b"H"
        scope = b"/Scope/Row" if column == 0 else b""
        changed[slice(*names)] = scope.ljust(names[1] - names[0])
    return bytes(changed)


def _places(content: bytes) -> Iterator[int]:
    """Where each object begins, by the table of contents at the end of the file."""
    table = _PLACES.match(content, max(0, content.rfind(b"\nxref\n")))
    if table is None:
        raise TypesettingError("The file has no table of contents where it should be.")
    for place in _PLACE.finditer(table[1]):
        yield int(place[1])
