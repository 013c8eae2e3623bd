"""What each exchange would cost the reader, and which exchanges there are for a row or a place."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from oversight.transparency.counting import Fate
from oversight.transparency.protection.exchanges import (
    Areas,
    Cell,
    Exchange,
    Pattern,
    Stretch,
    cells_of_place,
    effect,
)
from oversight.transparency.tally import ACTS, MEASURES, SearchKey, UnitKey

PRICES: Final = {
    "searches": 1,
    "units": 10_000,
    "areas": 10_000,
    "use_types": 10_000,
    "months": 100_000,
}
"""What it costs to withhold a number of each list, beside the number: totals are dear."""

BEYOND: Final = 1 << 60
"""More than anything costs."""

Offer = tuple[int, Exchange]
"""A price and what it is paid for."""

_PRICE_OF_EMPTY: Final = 10
"""An empty cell is dearer than a small one, since readers may guess that it is empty."""
_TIMES_REQUESTS: Final = 3
"""How often is asked first: that number is the dearest of its row."""
_MOST_PARTNERS: Final = 30


class Market:
    """Offers of exchanges under which every row that is printed would still be there.

    Rows are listed where they occur, so each must keep a request, and none may be added. Nothing is
    offered that costs as much as ``ceiling`` or more. ``may`` tells whether earlier editions let a
    row change by a pattern (1) or by its opposite (-1).
    """

    def __init__(
        self,
        whole: Stretch,
        numbers: Mapping[Cell, int],
        areas: Areas,
        may: Callable[[SearchKey, Pattern, int], bool],
    ) -> None:
        self.rows, self.numbers, self.areas = whole.rows, numbers, areas
        self._may = may
        self._possible: dict[tuple[SearchKey, Pattern, int], bool] = {}
        self.withheld: set[Cell] = set()
        self.ceiling = BEYOND
        self._row_prices: dict[Hashable, dict[tuple[Pattern, int], int | None]] = defaultdict(dict)
        self._place_prices: dict[tuple[UnitKey, Pattern, int], int | None] = {}
        self._by_month: dict[tuple[str, Fate | None], list[SearchKey]] = defaultdict(list)
        self._by_pair: dict[tuple[str, str], list[SearchKey]] = defaultdict(list)
        self._totals = {row: sum(fates.values()) for row, fates in whole.rows.items()}
        self._cheap_first = sorted(self._totals, key=lambda row: (self._totals[row], row))
        for row in self._cheap_first:
            for fate in (None, *whole.rows[row]):
                self._by_month[row[0], fate].append(row)
            self._by_pair[row[1], row[2]].append(row)
        self.places: dict[UnitKey, Mapping[Fate, int]] = {
            place: whole.places.get(place, {}) for place in areas
        }
        self._places_of: dict[str, list[UnitKey]] = defaultdict(list)
        for place in sorted(areas, key=lambda place: (place[0], place[1] or "")):
            self._places_of[place[0]].append(place)

    def withhold(self, cells: Iterable[Cell]) -> None:
        """Withhold numbers; from now on they cost nothing."""
        for cell in cells:
            self.withheld.add(cell)
            if cell[0] == "searches":
                self._row_prices.pop(cell[1], None)
            elif cell[0] in ("units", "areas"):
                self._place_prices.clear()

    def offers_for_row(self, row: SearchKey, pattern: Pattern) -> Iterator[Offer]:
        """Exchanges in which a row changes by a pattern."""
        price = self._row_price(row, pattern, 1)
        if price is None or price >= self.ceiling:
            return
        for other in self._partners(row, pattern):
            there = self._row_price(other, pattern, -1)
            if there is not None:
                yield from self._square(row, other, pattern, price + there)
                yield from self._pair(row, other, pattern, price + there)
            yield from self._diagonal(row, other, pattern, price)

    def offers_for_place(self, place: UnitKey, pattern: Pattern) -> Iterator[Offer]:
        """Exchanges in which requests belong to another place of the same agency."""
        here = self._place_price(place, pattern, 1)
        for other in self._places_of[place[0]]:
            there = self._place_price(other, pattern, -1)
            if other == place or here is None or there is None:
                continue
            if here + there < self.ceiling:
                yield here + there, Exchange(pattern, (), ((place, 1), (other, -1)))

    def rows_behind(self, cell: Cell) -> Iterator[SearchKey]:
        """The rows that a number adds up, those of most requests first."""
        name, key, _column = cell
        for row in reversed(self._cheap_first):
            month, agency, use = row
            behind = {"months": month == key, "use_types": use == key, "searches": row == key}
            if behind.get(name, isinstance(key, tuple) and key[0] == agency):
                yield row

    def _partners(self, row: SearchKey, pattern: Pattern) -> Iterator[SearchKey]:
        """Rows that may make up for what a row gains or loses, those of few requests first."""
        month, agency, use = row
        gained = next((fate for fate, number in pattern if number > 0), None)
        beside = (o for o in self._by_month[month, gained] if o != row)
        yield from islice((o for o in beside if self._can(o, pattern)), _MOST_PARTNERS)
        yield from (other for other in self._by_pair[agency, use] if other != row)
        if self.ceiling < PRICES["months"]:
            return
        apart = (o for o in self._cheap_first if o[0] != month and o[1:] != row[1:])
        yield from islice((o for o in apart if self._can(o, pattern)), _MOST_PARTNERS // 2)

    def _pair(
        self, row: SearchKey, other: SearchKey, pattern: Pattern, price: int
    ) -> Iterator[Offer]:
        """Two rows; totals of months, purposes and agencies change where the rows differ in them."""
        names = [name for name, _number in effect(pattern)]
        if row[0] != other[0]:
            price += sum(
                self._price(("months", key, n)) for key in (row[0], other[0]) for n in names
            )
        if row[2] != other[2]:
            acts = [name for name in names if name in ACTS]
            price += sum(self._price(("use_types", k, n)) for k in (row[2], other[2]) for n in acts)
        corners = ((row, 1), (other, -1))
        if price >= self.ceiling:
            return
        if row[1] == other[1]:
            yield price, Exchange(pattern, corners)
            return
        there = self._cheapest_place(other[1], pattern, -1)
        for place in self._places_of[row[1]]:
            here = self._place_price(place, pattern, 1)
            if here is not None and there is not None:
                places = ((place, 1), (there[1], -1))
                yield price + here + there[0], Exchange(pattern, corners, places)

    def _square(
        self, row: SearchKey, other: SearchKey, pattern: Pattern, price: int
    ) -> Iterator[Offer]:
        """The same two purposes and agencies in another month, the other way round: no total changes."""
        if row[0] != other[0] or price >= self.ceiling:
            return
        for third in self._by_pair[row[1], row[2]]:
            fourth = (third[0], other[1], other[2])
            if third == row or fourth not in self.rows:
                continue
            more = self._row_price(third, pattern, -1), self._row_price(fourth, pattern, 1)
            if more[0] is None or more[1] is None:
                continue
            if price + more[0] + more[1] < self.ceiling:
                corners = ((row, 1), (other, -1), (third, -1), (fourth, 1))
                yield price + more[0] + more[1], Exchange(pattern, corners)

    def _diagonal(
        self, row: SearchKey, other: SearchKey, pattern: Pattern, price: int
    ) -> Iterator[Offer]:
        """Two agencies and two purposes in one month: no total changes."""
        second, third = (row[0], row[1], other[2]), (row[0], other[1], row[2])
        if row[0] != other[0] or second in (row, other) or not {second, third} <= self.rows.keys():
            return
        prices = [
            self._row_price(other, pattern, 1),
            self._row_price(second, pattern, -1),
            self._row_price(third, pattern, -1),
        ]
        known = [each for each in prices if each is not None]
        if len(known) == len(prices):
            corners = ((row, 1), (other, 1), (second, -1), (third, -1))
            yield price + sum(known), Exchange(pattern, corners)

    def _row_price(self, row: SearchKey, pattern: Pattern, sign: int) -> int | None:
        """The price of the row's own cells; None where it cannot change so."""
        kept = self._row_prices[row]
        if (pattern, sign) not in kept:
            kept[pattern, sign] = (
                self._sum(("searches", row, n) for n, _ in effect(pattern) if n in MEASURES)
                if self._can(row, pattern, sign)
                else None
            )
        return kept[pattern, sign]

    def _can(self, row: SearchKey, pattern: Pattern, sign: int = -1) -> bool:
        """Tell whether a row has what it would lose, and would keep a request."""
        key = (row, pattern, sign)
        if key not in self._possible:
            left = self._totals[row] + sign * sum(number for _fate, number in pattern)
            have = possible(self.rows[row], pattern, sign)
            self._possible[key] = left >= 1 and have and self._may(*key)
        return self._possible[key]

    def _place_price(self, place: UnitKey, pattern: Pattern, sign: int) -> int | None:
        """As of a row. A unit that the agency lists may have no request."""
        kept, key = self._place_prices, (place, pattern, sign)
        if key not in kept:
            left = sum(self.places[place].values()) + sign * sum(n for _fate, n in pattern)
            stays = place[1] is not None or left >= 1
            kept[key] = (
                self._sum(
                    c for n, _ in effect(pattern) for c in cells_of_place(place, n, self.areas)
                )
                if stays and possible(self.places[place], pattern, sign)
                else None
            )
        return kept[key]

    def _cheapest_place(
        self, agency: str, pattern: Pattern, sign: int
    ) -> tuple[int, UnitKey] | None:
        offers = [(self._place_price(p, pattern, sign), p) for p in self._places_of[agency]]
        known = [(price, place) for price, place in offers if price is not None]
        return min(known, key=lambda offer: offer[0], default=None)

    def _sum(self, cells: Iterable[Cell]) -> int:
        return sum(self._price(cell) for cell in cells)

    def _price(self, cell: Cell) -> int:
        """What withholding a number costs the reader: nothing twice, large numbers most."""
        if cell in self.withheld:
            return 0
        times = _TIMES_REQUESTS if cell[2] == "requests" else 1
        return times * PRICES[cell[0]] + (self.numbers[cell] or _PRICE_OF_EMPTY)


def possible(have: Mapping[Fate, int], pattern: Pattern, sign: int) -> bool:
    """Tell whether there are as many requests as a pattern takes away."""
    return all(have.get(fate, 0) + sign * number >= 0 for fate, number in pattern)
