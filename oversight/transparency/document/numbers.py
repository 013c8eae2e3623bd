"""The lists of a document that count requests, as numbers; and withholding some of them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from oversight.transparency.protection import Cell, Numbers

LISTS: Final = {
    "months": ("month",),
    "use_types": ("use_type",),
    "units": ("agency", "unit"),
    "areas": ("agency", "area"),
    "searches": ("month", "agency", "use_type"),
}
"""The lists whose small numbers are withheld, with the columns that tell their rows apart."""

Json = dict[str, Any]


def numbers_of(document: Mapping[str, Any]) -> Numbers:
    """Every number of the lists; None where it was withheld."""
    return {
        (name, key, count): row[count]
        for name in LISTS
        for key, row in _rows(document, name)
        for count in _counts(name, row)
    }


def without(document: Mapping[str, Any], withheld: Collection[Cell]) -> Json:
    """Return the lists with these numbers withheld, and named in ``suppressed`` of their rows."""
    return {
        name: [_masked(name, key, row, withheld) for key, row in _rows(document, name)]
        for name in LISTS
    }


def _masked(name: str, key: object, row: Json, withheld: Collection[Cell]) -> Json:
    hidden = [count for count in _counts(name, row) if (name, key, count) in withheld]
    return {**row, **dict.fromkeys(hidden), "suppressed": hidden}


def _rows(document: Mapping[str, Any], name: str) -> Iterator[tuple[Any, Json]]:
    for row in document.get(name, ()):
        key = tuple(row[column] for column in LISTS[name])
        yield (key if len(key) > 1 else key[0]), row


def _counts(name: str, row: Json) -> list[str]:
    return [column for column in row if column not in (*LISTS[name], "suppressed")]
