"""An attacker with a solver and the published files of an edition, who shares no code with them.

It knows that counts are not negative, that every row that is printed has a request, that searches
run have one result each, all totals of the edition, and that units and areas add up to the same
requests as months and purposes do.
"""

import random

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

ENDS = ("none", "nobody", "lead", "other")
"""What came of a request: it did not run, or one of three results; each refused or not."""
COUNTS = {
    "requests": lambda _refused, _end: True,
    "refused": lambda refused, _end: refused,
    "run": lambda _refused, end: end != "none",
    "no_candidate": lambda _refused, end: end == "nobody",
    "leads": lambda _refused, end: end == "lead",
}
ACTS = ("requests", "refused", "run")


class Attack:
    """``files`` are the rows of searches, months, use-types, units, areas and figures."""

    def __init__(self, files):
        self.index, self.equations, self.totals = {}, [], []
        self.withheld, self.least = [], []
        self.all_before = self._value(files, "requests") == int(
            next(r for r in files["figures"] if r["figure"] == "requests")["before_adoption"]
        )
        self.rows = [(r["month"], r["agency"], r["use_type"]) for r in files["searches"]]
        self._read(files)
        self._totals(files)

    def _read(self, files):
        for row, key in zip(files["searches"], self.rows, strict=True):
            self.least.append(self._cells([key], "requests"))
            for count in COUNTS:
                self._know(("searches", key, count), self._cells([key], count), row)
        for name, place in (("months", 0), ("use_types", 2)):
            column = "month" if name == "months" else "use_type"
            for row in files[name]:
                rows = [key for key in self.rows if key[place] == row[column]]
                for count in COUNTS if name == "months" else ACTS:
                    self._know((name, row[column], count), self._cells(rows, count), row)
        for name, column in (("units", "unit"), ("areas", "area")):
            for row in files[name]:
                key = (row["agency"], row[column])
                for count in ACTS:
                    self._know((name, key, count), {(name, key, count): 1.0}, row)
                self._bounded(name, key)
            for agency in {row["agency"] for row in files[name]}:
                self._add_up(
                    name, agency, [r[column] for r in files[name] if r["agency"] == agency]
                )

    def _totals(self, files):
        told = {
            row["figure"]: int(row["value"]) for row in files["figures"] if row["value"].isdigit()
        }
        every = self.rows
        for count in ("requests", "run", "no_candidate", "leads"):
            self._equal(self._cells(every, count), told[count])
        ended = ("refused_by_gate", "refused_by_supervisor", "refused_before_adoption")
        refused = {(key, True, "none"): 1.0 for key in every}
        self._equal(refused, sum(told[name] for name in ended))
        both = {(key, True, end): 1.0 for key in every for end in ENDS[1:]}
        self._equal(both, told["run_although_refused"])

    @staticmethod
    def _value(files, name):
        return int(next(row for row in files["figures"] if row["figure"] == name)["value"])

    @staticmethod
    def _cells(rows, count):
        counts = COUNTS[count]
        return {(k, r, e): 1.0 for k in rows for r in (True, False) for e in ENDS if counts(r, e)}

    def _know(self, cell, terms, row):
        value = row[cell[2]]
        if cell[2] == "requests" and self.all_before:
            value = value or row.get("before_adoption", "")
        if value == "":
            assert cell[2] in row["suppressed"].split(), cell
            self.withheld.append((cell, terms))
        else:
            assert cell[2] not in row["suppressed"].split(), cell
            self._equal(terms, int(value))

    def _bounded(self, name, key):
        """Refused and run are of the requests: what is left of each is not negative."""
        for count in ("refused", "run"):
            rest = {(name, key, "requests"): 1.0, (name, key, count): -1.0}
            self._equal({**rest, ("rest", name, key, count): -1.0}, 0)

    def _add_up(self, name, agency, places):
        rows = [key for key in self.rows if key[1] == agency]
        for count in ACTS:
            terms = self._cells(rows, count)
            self._equal(terms | {(name, (agency, place), count): -1.0 for place in places}, 0)

    def _equal(self, terms, total):
        self.equations.append(terms)
        self.totals.append(total)
        for variable in terms:
            self.index.setdefault(variable, len(self.index))

    def _matrix(self, lines):
        data = [
            (sign, line, self.index[variable])
            for line, terms in enumerate(lines)
            for variable, sign in terms.items()
        ]
        signs, at, variables = zip(*data, strict=True)
        return csr_matrix((signs, (at, variables)), shape=(len(lines), len(self.index)))

    def intervals(self, seed=1, rounds=8):
        """Yield each withheld cell with a smallest and a largest value that it may have.

        Values that random questions bring to light come first; only for cells that they left at
        one value are the ends asked for one by one.
        """
        equalities, least = self._matrix(self.equations), self._matrix(self.least)
        wanted = self._matrix([terms for _cell, terms in self.withheld])
        dice = random.Random(seed)
        low = np.full(wanted.shape[0], np.inf)
        high = -low
        solve = lambda goal: self._solve(goal, equalities, least)  # noqa: E731
        for _ in range(rounds):
            weights = np.array([dice.choice((-1.0, 1.0)) for _ in range(wanted.shape[0])])
            weights[high - low >= 1] *= 0.01
            for sign in (1, -1):
                values = wanted @ solve(sign * (wanted.T @ weights))
                low, high = np.minimum(low, values), np.maximum(high, values)
        for place, (cell, _terms) in enumerate(self.withheld):
            ends = [low[place], high[place]]
            if ends[1] - ends[0] < 1:
                goal = wanted[place].toarray().ravel()
                ends = [float(goal @ solve(sign * goal)) for sign in (1, -1)]
            yield cell, round(ends[0], 6), round(ends[1], 6)

    def _solve(self, goal, equalities, least):
        found = linprog(
            goal,
            A_eq=equalities,
            b_eq=self.totals,
            A_ub=-least,
            b_ub=[-1] * least.shape[0],
            method="highs-ds",
        )
        assert found.status == 0, found.message
        return found.x


def files_of(read, number):
    """What an attacker downloads of an edition; ``read`` gives a file of open data as rows."""
    names = {"use_types": "use-types"}
    lists = ("searches", "months", "use_types", "units", "areas", "figures")
    return {name: read(f"editions/{number}/{names.get(name, name)}") for name in lists}
