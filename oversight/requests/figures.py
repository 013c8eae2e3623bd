"""Counting requests for publication: what became of each that was sent in a period.

No viewer: the one reader is a publication, which withholds small counts before anyone sees them.
Every read is bounded by the days of the period.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Func,
    Q,
    QuerySet,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Extract
from django.utils import timezone

from oversight.requests.models import Decision, SignOff, Submission
from recognition import gateway
from recognition.gateway import SearchStatus

_BATCH: Final = 2000
_CHUNK: Final = 10_000  # rows that come from the database at a time
_Item = TypeVar("_Item")


class Ending(StrEnum):
    """Where a request stands when it is counted. Each request has exactly one."""

    REFUSED_BY_GATE = "refused_by_gate"
    REFUSED_BY_SUPERVISOR = "refused_by_supervisor"
    WITHDRAWN = "withdrawn"
    OPEN = "open"
    EXPIRED = "expired"
    STOPPED = "stopped"
    FAILED = "failed"
    RUN = "run"


class SentRequest(NamedTuple):
    """A request as it stands, by its latest submission; counted on the day it was first sent.

    ``ending`` tells nothing of searches yet: an approved request is OPEN here, and
    ``search_endings`` or the leads room know more, by ``authorization``. ``waited`` is the time in
    seconds from the latest sending to the supervisor's verdict on it, ``read`` the time from the
    moment the supervisor opened it; both None without a verdict.
    """

    day: date
    agency: str
    unit: str
    use_type: str | None
    nibrs: str | None
    image_source: str | None
    ending: Ending
    returned: bool
    approved: bool
    request: int
    submission: int
    authorization: UUID | None
    reasons: tuple[Mapping[str, Any], ...]
    waited: int | None
    read: int | None


def requests_sent(start: date, end: date) -> Iterator[SentRequest]:
    """Yield every request first sent from ``start`` to before ``end``, in its agency's time zone."""
    rows = map(_Row._make, _submissions(start, end).iterator(chunk_size=_CHUNK))
    for _request, submissions in groupby(rows, key=attrgetter("request")):
        yield _sent(list(submissions))


def search_endings(authorizations: Iterable[UUID]) -> dict[UUID, Ending]:
    """Return where authorized searches stand that have not run, or have."""
    found: dict[UUID, Ending] = {}
    for chunk in batches(authorizations):
        for key, state in gateway.search_states(chunk).items():
            found[key] = _OF_SEARCH.get(state.status, Ending.OPEN)
    return found


def templates_held() -> int:
    """Return how many face templates all galleries hold now."""
    return gateway.templates_held()


def templates_purged(start: date, end: date) -> int:
    """Return how many face templates were expunged on the city's days from ``start`` to ``end``."""
    return gateway.templates_purged(_midnight(start), _midnight(end))


def batches(items: Iterable[_Item], size: int = _BATCH) -> Iterator[list[_Item]]:
    """Yield lists of at most ``size`` items: as many as one query should name."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def window(start: date, end: date) -> tuple[datetime, datetime]:
    """Return moments between which every time zone's days from ``start`` to ``end`` lie."""
    margin = timedelta(days=1)
    return (
        datetime.combine(start, time.min, UTC) - margin,
        datetime.combine(end, time.min, UTC) + margin,
    )


def day_in(moment: datetime, zone: str) -> date:
    """Return the day of a moment in a time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


_OF_SEARCH: Final = {
    SearchStatus.RUN: Ending.RUN,
    SearchStatus.FAILED: Ending.FAILED,
    SearchStatus.EXPIRED: Ending.EXPIRED,
    SearchStatus.RECALLED: Ending.STOPPED,
}


class _Row(NamedTuple):
    """A submission, and what is known of its request."""

    request: int
    day: date
    submission: int
    agency: str
    unit: str
    withdrawal: int | None
    verdict: str | None
    authorization: UUID | None
    purpose: str | None
    nibrs: str | None
    source: str | None
    waited: int | None
    read: int | None
    refusal: int | None
    reasons: list[Mapping[str, Any]] | None


def _submissions(start: date, end: date) -> QuerySet[Submission, tuple[Any, ...]]:
    """Every submission of the requests of a period, as ``_Row`` has it, by request in sequence.

    One query, bounded by the index on first submissions; days and times are worked out in the
    database, where that is cheap.
    """
    local = Func(
        F("request__agency__time_zone"),
        F("first__submitted_at"),
        function="timezone",
        output_field=DateTimeField(),
    )
    refusal = Q(decisions__action=Decision.Action.SUBMIT, decisions__effect=Decision.Effect.REFUSE)
    return (
        Submission.objects.annotate(
            first=FilteredRelation(
                "request__submissions", condition=Q(request__submissions__sequence=1)
            ),
            refused=FilteredRelation("decisions", condition=refusal),
        )
        .filter(first__submitted_at__range=window(start, end))
        .annotate(day=Cast(local, DateField()))
        .filter(day__gte=start, day__lt=end)
        .order_by("request_id", "sequence")
        .values_list(
            *("request_id", "day", "id", "request__agency_id", "request__unit__name"),
            *("request__withdrawal", "sign_off__verdict", "permission__authorization"),
            *(KT("answers__purpose"), KT("answers__nibrs"), KT("answers__source")),
            _seconds("submitted_at", "sign_off__signed_at"),
            _seconds("sign_off__opened_at", "sign_off__signed_at"),
            *("refused__id", "refused__document__reasons"),
        )
    )


def _seconds(since: str, until: str) -> Cast:
    """Whole seconds between two moments; null where one is missing."""
    between = ExpressionWrapper(F(until) - F(since), DurationField())
    return Cast(Extract(between, "epoch"), BigIntegerField())


def _sent(submissions: Sequence[_Row]) -> SentRequest:
    latest = submissions[-1]
    verdicts = {row.verdict for row in submissions}
    return SentRequest(
        day=latest.day,
        agency=latest.agency,
        unit=latest.unit,
        use_type=latest.purpose,
        nibrs=latest.nibrs,
        image_source=latest.source,
        ending=_ending(latest),
        returned=SignOff.Verdict.RETURNED in verdicts,
        approved=SignOff.Verdict.APPROVED in verdicts,
        request=latest.request,
        submission=latest.submission,
        authorization=latest.authorization,
        reasons=tuple(latest.reasons or ()),
        waited=latest.waited,
        read=latest.read,
    )


def _ending(latest: _Row) -> Ending:
    if latest.withdrawal is not None:
        return Ending.WITHDRAWN
    if latest.refusal is not None:
        return Ending.REFUSED_BY_GATE
    if latest.verdict == SignOff.Verdict.REFUSED:
        return Ending.REFUSED_BY_SUPERVISOR
    return Ending.OPEN


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
