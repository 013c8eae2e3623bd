"""Supervisors' verdicts: how each decides, and how long they look. Rows that identify officers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from oversight.requests.figures import day_in, window
from oversight.requests.models import SignOff

QUICK_SECONDS: Final = 60
"""A verdict sooner than this after opening the request counts as quick."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict: ``waited`` and ``read`` in seconds, from sending and from opening."""

    supervisor: int
    name: str
    unit: str
    request: int
    approved: bool
    waited: float
    read: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one supervisor decided in a period; times are medians in seconds."""

    supervisor: int
    name: str
    unit: str
    verdicts: int
    approved: int
    waited: float
    read: float
    quick: int

    @property
    def share(self) -> int:
        """Approved of all verdicts, in whole percent."""
        return round(100 * self.approved / self.verdicts)


def verdicts_given(start: date, end: date) -> list[Verdict]:
    """Return the verdicts signed from ``start`` to before ``end``, by the clock of each agency."""
    rows = SignOff.objects.filter(signed_at__range=window(start, end)).values_list(
        "supervisor_id",
        "supervisor__name",
        "submission__request__unit__name",
        "submission__request_id",
        "verdict",
        "submission__submitted_at",
        "opened_at",
        "signed_at",
        "submission__request__agency__time_zone",
    )
    return [
        Verdict(
            supervisor=supervisor,
            name=name,
            unit=unit,
            request=request,
            approved=verdict == SignOff.Verdict.APPROVED,
            waited=(signed - sent).total_seconds(),
            read=(signed - opened).total_seconds(),
        )
        for supervisor, name, unit, request, verdict, sent, opened, signed, zone in rows.iterator()
        if start <= day_in(signed, zone) < end
    ]


def patterns_of(verdicts: Iterable[Verdict]) -> list[Pattern]:
    """Return one pattern for each supervisor, by name."""
    given: Mapping[int, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        given[each.supervisor].append(each)
    return sorted((_pattern(each) for each in given.values()), key=lambda pattern: pattern.name)


def _pattern(given: Sequence[Verdict]) -> Pattern:
    first = given[0]
    return Pattern(
        supervisor=first.supervisor,
        name=first.name,
        unit=", ".join(sorted({each.unit for each in given})),
        verdicts=len(given),
        approved=sum(each.approved for each in given),
        waited=median(each.waited for each in given),
        read=median(each.read for each in given),
        quick=sum(each.read < QUICK_SECONDS for each in given),
    )
