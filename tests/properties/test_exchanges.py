"""No number that an edition's lists withhold can be worked out, by whoever holds every edition.

The attacker is scipy's linear programming and shares no code with the protection. It knows what
became of all requests of each edition together, by every detail of their fate; every number that
any list of any edition prints; that each row that is printed has a request; and that no count is
negative. It asks for the smallest and the largest value of each number withheld.
"""

import random
from datetime import date

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from oversight.transparency.counting import Counted, Fate, Outcome
from oversight.transparency.document.exact import lists
from oversight.transparency.document.numbers import numbers_of, without
from oversight.transparency.protection import Earlier, Protection, Stretch
from oversight.transparency.suppression import small
from oversight.transparency.tally import Tally

THRESHOLD = 5
FATES = (
    Fate("refused_by_gate", refused=True, outcome=None),
    Fate("withdrawn", refused=False, outcome=None),
    Fate("run", refused=False, outcome=Outcome.NO_CANDIDATE, approved=True),
    Fate("run", refused=False, outcome=Outcome.NO_LEAD, approved=True),
    Fate("run", refused=False, outcome=Outcome.LEAD, approved=True),
    Fate("refused_before_adoption", refused=True, outcome=None, imported=True),
    Fate("run", refused=True, outcome=Outcome.LEAD, imported=True),
)
AREAS = {
    ("a", "Robbery"): "Central",
    ("a", "Vice"): "Central",
    ("a", "Harbor"): "South",
    ("a", None): None,
    ("b", None): None,
}
COUNTS = {
    "requests": lambda _fate: True,
    "refused": lambda fate: fate.refused,
    "run": lambda fate: fate.outcome is not None,
    "no_candidate": lambda fate: fate.outcome == Outcome.NO_CANDIDATE,
    "leads": lambda fate: fate.outcome == Outcome.LEAD,
    "before_adoption": lambda fate: fate.imported,
}


def city(seed, size, months=3, uses=3):
    """Requests of a city, most of them for one purpose; months in which little happened."""
    dice = random.Random(seed)
    for _ in range(size):
        agency = dice.choice("aab")
        month = min(dice.choices(range(1, months + 1), [9, 3, 1, 9, 9, 9][:months])[0], 12)
        use = dice.choices(["murder", "missing", "fraud", "deceased"][:uses], [20, 4, 2, 1][:uses])
        yield Counted(
            day=date(2026, month, dice.randint(1, 28)),
            agency=agency,
            unit=dice.choice(["Robbery", "Vice", "Harbor", "John Smith", None])
            if agency == "a"
            else None,
            use_type=use[0],
            nibrs=None,
            image_source=None,
            fate=dice.choices(FATES, [6, 1, 5, 6, 3, 2, 1])[0],
        )


class Press:
    """Publishes periods one after another, each knowing those inside it."""

    def __init__(self):
        self.documents = {}

    def publish(self, requests, start, end, corrects=None):
        covering = {
            number: days
            for number, (days, _document, _tallies) in self.documents.items()
            if start <= days[0] and days[1] <= end and number != corrects
        }
        tallies = {}
        for counted in requests:
            if start <= counted.day < end:
                days = frozenset(n for n, (a, b) in covering.items() if a <= counted.day < b)
                tallies.setdefault(days, Tally()).add(counted)
        whole = Tally.together(tallies.values())
        areas = places(whole)
        told = lists(whole, areas)
        protection = Protection(
            numbers_of(told),
            {days: Stretch.of(tally, areas) for days, tally in tallies.items()},
            areas,
            threshold=THRESHOLD,
            earlier=Earlier(
                {number: numbers_of(self.documents[number][1]) for number in covering},
                [n for n, d in covering.items() if not any(wider(d, o) for o in covering.values())],
                numbers_of(self.documents[corrects][1]) if corrects else {},
            ),
        )
        number = len(self.documents) + 1
        document = told | without(told, protection.withheld())
        self.documents[number] = ((start, end), document, whole)
        return numbers_of(told), numbers_of(document)


