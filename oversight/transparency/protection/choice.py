"""Choosing exchanges until every small number is changed by one (docs/decisions/0148).

What an exchange would change is withheld; what is printed is the same before and after each of
them. So each might be the truth, and nothing withheld can be derived: not from other numbers of
the edition, and not with earlier editions, whose printed numbers every exchange leaves alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Final

from oversight.transparency.counting import Fate
from oversight.transparency.protection.exchanges import (
    Areas,
    Cell,
    Exchange,
    Pattern,
    Stretch,
    changes,
    effect,
    patterns,
)
from oversight.transparency.protection.market import BEYOND, PRICES, Market, Offer, possible
from oversight.transparency.suppression import small
from oversight.transparency.tally import MEASURES, SearchKey, UnitKey

Numbers = Mapping[Cell, int | None]
"""What an edition printed; None where it withheld."""

_Told = tuple[int | None, Cell]
"""A number of an earlier edition, or (None) of the new one."""

_FOLLOWED: Final = ("searches", "months")
_MOST_ROWS: Final = 6
_MOST_ASSIGNMENTS: Final = 64


@dataclass(frozen=True)
class Earlier:
    """Editions that bear on the new one.

    Attributes:
        inside: what each edition within the period printed, by its number.
        widest: those of them that lie within no other.
        corrected: what the edition printed that the new one corrects.
    """

    inside: Mapping[int, Numbers] = field(default_factory=dict)
    widest: Sequence[int] = ()
    corrected: Numbers = field(default_factory=dict)


class Protection:
    """The choice of what an edition withholds.

    Args:
        numbers: every number that it would print.
        stretches: its requests by the editions that cover their day already (their numbers).
        areas: the area of each place in its list of units.
        threshold: numbers from 1 to below it are small.
        earlier: the editions that bear on it.
    """

    def __init__(
        self,
        numbers: Mapping[Cell, int],
        stretches: Mapping[frozenset[int], Stretch],
        areas: Areas,
        *,
        threshold: int,
        earlier: Earlier,
    ) -> None:
        self._numbers, self._stretches, self._areas = numbers, stretches, areas
        self._threshold, self._earlier = threshold, earlier
        self._whole = Stretch.together(list(stretches.values()))
        self._market = Market(self._whole, numbers, areas, self._may)
        self._covered: set[_Told] = set()
        often: Counter[Fate] = Counter()
        for fates in self._whole.rows.values():
            often.update(fates)
        self._fates = [fate for fate, _count in often.most_common()]
        lists: Counter[str] = Counter(name for name, _key in {cell[:2] for cell in numbers})
        self._lists = {name for name, rows in lists.items() if rows > 1 or name == "searches"}

    def withheld(self) -> frozenset[Cell]:
        """Return the numbers to withhold."""
        targets = self._targets()
        self._market.withhold(cell for edition, cell in targets if edition is None)
        for target in targets:
            if target not in self._covered:
                self._protect(target)
        return frozenset(self._market.withheld)

    def _targets(self) -> list[_Told]:
        """What must be withheld, and what earlier editions withheld; rows before totals."""
        ours = {cell for cell, count in self._numbers.items() if self._at_risk(cell, count)}
        for printed in (*self._earlier.inside.values(), self._earlier.corrected):
            stays = {c for c, n in printed.items() if n is None and c[0] in _FOLLOWED}
            ours |= stays & self._numbers.keys()
        theirs: list[_Told] = [
            (number, cell)
            for number, printed in self._earlier.inside.items()
            for cell, count in printed.items()
            if count is None
        ]
        every = [*((None, cell) for cell in ours), *theirs]
        return sorted(every, key=lambda told: (PRICES[told[1][0]], repr(told)))

    def _at_risk(self, cell: Cell, count: int) -> bool:
        """Small, or small once an earlier edition is subtracted.

        A list of one row repeats the totals of the edition, which are always printed.
        """
        if cell[0] not in self._lists:
            return False
        known = [count]
        if (before := self._earlier.corrected.get(cell)) is not None:
            known.append(abs(count - before))
        inner = [self._earlier.inside[number].get(cell, 0) for number in self._earlier.widest]
        if inner and None not in inner:
            known.append(abs(count - sum(number or 0 for number in inner)))
        return any(small(each, self._threshold) for each in known)

    def _protect(self, target: _Told) -> None:
        """Find the cheapest exchange that changes a number, and withhold all that it changes."""
        for heed in (True, False) if self._earlier.corrected else (False,):
            found = self._cheapest(target, heed_corrected=heed)
            if found is not None:
                self._covered |= found
                self._market.withhold(cell for edition, cell in found if edition is None)
                return

    def _cheapest(self, target: _Told, *, heed_corrected: bool) -> set[_Told] | None:
        """What the cheapest exchange changes; None where there is no exchange."""
        best: set[_Told] | None = None
        self._market.ceiling = BEYOND
        for price, exchange in self._offers(target):
            if price < self._market.ceiling:
                told = self._changed(exchange, target, heed_corrected=heed_corrected)
                if told is not None:
                    best, self._market.ceiling = told, price
            if self._market.ceiling == 0:
                break
        return best

    def _offers(self, target: _Told) -> Iterator[Offer]:
        """Exchanges that may change a number."""
        _edition, cell = target
        if cell[0] in ("units", "areas"):
            for place in self._places_behind(cell):
                for pattern in self._patterns(self._market.places[place], cell):
                    yield from self._market.offers_for_place(place, pattern)
        for row in islice(self._market.rows_behind(cell), _MOST_ROWS):
            for pattern in self._patterns(self._whole.rows[row], cell):
                yield from self._market.offers_for_row(row, pattern)

    def _places_behind(self, cell: Cell) -> list[UnitKey]:
        name, key, _column = cell
        if name == "units":
            return [place for place in self._areas if place == key]
        return [place for place, area in self._areas.items() if (place[0], area) == key]

    def _patterns(self, have: Mapping[Fate, int], cell: Cell) -> Iterator[Pattern]:
        """First those under which a small number may be anything from 1 to below the threshold."""
        count = self._numbers.get(cell, 0)
        wide = max(count - 1, 1), max(self._threshold - 1 - count, 1)
        for less, more in dict.fromkeys([wide if count < self._threshold else (1, 1), (1, 1)]):
            yield from patterns(have, cell[2], self._fates, less, more)

    def _changed(
        self, exchange: Exchange, target: _Told, *, heed_corrected: bool
    ) -> set[_Told] | None:
        """What an exchange changes, here and in earlier editions; None where it may not be made."""
        ours = changes(exchange, self._areas)
        if target[0] is None and target[1] not in ours:
            return None
        if heed_corrected and not _is_free(ours, self._earlier.corrected):
            return None
        told: set[_Told] = {(None, cell) for cell in ours}
        if not self._earlier.inside:
            return told
        for days in islice(self._assignments(exchange), _MOST_ASSIGNMENTS):
            theirs = self._changed_earlier(exchange, days)
            if theirs is not None and target in told | theirs:
                return told | theirs
        return None

    def _assignments(self, exchange: Exchange) -> Iterator[tuple[frozenset[int], ...]]:
        """Stretches of days in which the requests of each corner may be."""
        if not exchange.corners:
            for days, stretch in self._stretches.items():
                have = (stretch.places.get(place, {}) for place, _sign in exchange.places)
                signs = (sign for _place, sign in exchange.places)
                if all(possible(h, exchange.pattern, s) for h, s in zip(have, signs, strict=True)):
                    yield (days,) * len(exchange.places)
            return
        corners = ((row, exchange.pattern, sign) for row, sign in exchange.corners)
        yield from product(*(self._days_of(*corner) for corner in corners))

    def _may(self, row: SearchKey, pattern: Pattern, sign: int) -> bool:
        return not self._earlier.inside or bool(self._days_of(row, pattern, sign))

    def _days_of(self, row: SearchKey, pattern: Pattern, sign: int) -> list[frozenset[int]]:
        """The stretches in which a row has requests to change, and no edition printed the count."""
        cells = [("searches", row, name) for name, _number in effect(pattern) if name in MEASURES]
        return [
            days
            for days, stretch in self._stretches.items()
            if row in stretch.rows
            and possible(stretch.rows[row], pattern, sign)
            and all(_is_free(cells, self._earlier.inside[number]) for number in days)
        ]

    def _changed_earlier(
        self, exchange: Exchange, days: Sequence[frozenset[int]]
    ) -> set[_Told] | None:
        """What earlier editions would have counted otherwise; None if one printed any of it."""
        told: set[_Told] = set()
        for number in frozenset().union(*days):
            printed = self._earlier.inside[number]
            within = [number in each for each in days]
            part = Exchange(
                exchange.pattern,
                [c for c, inside in zip(exchange.corners, within, strict=False) if inside],
                [p for p, inside in zip(exchange.places, within, strict=False) if inside],
            )
            cells = changes(part, self._areas)
            if not part.keeps_totals() or not _is_free(cells, printed):
                return None
            told |= {(number, cell) for cell in cells}
        return told


def _is_free(cells: Iterable[Cell], printed: Numbers) -> bool:
    """Tell whether an edition printed none of these numbers; a row that it lacks was none."""
    return all(printed.get(cell, 0) is None for cell in cells)
