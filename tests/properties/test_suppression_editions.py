"""Across editions: whoever holds every edition ever published still cannot derive a withheld cell.

A year is published in parts that lie inside one another: two months, the quarter around them,
the year around the quarter. The attacker subtracts at will: all published cells and totals of all
editions are equations about the days of which they are made up, solved by scipy.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from oversight.transparency.disclosure import Request, withheld_cells
from oversight.transparency.suppression import derivable, protect, small

THRESHOLD = 5
JANUARY, FEBRUARY, MARCH, REST = range(4)
EDITIONS = (
    # days, editions inside that count, days that none of them covers
    ((JANUARY,), (), ()),
    ((FEBRUARY,), (), ()),
    ((JANUARY, FEBRUARY, MARCH), (0, 1), (MARCH,)),
    ((JANUARY, FEBRUARY, MARCH, REST), (2,), (REST,)),
)


def days(max_rows=4, columns=3):
    count = st.one_of(st.just(0), st.integers(1, 4), st.integers(0, 9))
    row = st.lists(count, min_size=columns, max_size=columns)
    return st.integers(2, max_rows).flatmap(
        lambda rows: st.lists(st.lists(row, min_size=rows, max_size=rows), min_size=4, max_size=4)
    )


def add(tables):
    return np.sum([np.array(table) for table in tables], axis=0).tolist()


def at(counts, cell):
    return sum(counts[cell[0]]) if cell[1] == len(counts[0]) else counts[cell[0]][cell[1]]


def publish(tables):
    """What each edition prints: its days, its counts, its withheld cells."""
    editions = []
    for covered, inside, apart in EDITIONS:
        counts = add([tables[day] for day in covered])
        cells = cells_of(counts)
        inner = [
            {c: None if c in editions[i][2] else at(editions[i][1], c) for c in cells}
            for i in inside
        ]
        request = Request(
            counts=counts,
            apart=add([tables[day] for day in apart]) if apart else counts,
            inner=inner,
        )
        editions.append((covered, counts, withheld_cells(request, threshold=THRESHOLD)))
    return editions


def cells_of(counts):
    width = len(counts[0])
    return [(r, c) for r in range(len(counts)) for c in range(width + 1)]


class Attacker:
    """Everything published, as equations over the cells of each of the four stretches of days."""

    def __init__(self, tables, editions):
        self.height, self.width = len(tables[0]), len(tables[0][0])
        rows, totals = [], []
        for covered, counts, withheld in editions:
            known = set(cells_of(counts)) - withheld
            for cell in known:
                rows.append(self.sum_of(covered, [cell]))
                totals.append(at(counts, cell))
            for column in range(self.width):
                rows.append(self.sum_of(covered, [(r, column) for r in range(self.height)]))
                totals.append(sum(row[column] for row in counts))
        self.matrix, self.totals = np.array(rows), totals

    def sum_of(self, covered, cells):
        vector = np.zeros((4, self.height, self.width))
        for day in covered:
            for r, c in cells:
                if c == self.width:
                    vector[day, r, :] = 1
                else:
                    vector[day, r, c] = 1
        return vector.ravel()

    def interval(self, covered, cell):
        goal = self.sum_of(covered, [cell])
        ends = []
        for sign in (1, -1):
            found = linprog(sign * goal, A_eq=self.matrix, b_eq=self.totals)
            assert found.status == 0, found.message
            ends.append(round(sign * found.fun, 6))
        return tuple(ends)


@settings(max_examples=12, deadline=None)
@given(days())
def test_no_edition_gives_away_what_another_withholds(tables):
    editions = publish(tables)
    attacker = Attacker(tables, editions)
    for covered, _counts, withheld in editions:
        for cell in withheld:
            low, high = attacker.interval(covered, cell)
            assert high - low >= 1, f"{cell} of the days {covered} can only be {low}"


@settings(max_examples=12, deadline=None)
@given(days(max_rows=3))
def test_subtracting_editions_gives_no_small_count_of_the_days_between(tables):
    editions = publish(tables)
    attacker = Attacker(tables, editions)
    for day in (MARCH, REST):
        given_away = protect(tables[day], threshold=THRESHOLD).exposed
        for cell in cells_of(tables[day]):
            if small(at(tables[day], cell), THRESHOLD) and cell not in given_away:
                low, high = attacker.interval((day,), cell)
                assert high - low >= 1, f"{cell} of the days {day} can only be {low}"


@settings(max_examples=60, deadline=None)
@given(days(), days())
def test_a_correction_reopens_nothing_and_hides_small_changes(before, after):
    old, new = before[0], after[0][: len(before[0])]
    if len(new) != len(old):
        new = [*new, *old[len(new) :]]
    first = withheld_cells(Request(counts=old, apart=old), threshold=THRESHOLD)
    printed = {c: None if c in first else at(old, c) for c in cells_of(old)}
    second = withheld_cells(Request(counts=new, apart=new, corrected=printed), threshold=THRESHOLD)
    assert not derivable(new, second)
    told_anyway = derivable(new, frozenset(cells_of(new)))
    for cell, count in printed.items():
        if count is None or small(abs(at(new, cell) - count), THRESHOLD):
            assert cell in second | told_anyway


@settings(max_examples=40, deadline=None)
@given(days())
def test_an_edition_that_cuts_across_prints_only_what_totals_tell(tables):
    counts = tables[0]
    withheld = withheld_cells(
        Request(counts=counts, apart=counts, closed=True), threshold=THRESHOLD
    )
    everything = frozenset(cells_of(counts))
    assert withheld == everything - derivable(counts, everything)
