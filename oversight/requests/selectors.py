"""Reads of requests. The viewer comes first; what they may not see does not exist for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from oversight.people.models import Person
from oversight.requests.models import Decision, SearchRequest, SignOff, Submission
from oversight.requests.state import Standing, standing_of
from recognition.gateway import search_states


def requests_of(viewer: Person) -> QuerySet[SearchRequest]:
    """Return the viewer's own requests, newest first, ready for ``with_standing``."""
    return _whole().filter(requester=viewer).order_by("-id")


def request_of(viewer: Person, key: UUID) -> SearchRequest:
    """Return the viewer's own request.

    Raises:
        SearchRequest.DoesNotExist: there is none, or it is someone else's.
    """
    return _whole().get(requester=viewer, key=key)


def waiting_for(viewer: Person) -> QuerySet[Submission]:
    """Return what waits for a supervisor of the viewer's unit, oldest first; never their own."""
    return (
        _submissions()
        .filter(
            request__unit=viewer.unit,
            request__withdrawal__isnull=True,
            sign_off__isnull=True,
            decisions__action=Decision.Action.SUBMIT,
            decisions__effect=Decision.Effect.PERMIT,
        )
        .exclude(request__requester=viewer)
        .order_by("submitted_at", "id")
    )


def signed_by(viewer: Person) -> QuerySet[SignOff]:
    """Return the viewer's verdicts, newest first."""
    return (
        SignOff.objects.filter(supervisor=viewer)
        .select_related("submission__request__requester")
        .order_by("-signed_at")
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a supervisor decides, as the board sees it too; ``reading`` is the median time spent."""

    approved: int
    returned: int
    refused: int
    reading: timedelta | None

    @property
    def total(self) -> int:
        """All verdicts of the time looked at."""
        return self.approved + self.returned + self.refused


def pattern_of(viewer: Person, *, since: datetime) -> Pattern:
    """Return the viewer's own verdicts since a moment, and how long they looked before each."""
    verdicts = list(
        SignOff.objects.filter(supervisor=viewer, signed_at__gte=since).values_list(
            "verdict", "opened_at", "signed_at"
        )
    )
    counted = Counter(verdict for verdict, _opened, _signed in verdicts)
    times = sorted(signed - opened for _verdict, opened, signed in verdicts)
    return Pattern(
        approved=counted[SignOff.Verdict.APPROVED],
        returned=counted[SignOff.Verdict.RETURNED],
        refused=counted[SignOff.Verdict.REFUSED],
        reading=times[len(times) // 2] if times else None,
    )


def returned_before(viewer: Person, requests: Iterable[int]) -> set[int]:
    """Return which of these requests the viewer has sent back before."""
    return set(
        SignOff.objects.filter(
            supervisor=viewer,
            verdict=SignOff.Verdict.RETURNED,
            submission__request__in=list(requests),
        ).values_list("submission__request_id", flat=True)
    )


def submission_for(viewer: Person, number: int) -> Submission:
    """Return a submission of the viewer's unit, waiting or decided; never of their own request.

    Raises:
        Submission.DoesNotExist: absent, of another unit, or the viewer's own.
    """
    return (
        _submissions().exclude(request__requester=viewer).get(pk=number, request__unit=viewer.unit)
    )


def with_standing(requests: Iterable[SearchRequest]) -> list[tuple[SearchRequest, Standing]]:
    """Pair each request with where it stands, asking the machine once for all."""
    rows = list(requests)
    searches = search_states(authorizations_of(rows))
    return [(request, standing_of(request, searches)) for request in rows]


def authorizations_of(requests: Iterable[SearchRequest]) -> list[UUID]:
    """Return the authorizations that were given for these requests, from prefetched rows."""
    return [
        submission.permission.authorization
        for request in requests
        for submission in request.submissions.all()
        if hasattr(submission, "permission")
    ]


def as_it_stands(request: SearchRequest) -> tuple[SearchRequest, Standing]:
    """Return ``request`` with all that happened to it, read afresh, and where it stands."""
    ((whole, standing),) = with_standing([_whole().get(pk=request.pk)])
    return whole, standing


def standing_now(request: SearchRequest) -> Standing:
    """Return where ``request`` stands, read afresh."""
    return as_it_stands(request)[1]


def _whole() -> QuerySet[SearchRequest]:
    return SearchRequest.objects.select_related(
        "agency", "unit", "requester__agency", "draft", "withdrawal"
    ).prefetch_related(
        Prefetch(
            "submissions",
            Submission.objects.select_related(
                "sign_off__supervisor", "permission"
            ).prefetch_related(Prefetch("decisions", _decisions())),
        )
    )


def _submissions() -> QuerySet[Submission]:
    return Submission.objects.select_related(
        "request__agency",
        "request__unit",
        "request__requester__agency",
        "request__withdrawal",
        "sign_off__supervisor",
        "permission",
    ).prefetch_related(Prefetch("decisions", _decisions()))


def _decisions() -> QuerySet[Decision]:
    """What was decided; the documents, a page each, are read by those who show one."""
    return Decision.objects.defer("facts", "document")