def wider(days, other):
    return days != other and other[0] <= days[0] and days[1] <= other[1]


def places(whole):
    told = {place for bucket in whole.buckets.values() for place in bucket.units}
    listed = {place: area for place, area in AREAS.items() if place[1]}
    return listed | {(agency, None): None for agency, unit in told if (agency, unit) not in listed}


class Attacker:
    """Every published number as an equation over rows, and over places, by fate and day."""

    def __init__(self, press, numbers, days):
        self.days, self.columns, self.index = days, [], {}
        self.spans = {n: press.documents[n][0] for n in numbers}
        self.equations, self.totals, self.low = [], [], []
        rows = {n: [key for name, key in cells_of(press, n) if name == "searches"] for n in numbers}
        homes = {n: [key for name, key in cells_of(press, n) if name == "units"] for n in numbers}
        every = {("row", key) for n in numbers for key in rows[n]}
        every |= {("place", key) for n in numbers for key in homes[n]}
        self.variables = [
            (d, f, what) for d in days for f in FATES for what in sorted(every, key=repr)
        ]
        for n in numbers:
            document, whole = press.documents[n][1:]
            self.read(n, document, whole, rows[n], homes[n])
        for day in days:
            for agency in "ab":
                for fate in FATES:
                    self.link(day, agency, fate)

    def read(self, number, document, whole, rows, homes):
        within = self.within(number)
        for fate in FATES:
            total = whole.buckets[fate].searches.total() if fate in whole.buckets else 0
            self.know(lambda d, f, w, fate=fate: d in within and f == fate and w[0] == "row", total)
        absent = lambda d, _f, w: d in within and w[1] not in (rows if w[0] == "row" else homes)  # noqa: E731
        self.know(absent, 0)
        for row in rows:
            matching = [d in within and w == ("row", row) for d, _f, w in self.variables]
            self.low.append(-np.array(matching, dtype=float))
        for (name, key, count), value in numbers_of(document).items():
            if value is not None:
                self.know(self.terms(number, (name, key, count)), value)

    def within(self, number):
        start, end = self.spans[number]
        return {day for day in self.days if start <= day < end}

    def terms(self, number, cell):
        name, key, count = cell
        within, counts = self.within(number), COUNTS[count]
        of = {
            "searches": lambda w: w == ("row", key),
            "months": lambda w: w[0] == "row" and w[1][0] == key,
            "use_types": lambda w: w[0] == "row" and w[1][2] == key,
            "units": lambda w: w == ("place", key),
            "areas": lambda w: w[0] == "place" and (w[1][0], AREAS[w[1]]) == key,
        }[name]
        return lambda d, f, w: d in within and counts(f) and of(w)

    def link(self, day, agency, fate):
        """Whatever is told by row and by place is told of the same requests."""
        signs = {"row": 1.0, "place": -1.0}
        vector = [
            signs[w[0]]
            if (d, f) == (day, fate) and (w[1][1] if w[0] == "row" else w[1][0]) == agency
            else 0.0
            for d, f, w in self.variables
        ]
        self.equations.append(np.array(vector))
        self.totals.append(0)

    def know(self, matches, total):
        vector = np.array([matches(d, f, w) for d, f, w in self.variables], dtype=float)
        if vector.any():
            self.equations.append(vector)
            self.totals.append(total)
        else:
            assert total == 0

    def intervals(self, number, cells):
        equalities, least = csr_matrix(np.array(self.equations)), csr_matrix(np.array(self.low))
        for cell in cells:
            matches = self.terms(number, cell)
            goal = np.array([matches(d, f, w) for d, f, w in self.variables], dtype=float)
            ends = []
            for sign in (1, -1):
                found = linprog(
                    sign * goal,
                    A_eq=equalities,
                    b_eq=self.totals,
                    A_ub=least,
                    b_ub=[-1] * least.shape[0],
                )
                assert found.status == 0, found.message
                ends.append(round(sign * found.fun, 6))
            yield cell, *ends


