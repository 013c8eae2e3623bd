"""Reads of complaints: the public counts, a receipt's status, and the board's desk."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oversight.council.models import Comparison, Complaint, Finding
from oversight.council.services.complaints import digest_of_code
from oversight.people.models import Person, Role
from oversight.people.selectors import roles_of
from oversight.requests.models import SearchRequest


class Stage(StrEnum):
    """How far a complaint has come. Nothing here depends on whether a search exists."""

    RECEIVED = "received"
    IN_REVIEW = "in-review"
    ANSWERED = "answered"


STAGES = {
    Stage.RECEIVED: _("Received"),
    Stage.IN_REVIEW: _("In review"),
    Stage.ANSWERED: _("Answered"),
}


@dataclass(frozen=True, slots=True)
class Status:
    """What a receipt opens: the stage, the times, and the answer. Nothing else may be added."""

    stage: Stage
    received_at: datetime
    answer_by: datetime
    outcome: str
    answer: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of complaints as they are, before small ones are withheld."""

    received: int
    answered: int
    in_review: int
    overdue: int
    by_outcome: Counter[str]


def status_of(code: str) -> Status | None:
    """What the complaint with this receipt code has come to; None where none has it."""
    found = Complaint.objects.select_related("acknowledgement", "finding")
    complaint = found.filter(code_digest=digest_of_code(code)).first()
    if complaint is None:
        return None
    finding = getattr(complaint, "finding", None)
    return Status(
        stage=stage_of(complaint),
        received_at=complaint.received_at,
        answer_by=complaint.answer_by,
        outcome=finding.get_outcome_display() if finding else "",
        answer=finding.answer if finding else "",
    )


def stage_of(complaint: Complaint) -> Stage:
    """Derive the stage from the rows there are."""
    if hasattr(complaint, "finding"):
        return Stage.ANSWERED
    return Stage.IN_REVIEW if hasattr(complaint, "acknowledgement") else Stage.RECEIVED


def is_overdue(complaint: Complaint, at: datetime) -> bool:
    """Whether an acknowledgement or an answer is owed since before ``at``."""
    stage = stage_of(complaint)
    unread = stage == Stage.RECEIVED and complaint.acknowledge_by < at
    return unread or (stage != Stage.ANSWERED and complaint.answer_by < at)


def totals_of(since: datetime | None = None, until: datetime | None = None) -> Totals:
    """Count the complaints received from ``since`` to before ``until``; all by default.

    What became of them is counted as of ``until``, or of now.
    """
    at = until or timezone.now()
    found = Complaint.objects.filter(received_at__lt=at)
    if since:
        found = found.filter(received_at__gte=since)
    ended = Finding.objects.filter(complaint__in=found, made_at__lt=at)
    outcomes = Counter(dict(ended.values_list("outcome").annotate(n=Count("pk")).order_by()))
    received, answered = found.count(), outcomes.total()
    unread = Q(acknowledge_by__lt=at) & ~Q(acknowledgement__made_at__lt=at)
    owed = found.exclude(finding__made_at__lt=at)
    overdue = owed.filter(Q(answer_by__lt=at) | unread).count()
    return Totals(received, answered, received - answered, overdue, outcomes)


def desk(viewer: Person) -> QuerySet[Complaint]:
    """Every complaint for the board and auditors, those without an answer first; else none."""
    if not _may_read(viewer):
        return Complaint.objects.none()
    return Complaint.objects.select_related("acknowledgement", "finding", "contact").order_by(
        "finding__made_at", "received_at", "pk"
    )


def complaint_numbered(viewer: Person, number: int) -> Complaint:
    """One complaint; raises ``Complaint.DoesNotExist``, also where ``viewer`` may not read it."""
    return desk(viewer).get(pk=number)


def comparisons_of(viewer: Person, complaint: Complaint) -> QuerySet[Comparison]:
    """How it was compared with the searches, with what was found; none for others."""
    if not _may_read(viewer):
        return Comparison.objects.none()
    return complaint.comparisons.select_related("request", "made_by").order_by("pk")


def request_keyed(key: str) -> SearchRequest | None:
    """The search request with this key, or None."""
    return SearchRequest.objects.filter(key=key).first()


def requests_of_case(number: str) -> list[SearchRequest]:
    """Search requests that were sent under a case number, the newest first; none for no number."""
    if not number:
        return []
    found = SearchRequest.objects.filter(submissions__answers__case_number=number)
    return list(found.distinct().order_by("-pk")[:20])


def roles_in(viewer: Person, *wanted: Role) -> bool:
    """Whether ``viewer`` holds one of these roles today."""
    return bool(roles_of(viewer, on=timezone.localdate()) & set(wanted))


def _may_read(viewer: Person) -> bool:
    return roles_in(viewer, Role.BOARD, Role.AUDITOR)
