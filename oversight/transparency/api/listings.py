"""The lists that /api/v1/ leads to. Rooms above this one add theirs when the application starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Listing:
    """A list: its name in the root document, the name of its address, and what it holds."""

    name: str
    address: str
    text: str


_LISTINGS: Final[dict[str, Listing]] = {}


def register_listing(name: str, address: str, text: str) -> None:
    """Show a list in the root document.

    A room writes its view as a ``reading.ReadView`` whose ``get`` has ``reading.reads``, gives it
    an address under /api/v1/ in its own ``urls`` and an entry in the access table; with that it
    stands in the description at /api/schema/ too. Registering a name again replaces it.

    Args:
        name: in the root document, such as ``technologies``.
        address: the name of its address, such as ``council:api_technologies``; no arguments.
        text: one sentence in English.
    """
    _LISTINGS[name] = Listing(name, address, text)


def listings() -> Sequence[Listing]:
    """All lists in the order in which they were registered."""
    return tuple(_LISTINGS.values())


register_listing("editions", "api:editions", "Every report ever published, corrected ones too.")
register_listing(
    "filed-reports", "api:filed_reports", "Every report that was filed, corrected ones too."
)
register_listing("statistics", "api:statistics", "The figures of the latest period.")
register_listing("definitions", "api:definitions", "What each figure counts, and from which rows.")
register_listing(
    "searches-by-month", "api:searches", "Requests and searches by month, agency and use type."
)
register_listing("packs", "api:packs", "The legal instruments that the gate applies.")
register_listing("rules", "api:rules", "The rules of these instruments, with their sources.")