def cells_of(press, number):
    return {cell[:2] for cell in numbers_of(press.documents[number][1])}


def derived(press, number, attacker, *, most=20, seed=0):
    """Of withheld numbers of an edition, picked at random: those that can be only one."""
    printed = numbers_of(press.documents[number][1])
    withheld = sorted((cell for cell, count in printed.items() if count is None), key=repr)
    assert withheld
    picked = random.Random(seed).sample(withheld, min(most, len(withheld)))
    return [(cell, low) for cell, low, high in attacker.intervals(number, picked) if high - low < 1]


JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.mark.parametrize(("seed", "size"), [(1, 30), (2, 120), (3, 400)])
def test_no_withheld_number_can_be_derived_from_all_lists_together(seed, size):
    press = Press()
    exact, printed = press.publish(list(city(seed, size)), JANUARY, APRIL)
    for cell, count in exact.items():
        assert printed[cell] in (None, count)
        assert printed[cell] is None or not small(count, THRESHOLD), cell
    assert not derived(press, 1, Attacker(press, [1], [JANUARY]))


def test_the_attacker_would_notice_what_small_numbers_alone_give_away():
    press = Press()
    press.publish(list(city(2, 120)), JANUARY, APRIL)
    days, document, whole = press.documents[1]
    told = lists(whole, places(whole))
    alone = {cell for cell, count in numbers_of(told).items() if small(count, THRESHOLD)}
    press.documents[1] = (days, document | without(told, alone), whole)
    assert derived(press, 1, Attacker(press, [1], [JANUARY]), most=60)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_edition_gives_away_what_another_withholds(seed):
    """A part of January, January around it, and three months around both."""
    requests, press = list(city(seed, 160)), Press()
    periods = [(JANUARY, date(2026, 1, 12)), (JANUARY, FEBRUARY), (JANUARY, APRIL)]
    for period in periods:
        press.publish(requests, *period)
    attacker = Attacker(press, [1, 2, 3], [JANUARY, date(2026, 1, 12), FEBRUARY])
    for number in (1, 2, 3):
        assert not derived(press, number, attacker, most=8)


def test_subtracting_an_edition_gives_no_small_number_of_the_days_between():
    requests, press = list(city(4, 300)), Press()
    exact, inner = press.publish(requests, JANUARY, date(2026, 1, 27))
    whole, outer = press.publish(requests, JANUARY, FEBRUARY)
    between = {cell: count - (exact.get(cell) or 0) for cell, count in whole.items()}
    at_risk = [
        cell for cell, count in between.items() if small(count, THRESHOLD) and cell[0] == "searches"
    ]
    assert at_risk
    for cell in at_risk:
        assert outer[cell] is None or inner.get(cell, 0) is None, cell


def test_a_correction_reopens_nothing_and_hides_small_changes():
    requests, press = list(city(5, 200)), Press()
    before, first = press.publish(requests, JANUARY, APRIL)
    later = [*requests, *(r._replace(unit=None) for r in list(city(6, 12)))]
    after, second = press.publish(later, JANUARY, APRIL, corrects=1)
    rows = [cell for cell in first if cell[0] == "searches"]
    changed = [c for c in rows if small(abs(after[c] - before[c]), THRESHOLD)]
    assert changed
    for cell in rows:
        if first[cell] is None or cell in changed:
            assert second[cell] is None, cell
    assert not derived(press, 2, Attacker(press, [2], [JANUARY]), most=15)


def test_a_list_of_one_row_repeats_the_totals_and_is_printed():
    press = Press()
    exact, printed = press.publish(list(city(2, 12, months=1, uses=3)), JANUARY, APRIL)
    months = {cell: count for cell, count in exact.items() if cell[0] == "months"}
    assert any(small(count, THRESHOLD) for count in months.values())
    assert months.items() <= printed.items()
