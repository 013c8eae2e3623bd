"""Adding up a period in one pass; memory grows with what is published, not with the requests."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from oversight.transparency.breakdowns import ABOUT_SUBJECTS, TITLES, column_of, row_of
from oversight.transparency.counting import Counted, Outcome
from oversight.transparency.suppression import Counts

MEASURES: Final = ("requests", "refused", "run", "no_candidate", "leads")
"""The counts of the main open-data file (contracts, section 8)."""

SearchKey = tuple[str, str, str]
"""Month such as 2026-03, agency, use type."""

_REASON_FIELDS: Final = ("rule", "safeguard", "instrument", "citation", "message")


@dataclass
class Tally:
    """Counts of a period. ``imported`` holds the share of ``figures`` from before adoption."""

    figures: Counter[str] = field(default_factory=Counter)
    imported: Counter[str] = field(default_factory=Counter)
    rules: Counter[tuple[str, ...]] = field(default_factory=Counter)
    earlier_rules: Counter[str] = field(default_factory=Counter)
    months: Counter[tuple[str, str]] = field(default_factory=Counter)
    use_types: Counter[tuple[str, str]] = field(default_factory=Counter)
    searches: Counter[tuple[SearchKey, str]] = field(default_factory=Counter)
    tables: dict[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    @classmethod
    def of(cls, requests: Iterable[Counted]) -> "Tally":
        tally = cls()
        for counted in requests:
            tally.add(counted)
        return tally

    def add(self, counted: Counted) -> None:
        """Count one request."""
        names = {*measures_of(counted), counted.ending, *_further(counted)}
        self.figures.update(names)
        if counted.imported:
            self.imported.update(names)
        self._add_to_lists(counted)
        column = column_of(counted)
        for table in TITLES:
            row = row_of(table, counted)
            if row is not None:
                self.tables[table][row, column] += 1
        self._add_reasons(counted)

    def keys_of_month(self, month: str) -> list[SearchKey]:
        """The rows of the open-data file for a month, in order."""
        return sorted({key for key, _measure in self.searches if key[0] == month})

    def results(self, keys: Iterable[SearchKey]) -> list[list[int]]:
        """For each row: runs without a candidate, with a lead, and all others."""
        found = []
        for key in keys:
            ran, none, leads = (self.searches[key, m] for m in ("run", "no_candidate", "leads"))
            found.append([none, leads, ran - none - leads])
        return found

    def cells(self, table: str, rows: Iterable[str], columns: Iterable[str]) -> Counts:
        """The counts of a table about persons, in the order given."""
        columns = list(columns)
        return [[self.tables[table][row, column] for column in columns] for row in rows]

    def seen(self) -> Mapping[str, set[str]]:
        """What occurs in each table about the persons searched for."""
        return {table: {row for row, _column in self.tables[table]} for table in ABOUT_SUBJECTS}

    def _add_to_lists(self, counted: Counted) -> None:
        month = f"{counted.day:%Y-%m}"
        key = (month, counted.agency, counted.use_type)
        names = measures_of(counted) + (["imported"] if counted.imported else [])
        for name in names:
            self.months[month, name] += 1
            self.use_types[counted.use_type, name] += 1
            self.searches[key, name] += 1

    def _add_reasons(self, counted: Counted) -> None:
        if counted.imported:
            self.earlier_rules.update({str(reason["rule"]) for reason in counted.reasons})
        else:
            self.rules.update({_reason_key(reason) for reason in counted.reasons})


def measures_of(counted: Counted) -> list[str]:
    """The measures of the open-data file that a request counts for."""
    found = ["requests"]
    if counted.refused:
        found.append("refused")
    if counted.outcome is not None:
        found.append("run")
    if counted.outcome == Outcome.NO_CANDIDATE:
        found.append("no_candidate")
    if counted.outcome == Outcome.LEAD:
        found.append("leads")
    return found


def reason_of(key: tuple[str, ...]) -> dict[str, str]:
    """A rule with its citation and the message it had when it refused."""
    return dict(zip(_REASON_FIELDS, key, strict=True))


def _further(counted: Counted) -> list[str]:
    found = [name for name in ("returned", "approved") if getattr(counted, name)]
    if counted.outcome in (Outcome.NO_LEAD, Outcome.UNDECIDED):
        found.append(str(counted.outcome))
    if counted.refused and counted.outcome is not None:
        found.append("run_although_refused")
    return found


def _reason_key(reason: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(reason.get(name) or "") for name in _REASON_FIELDS)
