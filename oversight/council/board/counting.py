"""Counting for the board: the publications' own counting, with nothing withheld."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from django.core.cache import cache

from oversight.ledger.models import Head
from oversight.transparency.counting import Counted, counted_requests
from oversight.transparency.tally import Tally, figures_of

_KEPT_SECONDS: Final = 60


def tally_of(start: date, end: date) -> Tally:
    """Return the counts of a period; counted again as soon as anything was written in the record."""
    key = f"board-tally-{start}-{end}-{Head.objects.get().size}"
    found: Tally | None = cache.get(key)
    if found is None:
        found = Tally.of(counted_requests(start, end))
        cache.set(key, found, _KEPT_SECONDS)
    return found


def counted_for(figure: str, start: date, end: date) -> Iterator[Counted]:
    """Yield the requests of a period that a figure counts, by the figure's name."""
    test = _TESTS.get(figure) or (lambda counted: figure in set(figures_of(counted.fate)))
    return (counted for counted in counted_requests(start, end) if test(counted))


def decided(counted: Counted) -> bool:
    """Tell whether a supervisor gave a verdict, in this system, on the latest sending."""
    return counted.read is not None


_TESTS: Final[dict[str, Callable[[Counted], bool]]] = {
    "waited": decided,
    "read": decided,
}
