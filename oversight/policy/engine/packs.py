"""Packs: an instrument, its rules, and for each rule the cases that show what it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Effect = Literal["forbid", "require", "duty"]

FIRST_DAY = date.min


class PackError(ValueError):
    """A pack cannot be adopted. ``place`` says where, ``remedy`` what to do about it.

    ``within`` is the line and column inside the Cedar text of the rule, where those are known.
    """

    def __init__(
        self, place: str, message: str, remedy: str, *, within: tuple[int, int] | None = None
    ) -> None:
        super().__init__(f"{place}: {message}. {remedy}")
        self.place = place
        self.message = message
        self.remedy = remedy
        self.within = within


@dataclass(frozen=True, slots=True)
class Case:
    """What to change in the pack's base facts (dotted paths) to get the facts of a case."""

    name: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DutyForm:
    """A duty and its term, counted from ``counted_from`` (``at`` or ``exigency.started_at``).

    Exactly one of ``hours``, ``months`` and ``each_year_on`` (MM-DD) is given, or none when the
    instrument names no day. It is owed with a permit, or (``owed_on = "refusal"``) with a refusal.
    """

    kind: str
    counted_from: str = "at"
    hours: int | None = None
    months: int | None = None
    each_year_on: str | None = None
    owed_on: str = "permit"


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of an instrument as a Cedar policy, with all that explains it.

    ``effect``: ``forbid`` refuses when the policy applies; ``require`` adds ``requires`` to what
    the search needs; ``duty`` adds what is owed. Days are the first in force and the first no
    longer in force.
    """

    id: str
    instrument: str
    effect: Effect
    safeguard: str
    title: str
    citation: str
    evidence: str
    sources: tuple[str, ...]
    last_verified: date
    message: str
    remedy: str | None
    in_force_from: date
    in_force_until: date | None
    cedar: str
    requires: str | None = None
    duty: DutyForm | None = None
    must: tuple[Case, ...] = ()
    must_not: tuple[Case, ...] = ()

    @property
    def occasion(self) -> str:
        """Which decision the rule belongs to: ``permit``, or ``refusal`` for duties owed on one."""
        return self.duty.owed_on if self.duty else "permit"

    def in_force_on(self, day: date) -> bool:
        until = self.in_force_until
        return self.in_force_from <= day and (until is None or day < until)


@dataclass(frozen=True, slots=True)
class NamedException:
    """An exception that an instrument names: how a request claims it, and where it is written."""

    code: str
    instrument: str
    citation: str
    message: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A pack: one adopted (or proposed) document and its rules.

    ``in_force_from`` is None for a proposal, which never applies except in replay. ``binds`` names
    governments; empty means that it applies only where it is asked for by name.
    """

    slug: str
    title: str
    summary: str
    citation: str
    jurisdiction: str
    authority_level: str
    status: str
    adopted: str
    sources: tuple[str, ...]
    last_verified: date
    in_force_from: date | None
    in_force_until: date | None
    binds: tuple[str, ...]
    awaits_counsel: str | None
    rules: tuple[Rule, ...]
    exceptions: tuple[NamedException, ...] = ()
    permits: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, Any] = field(default_factory=dict)
    text_digest: str = ""
