"""Whoever holds every list and table of an edition at once still cannot derive a withheld cell.

The attacker writes down every published number as an equation over one joint table (month, agency,
unit, purpose, offence, race and what became of the request) and asks a solver for the smallest and
largest value of each withheld cell. Tables of source, sex and age are built as those of offence
and race are; they would only make the joint table larger.
"""

import random
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from oversight.transparency.breakdowns import COLUMNS
from oversight.transparency.services import publish_edition
from tests.transparency.rows import earlier_lines
from tests.transparency.test_history import YEAR

pytestmark = pytest.mark.django_db

MEASURES = {
    "requests": COLUMNS,
    "refused": ("refused",),
    "run": ("no_candidate", "no_lead", "lead"),
    "no_candidate": ("no_candidate",),
    "leads": ("lead",),
}


def small_city(count, seed):
    """Two months, agencies, purposes, offences and races, so that many cells are small."""
    dice = random.Random(seed)
    for line in earlier_lines(count, seed=seed):
        day = line["requested_at"][8:]
        yield {
            **line,
            "requested_at": f"2025-{dice.choice(['01', '02'])}-{min(day, '28T')[:2]}T12:00:00-08:00",
            "unit": dice.choice(["Robbery", None]) if line["agency"] == "lapd" else None,
            "purpose": dice.choice(["criminal_investigation", "identity_fraud"]),
            "nibrs": dice.choice(["120", "13A", "23C"]),
            "probe_source": None,
            "subject": {"race": dice.choice("BW"), "sex": None, "age_band": None},
            "run_at": line["run_at"] and "2025-02-28T18:00:00-08:00",
        }


class Attacker:
    """Every published number as an equation; ``interval`` asks what a cell may be."""

    def __init__(self, document):
        self.axes = {
            "month": [row["month"] for row in document["months"]],
            "place": [(row["agency"], row["unit"]) for row in document["units"]],
            "use_type": [row["use_type"] for row in document["use_types"]],
            "offence": self._rows(document, "offence"),
            "race": self._rows(document, "race"),
            "column": list(COLUMNS),
        }
        self.cells = [
            dict(zip(self.axes, values, strict=True)) for values in product(*self.axes.values())
        ]
        self.equations, self.totals, self.withheld = [], [], []
        self._read(document)

    @staticmethod
    def _rows(document, table):
        return [row["row"] for row in document["tables"][table]["rows"] if row["requests"] != 0]

    def _read(self, document):
        for row in document["months"]:
            self._measures(row, lambda c, row=row: c["month"] == row["month"])
        for row in document["use_types"]:
            self._measures(row, lambda c, row=row: c["use_type"] == row["use_type"])
        for row in document["units"]:
            self._measures(row, lambda c, row=row: c["place"] == (row["agency"], row["unit"]))
        for row in document["searches"]:
            self._measures(row, lambda c, row=row: self._is_of(c, row))
        for name in ("offence", "race"):
            table = document["tables"][name]
            self._table({**table["totals"]}, lambda _cell: True)
            for row in table["rows"]:
                self._table(row, lambda c, row=row, name=name: c[name] == row["row"])

    @staticmethod
    def _is_of(cell, row):
        return (cell["month"], cell["place"][0], cell["use_type"]) == (
            row["month"],
            row["agency"],
            row["use_type"],
        )

    def _measures(self, row, matches):
        for name, columns in MEASURES.items():
            if name in row:
                self._know(row[name], matches, columns)

    def _table(self, row, matches):
        for column in COLUMNS:
            self._know(row[column], matches, (column,))
        self._know(row["requests"], matches, COLUMNS)

    def _know(self, value, matches, columns):
        vector = np.array([c["column"] in columns and matches(c) for c in self.cells], dtype=float)
        if value is None:
            self.withheld.append(vector)
        elif vector.any():
            self.equations.append(vector)
            self.totals.append(value)
        else:
            assert value == 0

    def interval(self, vector):
        ends = []
        for sign in (1, -1):
            found = linprog(sign * vector, A_eq=np.array(self.equations), b_eq=self.totals)
            assert found.status == 0, found.message
            ends.append(round(sign * found.fun, 6))
        return ends


@pytest.mark.parametrize("seed", [1, 2])
def test_no_withheld_cell_can_be_derived_from_all_tables_together(office, told, seed):
    report = told(small_city(90, seed))
    assert report.added == 90
    attacker = Attacker(publish_edition(**YEAR).document)
    cells = [vector for vector in attacker.withheld if vector.any()]
    assert len(cells) > 10
    for vector in cells:
        low, high = attacker.interval(vector)
        assert high - low >= 1, f"a withheld cell can only be {low}"
