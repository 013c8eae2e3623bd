"""Counting requests for publication: what became of each that was sent in a period.

No viewer: the one reader is a publication, which withholds small counts before anyone sees them.
Every read is bounded by the days of the period.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models.fields.json import KT
from django.utils import timezone

from oversight.requests.models import Decision, SignOff, Submission
from recognition import gateway
from recognition.gateway import SearchStatus

_BATCH: Final = 2000
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


@dataclass(frozen=True, slots=True)
class SentRequest:
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
    for chunk in batches(_first_days(start, end)):
        yield from _sent(dict(chunk))


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


def _first_days(start: date, end: date) -> Iterator[tuple[int, date]]:
    first = Submission.objects.filter(
        sequence=1, submitted_at__range=window(start, end)
    ).values_list("request_id", "submitted_at", "request__agency__time_zone")
    for request, moment, zone in first.iterator(chunk_size=_BATCH):
        day = day_in(moment, zone)
        if start <= day < end:
            yield request, day


def _sent(days: Mapping[int, date]) -> Iterator[SentRequest]:
    latest: dict[int, Mapping[str, Any]] = {}
    returned: set[int] = set()
    approved: set[int] = set()
    for row in _submissions(days):
        request = row["request_id"]
        latest[request] = row
        if row["sign_off__verdict"] == SignOff.Verdict.RETURNED:
            returned.add(request)
        if row["sign_off__verdict"] == SignOff.Verdict.APPROVED:
            approved.add(request)
    refused = _refusals([row["id"] for row in latest.values()])
    for request, row in latest.items():
        yield SentRequest(
            day=days[request],
            agency=row["request__agency_id"],
            unit=row["request__unit__name"],
            use_type=row["purpose"],
            nibrs=row["nibrs"],
            image_source=row["source"],
            ending=_ending(row, refused),
            returned=request in returned,
            approved=request in approved,
            request=request,
            submission=row["id"],
            authorization=row["permission__authorization"],
            reasons=refused.get(row["id"], ()),
            waited=_seconds(row["submitted_at"], row["sign_off__signed_at"]),
            read=_seconds(row["sign_off__opened_at"], row["sign_off__signed_at"]),
        )


def _submissions(days: Mapping[int, date]) -> Iterable[Mapping[str, Any]]:
    return (
        Submission.objects.filter(request_id__in=list(days))
        .order_by("request_id", "sequence")
        .values(
            "id",
            "request_id",
            "submitted_at",
            "request__agency_id",
            "request__unit__name",
            "request__withdrawal",
            "sign_off__verdict",
            "sign_off__opened_at",
            "sign_off__signed_at",
            "permission__authorization",
            purpose=KT("answers__purpose"),
            nibrs=KT("answers__nibrs"),
            source=KT("answers__source"),
        )
    )


def _refusals(submissions: list[int]) -> dict[int, tuple[Mapping[str, Any], ...]]:
    rows = Decision.objects.filter(
        submission_id__in=submissions,
        action=Decision.Action.SUBMIT,
        effect=Decision.Effect.REFUSE,
    ).values_list("submission_id", "document__reasons")
    return {submission: tuple(reasons or ()) for submission, reasons in rows}


def _ending(row: Mapping[str, Any], refused: Mapping[int, object]) -> Ending:
    if row["request__withdrawal"] is not None:
        return Ending.WITHDRAWN
    if row["id"] in refused:
        return Ending.REFUSED_BY_GATE
    if row["sign_off__verdict"] == SignOff.Verdict.REFUSED:
        return Ending.REFUSED_BY_SUPERVISOR
    return Ending.OPEN


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _seconds(since: datetime | None, until: datetime | None) -> int | None:
    """Whole seconds between two moments; None where one is missing."""
    return None if since is None or until is None else int((until - since).total_seconds())
