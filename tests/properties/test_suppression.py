"""Nothing withheld can be worked out: an attacker with a solver finds no withheld cell.

The attacker is scipy's linear programming, which shares no code with the suppression: it knows
every published cell and total, that no count is negative, and nothing else.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from oversight.transparency.suppression import derivable, protect, small

THRESHOLD = 5


def tables(max_rows=6, max_columns=4, max_count=12):
    shapes = st.tuples(st.integers(1, max_rows), st.integers(1, max_columns))
    counts = st.one_of(st.just(0), st.integers(1, 4), st.integers(0, max_count))
    return shapes.flatmap(
        lambda shape: st.lists(
            st.lists(counts, min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        )
    )


def interval(counts, withheld, cell):
    """Smallest and largest value of a cell that agree with everything published."""
    height, width = len(counts), len(counts[0])
    known = {}
    equations = [
        ([(r, column) for r in range(height)], sum(row[column] for row in counts))
        for column in range(width)
    ]
    for r, row in enumerate(counts):
        if (r, width) not in withheld:
            equations.append(([(r, c) for c in range(width)], sum(row)))
        known |= {(r, c): row[c] for c in range(width) if (r, c) not in withheld}
    matrix = np.zeros((len(equations), height * width))
    for index, (cells, _total) in enumerate(equations):
        for r, c in cells:
            matrix[index, r * width + c] = 1
    bounds = [
        (known.get((r, c), 0), known.get((r, c))) for r in range(height) for c in range(width)
    ]
    wanted = [(cell[0], c) for c in range(width)] if cell[1] == width else [cell]
    goal = np.zeros(height * width)
    for r, c in wanted:
        goal[r * width + c] = 1
    ends = []
    for sign in (1, -1):
        found = linprog(sign * goal, A_eq=matrix, b_eq=[t for _, t in equations], bounds=bounds)
        assert found.status == 0, found.message
        ends.append(round(sign * found.fun, 6))
    return tuple(ends)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_withheld_cell_can_be_derived(counts):
    pattern = protect(counts, threshold=THRESHOLD)
    for cell in pattern.withheld:
        low, high = interval(counts, pattern.withheld, cell)
        assert high - low >= 1, f"{cell} can only be {low}"


@settings(max_examples=60, deadline=None)
@given(tables())
def test_every_small_cell_is_withheld_or_given_away_by_the_totals_alone(counts):
    pattern = protect(counts, threshold=THRESHOLD)
    width = len(counts[0])
    everything = {(r, c) for r in range(len(counts)) for c in range(width + 1)}
    cells = {(r, c): n for r, row in enumerate(counts) for c, n in enumerate(row)}
    cells |= {(r, width): sum(row) for r, row in enumerate(counts)}
    for cell, count in cells.items():
        if small(count, THRESHOLD) and cell not in pattern.withheld:
            assert cell in pattern.exposed
            low, high = interval(counts, everything, cell)
            assert low == high == count


@settings(max_examples=60, deadline=None)
@given(tables(max_rows=5, max_columns=3))
def test_a_small_cell_may_be_all_that_the_totals_leave_open(counts):
    """What is published narrows "fewer than 5" no further than the exact totals do by themselves."""
    pattern = protect(counts, threshold=THRESHOLD)
    width = len(counts[0])
    everything = {(r, c) for r in range(len(counts)) for c in range(width + 1)}
    for r, c in pattern.withheld:
        count = sum(counts[r]) if c == width else counts[r][c]
        if not small(count, THRESHOLD):
            continue
        low, high = interval(counts, pattern.withheld, (r, c))
        least, most = interval(counts, everything, (r, c))
        assert low <= max(least, 1)
        assert high >= min(most, THRESHOLD - 1)


@settings(max_examples=40, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_own_check_agrees_with_the_solver_on_any_pattern(counts, random):
    width = len(counts[0])
    cells = [(r, c) for r in range(len(counts)) for c in range(width + 1)]
    withheld = {cell for cell in cells if random.random() < 0.5}
    found = derivable(counts, withheld)
    for cell in withheld:
        low, high = interval(counts, withheld, cell)
        assert (cell in found) == (low == high)


@settings(max_examples=60, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_forced_cells_are_withheld_where_that_hides_anything(counts, random):
    width = len(counts[0])
    forced = {(r, c) for r in range(len(counts)) for c in range(width) if random.random() < 0.2}
    pattern = protect(counts, threshold=THRESHOLD, forced=forced)
    assert forced <= pattern.withheld | pattern.exposed
    assert not derivable(counts, pattern.withheld)


def test_a_lone_small_cell_takes_its_smallest_neighbours_with_it():
    counts = [[2, 30], [9, 40], [50, 60]]
    pattern = protect(counts, threshold=THRESHOLD)
    assert pattern.withheld == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert not pattern.exposed


def test_without_small_cells_nothing_is_withheld():
    assert not protect([[5, 0], [0, 7]], threshold=THRESHOLD).withheld
    assert not protect([], threshold=THRESHOLD).withheld


@pytest.mark.parametrize(
    ("counts", "threshold", "message"),
    [
        ([[1], [1, 2]], 5, "same columns"),
        ([[1, -1]], 5, "negative"),
        ([[1, 1]], 1, "threshold is 1"),
    ],
)
def test_what_is_no_table_is_refused(counts, threshold, message):
    with pytest.raises(ValueError, match=message):
        protect(counts, threshold=threshold)
