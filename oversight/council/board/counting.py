"""Counting for the board: the publications' own counting, with nothing withheld."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from django.core.cache import cache
from django.db.models import Count, Max

from oversight.ledger.models import Head
from oversight.transparency.counting import (
    Counted,
    Fate,
    counted_before,
    counted_here,
    counted_requests,
)
from oversight.transparency.models import EarlierSearch
from oversight.transparency.tally import Tally, figures_of

_KEPT_SECONDS: Final = 60
_EARLIER_KEPT_SECONDS: Final = 24 * 3600


def tally_of(start: date, end: date) -> Tally:
    """Return the counts of a period; counted again as soon as anything was written in the record.

    Searches from before adoption are counted again when more of them were imported.
    """
    tally = Tally()
    tally.merge(_kept("here", start, end, Head.objects.get().size, _KEPT_SECONDS, counted_here))
    known = EarlierSearch.objects.aggregate(last=Max("id"), count=Count("id"))
    stamp = f"{known['last']}-{known['count']}"
    tally.merge(_kept("before", start, end, stamp, _EARLIER_KEPT_SECONDS, counted_before))
    return tally


def _kept(
    name: str,
    start: date,
    end: date,
    stamp: object,
    seconds: int,
    count: Callable[[date, date], Iterable[Counted]],
) -> Tally:
    key = f"board-tally-{name}-{start}-{end}-{stamp}"
    found: Tally | None = cache.get(key)
    if found is None:
        found = Tally.of(count(start, end))
        cache.set(key, found, seconds)
    return found


def counted_for(figure: str, start: date, end: date) -> Iterator[Counted]:
    """Yield the requests of a period that a figure counts, by the figure's name."""
    test = _TESTS.get(figure) or (lambda counted: _counts_for(figure, counted.fate))
    return (counted for counted in counted_requests(start, end) if test(counted))


@lru_cache(maxsize=1024)
def _counts_for(figure: str, fate: Fate) -> bool:
    return figure in set(figures_of(fate))


def decided(counted: Counted) -> bool:
    """Tell whether a supervisor gave a verdict, in this system, on the latest sending."""
    return counted.read is not None


_TESTS: Final[dict[str, Callable[[Counted], bool]]] = {
    "waited": decided,
    "read": decided,
}
