"""What one edition may print, given what earlier ones did (docs/decisions/0077).

Editions with tables lie apart or inside one another; one that cuts across or lies inside an
earlier one prints none. Days that an inner edition covers and the days that none does are then
independent, and it is enough that each part is protected: what is withheld inside stays withheld,
and the days in between are protected as a table of their own, since anyone can subtract.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from oversight.transparency.suppression import Cell, Counts, derivable, protect, small

Printed = Mapping[Cell, int | None]
"""What an earlier edition printed, by the cells of the new one; None where it withheld."""


@dataclass(frozen=True)
class Request:
    """A table that wants to be published.

    Attributes:
        counts: the table of the whole period.
        apart: the same for the days that no inner edition covers; unused without ``inner``.
        inner: what editions inside the period printed.
        corrected: what the edition printed that this one corrects.
        closed: print nothing of it but what the exact totals tell anyway.
    """

    counts: Counts
    apart: Counts
    inner: Sequence[Printed] = ()
    corrected: Printed | None = None
    closed: bool = False


def withheld_cells(request: Request, *, threshold: int) -> frozenset[Cell]:
    """Return the cells to withhold: none of them can be derived from all that is published."""
    if request.closed:
        withheld = _every_cell(request)
    else:
        alone = request.apart if request.inner else request.counts
        withheld = protect(alone, threshold=threshold).withheld
        for printed in request.inner:
            withheld |= {cell for cell, count in printed.items() if count is None}
        forced = _changed_a_little(request, withheld, threshold)
        forced |= derivable(request.counts, withheld)
        if forced:
            withheld |= protect(request.counts, threshold=threshold, forced=forced).withheld
    return withheld - derivable(request.counts, withheld)


def _every_cell(request: Request) -> frozenset[Cell]:
    """Each cell of the table, the totals of its rows among them."""
    return frozenset(
        (row, column)
        for row, counts in enumerate(request.counts)
        for column in range(len(counts) + 1)
    )


def _changed_a_little(
    request: Request, withheld: Collection[Cell], threshold: int
) -> frozenset[Cell]:
    """Cells whose difference from what was printed would point at few people.

    What a corrected edition withheld stays withheld. Requests go on after they were counted, so
    inner editions and a recount of their days can differ as well.
    """
    forced: set[Cell] = set()
    for cell in _every_cell(request) - frozenset(withheld):
        count = _at(request.counts, cell)
        inner = sum(printed.get(cell) or 0 for printed in request.inner)
        if request.inner and inner + _at(request.apart, cell) != count:
            forced |= {cell} if small(abs(count - inner), threshold) else set()
    for cell, before in (request.corrected or {}).items():
        if before is None or small(abs(_at(request.counts, cell) - before), threshold):
            forced.add(cell)
    return frozenset(forced)


def _at(counts: Counts, cell: Cell) -> int:
    row, column = cell
    return sum(counts[row]) if column == len(counts[row]) else counts[row][column]
