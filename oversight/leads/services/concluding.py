"""Closing an examination; when the last one closes, all of them come to a result."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from oversight.leads import events
from oversight.leads.agreement import NOBODY_RETURNED, Agreement, agreement_of
from oversight.leads.models import Comparison, Conclusion, Examination, Judgement, Result
from oversight.leads.services.errors import AlreadyRecordedError, NotComparedError
from oversight.leads.services.locking import hold
from oversight.leads.services.recording import record
from oversight.leads.services.viewing import check_open, judge_view
from oversight.requests import notices
from oversight.requests.models import Decision


@dataclass(frozen=True, slots=True)
class Closing:
    """What came of closing an examination.

    ``conclusion`` is None where the gate refused, ``result`` where another examiner is wanted.
    """

    decision: Decision
    conclusion: Conclusion | None = None
    result: Result | None = None


@transaction.atomic
def conclude_examination(*, examination: Examination, judgement: Judgement | None) -> Closing:
    """Close an examination, naming the candidate of ``judgement``, or nobody.

    The gate decides once more: training that lapsed during the work does not count.

    Raises:
        AlreadyRecordedError: it was concluded before; that conclusion stands.
        ClosedError: it was released.
        NotComparedError: candidates remain to be compared.
        ValueError: ``judgement`` is not of this examination or does not support "same person".
    """
    hold(examination.comparison_id)
    _check(examination, judgement)
    at = timezone.now()
    comparison = examination.comparison
    decision = judge_view(comparison=comparison, viewer=examination.examiner, at=at)
    if decision.effect == Decision.Effect.REFUSE:
        return Closing(decision)
    conclusion = Conclusion.objects.create(
        examination=examination, judgement=judgement, concluded_at=at
    )
    record(
        events.EXAMINATION_CONCLUDED,
        comparison.submission,
        at,
        examination=examination.pk,
        candidate=str(judgement.candidate) if judgement else None,
        support=judgement.support if judgement else None,
    )
    return Closing(decision, conclusion, _reach_result(comparison, at))


def _check(examination: Examination, judgement: Judgement | None) -> None:
    if Conclusion.objects.filter(examination=examination).exists():
        raise AlreadyRecordedError
    check_open(examination)
    if judgement and (judgement.examination_id != examination.pk or not judgement.supports_same):
        raise ValueError("Name a candidate that your own comparison supports, or nobody.")
    recorded = Judgement.objects.filter(examination=examination).count()
    if recorded != examination.comparison.candidate_count:
        raise NotComparedError


@transaction.atomic
def close_empty_comparison(*, comparison: Comparison) -> Result | None:
    """End a comparison for which the search returned nobody; None if it has ended already.

    Raises:
        ValueError: there are candidates; examiners compare them.
    """
    if comparison.candidate_count:
        raise ValueError("There are candidates to compare.")
    hold(comparison.run)
    if Result.objects.filter(comparison=comparison).exists():
        return None
    return _insert(comparison, NOBODY_RETURNED, timezone.now())


def close_empty_comparisons() -> int:
    """End every comparison without candidates; returns how many. Safe to repeat at any time."""
    waiting = Comparison.objects.filter(candidate_count=0, result__isnull=True).select_related(
        "submission__request__agency", "submission__request__requester"
    )
    return sum(close_empty_comparison(comparison=each) is not None for each in waiting)


def _reach_result(comparison: Comparison, at: datetime) -> Result | None:
    concluded = Conclusion.objects.filter(examination__comparison=comparison)
    named = [each.candidate for each in concluded.select_related("judgement")]
    agreement = agreement_of(named)
    return _insert(comparison, agreement, at) if agreement else None


def _insert(comparison: Comparison, agreement: Agreement, at: datetime) -> Result:
    result = Result.objects.create(
        comparison=comparison,
        kind=agreement.kind,
        rule=agreement.rule,
        candidate=agreement.candidate,
        reached_at=at,
        expires_at=at + settings.RESULT_LIFETIME,
    )
    _record(result)
    notices.tell_officer(comparison.submission)
    return result


def _record(result: Result) -> None:
    committed = {"run": str(result.comparison_id), "rule": str(result.rule)}
    event = {
        Result.Kind.NO_LEAD: events.NO_LEAD_REACHED,
        Result.Kind.NO_CANDIDATE: events.NO_CANDIDATE_RETURNED,
    }.get(Result.Kind(result.kind), events.LEAD_REACHED)
    if event is events.LEAD_REACHED:
        committed["candidate"] = str(result.candidate)
    record(event, result.comparison.submission, result.reached_at, **committed)
