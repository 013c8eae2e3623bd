"""Showing a candidate or a result: the gate decides anew each time, and it is recorded."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from oversight.leads import events
from oversight.leads.models import Comparison, Examination, Result, Viewing
from oversight.leads.services.errors import ClosedError
from oversight.leads.services.locking import hold
from oversight.leads.services.recording import record
from oversight.people.models import Person
from oversight.requests.judgement import judge_submission
from oversight.requests.models import Decision

SAME_LOOK: Final = timedelta(minutes=5)
"""A page and its images are one look; an image asked for later is another, and judged anew."""


def judge_view(*, comparison: Comparison, viewer: Person, at: datetime) -> Decision:
    """Let the gate decide whether ``viewer`` may see what ``comparison`` holds."""
    submission = comparison.submission
    return judge_submission(
        submission=submission,
        action=Decision.Action.VIEW,
        at=at,
        approvals=(submission.sign_off,),
        viewer=viewer,
    )


@transaction.atomic
def view_candidate(*, examination: Examination, candidate: UUID) -> Decision:
    """Record that the examiner is shown a candidate, if the gate permits it at this moment.

    Returns:
        The gate's decision. Show nothing unless it permits.

    Raises:
        ClosedError: the examination is closed; what was recorded can be read, not looked at anew.
    """
    hold(examination.comparison_id)
    check_open(examination)
    at = timezone.now()
    viewer, comparison = examination.examiner, examination.comparison
    decision = judge_view(comparison=comparison, viewer=viewer, at=at)
    if decision.effect == Decision.Effect.PERMIT:
        _insert(decision, comparison, viewer, candidate)
        record(
            events.CANDIDATE_VIEWED,
            comparison.submission,
            at,
            examination=examination.pk,
            candidate=str(candidate),
            decision=decision.pk,
        )
    return decision


@transaction.atomic
def view_result(*, result: Result, officer: Person) -> Decision:
    """Record that the officer is shown the result, if the gate permits it at this moment.

    The candidate of a lead counts as shown once the notice has been accepted, not before.

    Returns:
        The gate's decision. Show nothing unless it permits.

    Raises:
        ClosedError: the result has expired.
    """
    at = timezone.now()
    if result.expires_at <= at:
        raise ClosedError
    comparison = result.comparison
    decision = judge_view(comparison=comparison, viewer=officer, at=at)
    if decision.effect == Decision.Effect.PERMIT:
        candidate = result.candidate if hasattr(result, "acknowledgement") else None
        _insert(decision, comparison, officer, candidate)
        record(
            events.RESULT_VIEWED,
            comparison.submission,
            at,
            run=str(comparison.run),
            viewer=officer.pk,
            candidate=str(candidate) if candidate else None,
            decision=decision.pk,
        )
    return decision


def is_looking(*, comparison: Comparison, viewer: Person, candidate: UUID) -> bool:
    """Tell whether the viewer was shown this candidate just now, so that its image belongs to it."""
    return Viewing.objects.filter(
        comparison=comparison,
        viewer=viewer,
        candidate=candidate,
        viewed_at__gt=timezone.now() - SAME_LOOK,
    ).exists()


def check_open(examination: Examination) -> None:
    """Raise ClosedError unless the examination is neither concluded nor released."""
    if (
        Examination.objects.filter(pk=examination.pk)
        .filter(conclusion__isnull=True, release__isnull=True)
        .exists()
    ):
        return
    raise ClosedError


def _insert(
    decision: Decision, comparison: Comparison, viewer: Person, candidate: UUID | None
) -> None:
    Viewing.objects.create(
        decision=decision,
        comparison=comparison,
        viewer=viewer,
        candidate=candidate,
        viewed_at=decision.decided_at,
    )
