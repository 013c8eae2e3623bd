"""Withholding small cells so that nothing withheld can be worked out from what is published.

A table counts requests by a category (rows) and by what became of them (columns, one each). The
totals of its columns are published exactly; the totals of its rows are cells like others. Such a
table is a flow: from a source through the rows, as much as the row's total, into the columns. A
withheld cell can have another value exactly if one unit can be moved around a cycle of withheld
cells that contains it; if there is none, the cheapest cycle is withheld too. Since flows of this
kind are integral, that test is exact: no solver needed.

L. H. Cox, "Network models for complementary cell suppression", JASA 90 (1995) 1453-1462;
D. Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17 (1988).
"""

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Cell = tuple[int, int]
"""Row and column, counted from 0; the column after the last is the total of the row."""

Counts = Sequence[Sequence[int]]
"""One sequence a row, one count a column; the totals are not among them."""

_Node = int
_SOURCE: Final = 0
_BEYOND_PRICE: Final = 1 << 60
_PRICE_OF_EMPTY: Final = 10
"""An empty cell is dearer than a small one, since readers may guess that it is empty."""


@dataclass(frozen=True)
class Pattern:
    """What is withheld, and what small cells had to be published.

    ``exposed`` are small cells which the exact totals alone give away, so that withholding them
    would only seem to protect: a table of one row, say.
    """

    withheld: frozenset[Cell]
    exposed: frozenset[Cell]


def small(count: int, threshold: int) -> bool:
    """Tell whether a count points at few people: from 1 to below ``threshold``."""
    return 0 < count < threshold


def protect(
    counts: Counts,
    *,
    threshold: int,
    forced: Collection[Cell] = (),
) -> Pattern:
    """Choose the cells to withhold.

    Args:
        counts: whole numbers from 0; every row as long as the others.
        threshold: counts from 1 to below it are small.
        forced: cells to withhold whatever their count.

    Returns:
        The pattern: every withheld cell has at least one other possible value, and, as far as
        the exact totals leave room, every small one may be anything from 1 to ``threshold`` - 1.

    Raises:
        ValueError: rows of different lengths, a negative count, or a threshold below 2.
    """
    network = _Network.of(counts)
    if threshold < 2:  # noqa: PLR2004  (below 2, none is small)
        raise ValueError(f"threshold is {threshold}; it must be 2 or more.")
    at_risk = {
        cell for cell, count in network.flow.items() if cell in forced or small(count, threshold)
    }
    network.free.update(at_risk)
    exposed = {cell for cell in sorted(at_risk) if not network.loosen(cell, threshold)}
    return Pattern(frozenset(network.free - exposed), frozenset(exposed))


def derivable(counts: Counts, withheld: Collection[Cell]) -> frozenset[Cell]:
    """Return the withheld cells that can have no other value, given everything published."""
    network = _Network.of(counts)
    network.free.update(withheld)
    network.fixed |= set(network.flow) - network.free
    return frozenset(cell for cell in withheld if not network.can_move(cell))


@dataclass
class _Network:
    """The table as a flow. ``free`` cells may vary, ``fixed`` ones never may."""

    width: int
    flow: dict[Cell, int]
    fixed: set[Cell]
    height: int
    free: set[Cell]

    @classmethod
    def of(cls, counts: Counts) -> "_Network":
        width = len(counts[0]) if counts else 0
        if any(len(row) != width for row in counts):
            raise ValueError("Every row of a table must have the same columns.")
        if any(count < 0 for row in counts for count in row):
            raise ValueError("A table of counts holds no negative number.")
        flow = {(r, c): count for r, row in enumerate(counts) for c, count in enumerate(row)}
        margin = {(r, width): sum(row) for r, row in enumerate(counts)}
        return cls(width, flow | margin, set(), len(counts), set())

    def ends(self, cell: Cell) -> tuple[_Node, _Node]:
        """From where to where the flow of a cell goes."""
        row, column = cell
        if column == self.width:
            return _SOURCE, 1 + row
        return 1 + row, 1 + self.height + column

    def loosen(self, cell: Cell, threshold: int) -> bool:
        """Free further cells until ``cell`` may vary between 1 and below the threshold.

        Returns whether it can vary at all.
        """
        count = self.flow[cell]
        wanted_up = max(threshold - 1 - count, 0)
        wanted_down = max(min(count, threshold) - 1, 0)
        moved = self._move(cell, wanted_up, up=True) + self._move(cell, wanted_down, up=False)
        return bool(moved or self._move(cell, 1, up=False) or self._move(cell, 1, up=True))

    def can_move(self, cell: Cell) -> bool:
        """Tell whether a cell can take another value by moving free cells alone."""
        return bool(self._move(cell, 1, up=True) or self._move(cell, 1, up=False))

    def _move(self, cell: Cell, units: int, *, up: bool) -> int:
        """Try to move ``cell`` by so many units, freeing what that takes; return how many."""
        flow, tail_head = dict(self.flow), self.ends(cell)
        start, goal = tail_head[::-1] if up else tail_head
        for unit in range(units):
            if not up and flow[cell] == 0:
                return unit
            path = self._cheapest(flow, start, goal, cell)
            if path is None:
                return unit
            for step, direction in path:
                flow[step] += direction
                self.free.add(step)
            flow[cell] += 1 if up else -1
        return units

    def _cheapest(
        self, flow: dict[Cell, int], start: _Node, goal: _Node, without: Cell
    ) -> list[tuple[Cell, int]] | None:
        """Dijkstra's shortest path; each step is a cell and whether it grows (1) or shrinks (-1)."""
        best: dict[_Node, int] = {start: 0}
        came: dict[_Node, tuple[_Node, Cell, int]] = {}
        queue: list[tuple[int, _Node]] = [(0, start)]
        while queue:
            price, node = heapq.heappop(queue)
            if node == goal:
                return _trace(came, start, goal)
            if price > best[node]:
                continue
            for cell, direction, following in self._steps(node, flow):
                total = price + self._price(cell)
                if cell != without and total < best.get(following, _BEYOND_PRICE):
                    best[following] = total
                    came[following] = (node, cell, direction)
                    heapq.heappush(queue, (total, following))
        return None

    def _steps(self, node: _Node, flow: dict[Cell, int]) -> Iterator[tuple[Cell, int, _Node]]:
        """Cells that may grow away from a node, and cells that may shrink towards it."""
        for cell in self._touching(node):
            tail, head = self.ends(cell)
            if cell in self.fixed:
                continue
            if tail == node:
                yield cell, 1, head
            elif flow[cell] > 0:
                yield cell, -1, tail

    def _touching(self, node: _Node) -> Iterator[Cell]:
        if node == _SOURCE:
            yield from ((row, self.width) for row in range(self.height))
        elif node <= self.height:
            yield from ((node - 1, column) for column in range(self.width + 1))
        else:
            yield from ((row, node - 1 - self.height) for row in range(self.height))

    def _price(self, cell: Cell) -> int:
        """What withholding a cell costs the reader: nothing twice, large counts most."""
        return 0 if cell in self.free else 1 + (self.flow[cell] or _PRICE_OF_EMPTY)


def _trace(
    came: dict[_Node, tuple[_Node, Cell, int]], start: _Node, goal: _Node
) -> list[tuple[Cell, int]]:
    path: list[tuple[Cell, int]] = []
    while goal != start:
        goal, cell, direction = came[goal]
        path.append((cell, direction))
    return path
