"""Adding up a period in one pass; memory grows with what is published, not with the requests.

A year may hold a million searches, so one request costs a handful of dictionary look-ups: requests
that fared alike share a ``Bucket``, and what is published is derived from the buckets afterwards.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final, TypeVar

from oversight.transparency.breakdowns import (
    ABOUT_SUBJECTS,
    column_of,
    offence_row,
    source_row,
)
from oversight.transparency.counting import Counted, Fate, Outcome
from oversight.transparency.suppression import Counts

MEASURES: Final = ("requests", "refused", "run", "no_candidate", "leads")
"""The counts of the main open-data file (contracts, section 8)."""

BEFORE_ADOPTION: Final = "before_adoption"
"""How many of the requests are from before adoption: one more count of lists."""

ACTS: Final = ("requests", "refused", "run", BEFORE_ADOPTION)
"""The counts of lists that tell no results."""

SearchKey = tuple[str, str, str]
"""Month such as 2026-03, agency, use type."""

UnitKey = tuple[str, str | None]
"""Agency, and the name of a unit; None where nobody told."""

_REASON_FIELDS: Final = ("rule", "safeguard", "instrument", "citation", "message")
_Key = TypeVar("_Key")


@dataclass
class Bucket:
    """Requests that fared alike, by what they are broken down by."""

    searches: Counter[SearchKey] = field(default_factory=Counter)
    units: Counter[UnitKey] = field(default_factory=Counter)
    tables: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def merge(self, other: "Bucket") -> None:
        """Add what another bucket holds."""
        self.searches.update(other.searches)
        self.units.update(other.units)
        for name, rows in other.tables.items():
            self.tables[name].update(rows)


class Tally:
    """Counts of a period. Read what it derives only once everything has been added."""

    def __init__(self) -> None:
        self.buckets: dict[Fate, Bucket] = defaultdict(Bucket)
        self.rules: Counter[tuple[str, ...]] = Counter()
        self.earlier_rules: Counter[str] = Counter()
        self.waited: Counter[int] = Counter()
        self.waited_before: Counter[int] = Counter()
        self.read: Counter[int] = Counter()

    @classmethod
    def of(cls, requests: Iterable[Counted]) -> "Tally":
        tally = cls()
        for counted in requests:
            tally.add(counted)
        return tally

    @classmethod
    def together(cls, tallies: Iterable["Tally"]) -> "Tally":
        """Add tallies up."""
        found = cls()
        for tally in tallies:
            found.merge(tally)
        return found

    def add(self, counted: Counted) -> None:
        """Count one request."""
        bucket = self.buckets[counted.fate]
        bucket.searches[_month(counted.day), counted.agency, counted.use_type] += 1
        bucket.units[counted.agency, counted.unit] += 1
        tables = bucket.tables
        tables["offence"][offence_row(counted.nibrs)] += 1
        tables["image_source"][source_row(counted.image_source)] += 1
        if counted.subject is not None:
            for name, value in zip(ABOUT_SUBJECTS, counted.subject, strict=True):
                tables[name][value or "unknown"] += 1
        if counted.reasons:
            self._add_reasons(counted)
        if counted.waited is not None:
            self._add_wait(counted)

    def merge(self, other: "Tally") -> None:
        """Add what another tally counted."""
        for fate, bucket in other.buckets.items():
            self.buckets[fate].merge(bucket)
        for name in ("rules", "earlier_rules", "waited", "waited_before", "read"):
            getattr(self, name).update(getattr(other, name))

    @cached_property
    def figures(self) -> Counter[str]:
        """Requests by what became of them."""
        return self._figures(self.buckets)

    @cached_property
    def imported(self) -> Counter[str]:
        """The share of ``figures`` from before adoption."""
        return self._figures(fate for fate in self.buckets if fate.imported)

    @cached_property
    def months(self) -> Counter[tuple[str, str]]:
        """By month and count."""
        return self._measured(lambda bucket: bucket.searches, lambda key: key[0])

    @cached_property
    def use_types(self) -> Counter[tuple[str, str]]:
        """By use type and count."""
        return self._measured(lambda bucket: bucket.searches, lambda key: key[2])

    @cached_property
    def searches(self) -> Counter[tuple[SearchKey, str]]:
        """By row of the main open-data file, and count."""
        return self._measured(lambda bucket: bucket.searches, lambda key: key)

    def units(self, of: Callable[[UnitKey], _Key]) -> Counter[tuple[_Key, str]]:
        """By what ``of`` makes of agency and unit, and count."""
        return self._measured(lambda bucket: bucket.units, of)

    @cached_property
    def tables(self) -> Mapping[str, Counter[tuple[str, str]]]:
        """The tables about persons: by row and column."""
        found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for fate, bucket in self.buckets.items():
            column = column_of(fate)
            for name, rows in bucket.tables.items():
                for row, count in rows.items():
                    found[name][row, column] += count
        return found

    def cells(self, table: str, rows: Iterable[str], columns: Iterable[str]) -> Counts:
        """The counts of a table about persons, in the order given."""
        columns, counts = list(columns), self.tables.get(table, Counter())
        return [[counts[row, column] for column in columns] for row in rows]

    def _figures(self, fates: Iterable[Fate]) -> Counter[str]:
        found: Counter[str] = Counter()
        for fate in fates:
            times = self.buckets[fate].units.total()
            found.update(dict.fromkeys(figures_of(fate), times))
        return found

    def _measured(
        self,
        counts: Callable[[Bucket], Mapping[Any, int]],
        of: Callable[[Any], _Key],
    ) -> Counter[tuple[_Key, str]]:
        found: Counter[tuple[_Key, str]] = Counter()
        for fate, bucket in self.buckets.items():
            names = counts_of(fate)
            for key, count in counts(bucket).items():
                for name in names:
                    found[of(key), name] += count
        return found

    def _add_reasons(self, counted: Counted) -> None:
        if counted.fate.imported:
            self.earlier_rules.update({str(reason["rule"]) for reason in counted.reasons})
        else:
            self.rules.update({_reason_key(reason) for reason in counted.reasons})

    def _add_wait(self, counted: Counted) -> None:
        if counted.waited is not None:
            waits = self.waited_before if counted.fate.imported else self.waited
            waits[counted.waited // 60] += 1
        if counted.read is not None:
            self.read[counted.read // 10 * 10] += 1


def measures_of(fate: Fate) -> list[str]:
    """The measures of the open-data file that a request counts for."""
    found = ["requests"]
    if fate.refused:
        found.append("refused")
    if fate.outcome is not None:
        found.append("run")
    if fate.outcome == Outcome.NO_CANDIDATE:
        found.append("no_candidate")
    if fate.outcome == Outcome.LEAD:
        found.append("leads")
    return found


@lru_cache(maxsize=64)
def counts_of(fate: Fate) -> tuple[str, ...]:
    """The counts of lists that a request counts for."""
    return (*measures_of(fate), *([BEFORE_ADOPTION] if fate.imported else []))


def reason_of(key: tuple[str, ...]) -> dict[str, str]:
    """A rule with its citation and the message it had when it refused."""
    return dict(zip(_REASON_FIELDS, key, strict=True))


def figures_of(fate: Fate) -> Iterator[str]:
    """Every figure that a request of this fate counts for, each once."""
    found = {*measures_of(fate), fate.ending}
    found |= {name for name in ("returned", "approved") if getattr(fate, name)}
    if fate.outcome in (Outcome.NO_LEAD, Outcome.UNDECIDED):
        found.add(str(fate.outcome))
    if fate.refused and fate.outcome is not None:
        found.add("run_although_refused")
    yield from found


@lru_cache(maxsize=4096)
def _month(day: date) -> str:
    return day.isoformat()[:7]


def _reason_key(reason: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(reason.get(name) or "") for name in _REASON_FIELDS)
