"""Who must be told of a violation or a meeting, and by when: read from data, the strictest wins."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from oversight.council.data import read_data


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule of notice: ``hours`` after a violation was recorded, or before a meeting begins."""

    slug: str
    hours: int
    offices: tuple[str, ...]
    citation: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Owed:
    """An office that must be told by a moment, and the duty that says so."""

    office: str
    due_at: datetime
    duty: Duty


def duty_named(slug: str) -> Duty | None:
    """Return the duty of that name; None if the data no longer has it."""
    every = [row for rows in read_data("notices").values() for row in rows]
    return next((_duty(row) for row in every if row["slug"] == slug), None)


def owed_for_violation(*, agency: str, safeguard: str, at: datetime) -> list[Owed]:
    """Return whom to tell of a violation of ``safeguard`` recorded at a moment; soonest first."""
    rows = [
        row
        for row in read_data("notices")["violation"]
        if not row["safeguards"] or safeguard in row["safeguards"]
    ]
    return _owed(rows, agency, at)


def owed_for_meeting(*, agency: str, starts_at: datetime) -> list[Owed]:
    """Return whom to tell of a meeting, by when; soonest first."""
    return _soonest(
        Owed(office, starts_at - timedelta(hours=duty.hours), duty)
        for duty in _binding(read_data("notices")["meeting"], agency)
        for office in duty.offices
    )


def owed_after(kind: str, *, agency: str, at: datetime) -> list[Owed]:
    """Return whom to tell of an act at a moment, by the duties of a kind; soonest first.

    Raises:
        KeyError: the data has no duties of that kind.
    """
    return _owed(read_data("notices")[kind], agency, at)


def _owed(rows: Iterable[Mapping[str, Any]], agency: str, at: datetime) -> list[Owed]:
    return _soonest(
        Owed(office, at + timedelta(hours=duty.hours), duty)
        for duty in _binding(rows, agency)
        for office in duty.offices
    )


def _binding(rows: Iterable[Mapping[str, Any]], agency: str) -> Iterator[Duty]:
    return (_duty(row) for row in rows if not row["agencies"] or agency in row["agencies"])


def _soonest(owed: Iterable[Owed]) -> list[Owed]:
    """One for each office: the one that is due first."""
    found: dict[str, Owed] = {}
    for one in sorted(owed, key=lambda one: one.due_at):
        found.setdefault(one.office, one)
    return list(found.values())


def _duty(row: Mapping[str, Any]) -> Duty:
    return Duty(row["slug"], row["hours"], tuple(row["offices"]), row["citation"], row["evidence"])
