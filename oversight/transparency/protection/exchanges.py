"""Exchanges: changes of what happened that would leave every total of an edition as it is.

An exchange lets some requests of a row have fared otherwise, or belong to another row, and makes up
for it in other rows. What became of all requests of the edition together stays the same. If nothing
that is published would differ, no reader can tell the exchange from the truth, whatever is computed.

Such swaps are those of T. Dalenius and S. P. Reiss, "Data-swapping: a technique for disclosure
control", J. Statistical Planning and Inference 6 (1982) 73-85. Here they are a proof only: nothing
is swapped, and every number that is printed is the true one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from oversight.transparency.counting import Fate
from oversight.transparency.tally import ACTS, MEASURES, SearchKey, Tally, UnitKey, counts_of

Cell = tuple[str, Hashable, str]
"""A published number: its list, its row and its column."""

Pattern = tuple[tuple[Fate, int], ...]
"""How many requests of each fate a row gains; negative where it loses them."""

Areas = Mapping[UnitKey, str | None]
"""The area of every place in the list of units."""

_MOST_FATES: Final = 4


@dataclass(frozen=True)
class Stretch:
    """The requests of some days by their fate: of each row of the main table, and of each place."""

    rows: Mapping[SearchKey, Mapping[Fate, int]]
    places: Mapping[UnitKey, Mapping[Fate, int]]

    @classmethod
    def of(cls, tally: Tally, listed: Collection[UnitKey]) -> "Stretch":
        """Read a tally. A unit that is not ``listed`` is counted with those that nobody told."""
        rows: dict[SearchKey, Counter[Fate]] = defaultdict(Counter)
        places: dict[UnitKey, Counter[Fate]] = defaultdict(Counter)
        for fate, bucket in tally.buckets.items():
            for row, count in bucket.searches.items():
                rows[row][fate] += count
            for (agency, unit), count in bucket.units.items():
                listed_unit = unit if (agency, unit) in listed else None
                places[agency, listed_unit][fate] += count
        return cls(dict(rows), dict(places))

    @classmethod
    def together(cls, stretches: Collection["Stretch"]) -> "Stretch":
        """Add stretches up."""
        rows: dict[SearchKey, Counter[Fate]] = defaultdict(Counter)
        places: dict[UnitKey, Counter[Fate]] = defaultdict(Counter)
        for stretch in stretches:
            for row, fates in stretch.rows.items():
                rows[row].update(fates)
            for place, fates in stretch.places.items():
                places[place].update(fates)
        return cls(dict(rows), dict(places))


@dataclass(frozen=True)
class Exchange:
    """Rows that change by a pattern (1) or by its opposite (-1), and the places of their requests.

    A place belongs to the corner of the same number. There are no places where every agency keeps
    its totals, and no corners where requests only change places.
    """

    pattern: Pattern
    corners: Sequence[tuple[SearchKey, int]] = ()
    places: Sequence[tuple[UnitKey, int]] = ()

    def keeps_totals(self) -> bool:
        """Tell whether all rows together, and each agency but for its places, stay as they are.

        A part of an exchange need not: an earlier edition may cover the days of some corners only.
        """
        agencies: Counter[str] = Counter()
        for row, sign in self.corners:
            agencies[row[1]] += sign
        whole = sum(agencies.values())
        for place, sign in self.places:
            agencies[place[0]] -= sign
        return whole == 0 and not any(agencies.values())


@lru_cache(maxsize=4096)
def effect(pattern: Pattern) -> tuple[tuple[str, int], ...]:
    """The counts of a row that a pattern changes, each with by how much."""
    net: Counter[str] = Counter()
    for fate, number in pattern:
        for name in counts_of(fate):
            net[name] += number
    return tuple((name, number) for name, number in net.items() if number)


def changes(exchange: Exchange, areas: Areas) -> frozenset[Cell]:
    """The numbers of lists and of the main table that would differ."""
    net: Counter[Cell] = Counter()
    for name, number in effect(exchange.pattern):
        for row, sign in exchange.corners:
            for cell in cells_of_row(row, name):
                net[cell] += sign * number
        for place, sign in exchange.places:
            for cell in cells_of_place(place, name, areas):
                net[cell] += sign * number
    return frozenset(cell for cell, number in net.items() if number)


def cells_of_row(row: SearchKey, name: str) -> Iterator[Cell]:
    """The numbers in which a count of a row of the main table stands."""
    month, _agency, use = row
    yield "months", month, name
    if name in MEASURES:
        yield "searches", row, name
    if name in ACTS:
        yield "use_types", use, name


def cells_of_place(place: UnitKey, name: str, areas: Areas) -> Iterator[Cell]:
    """The numbers in which a count of a place stands."""
    if name in ACTS:
        yield "units", place, name
        yield "areas", (place[0], areas[place]), name


def patterns(
    have: Mapping[Fate, int], name: str, fates: Sequence[Fate], less: int, more: int
) -> Iterator[Pattern]:
    """Ways in which a count could be ``less`` or ``more`` than it is.

    ``have`` is the row by fate, ``fates`` are all that occur, the most frequent first.
    """
    counted = [fate for fate in fates if name in counts_of(fate)]
    others = [fate for fate in fates if name not in counts_of(fate)]
    for fate in [fate for fate in counted if have.get(fate, 0) >= less]:
        yield from (((fate, -less), (other, less)) for other in others[:_MOST_FATES])
        yield ((fate, -less),)
    losing = [other for other in others if have.get(other, 0) >= more]
    for fate in counted[:_MOST_FATES]:
        yield from (((fate, more), (other, -more)) for other in losing[:_MOST_FATES])
        yield ((fate, more),)
