"""Sending a request: the answers are frozen, the gate decides, both are recorded."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from oversight.ledger.services import append_entry
from oversight.requests import events, notices
from oversight.requests.judgement import day_of, judge_submission
from oversight.requests.models import Decision, SearchRequest, Submission
from oversight.requests.selectors import standing_now
from oversight.requests.services.locking import hold
from oversight.requests.state import EDITABLE


class StaleDraftError(Exception):
    """The draft was saved in another window since this form was opened; nothing was changed."""


class NotEditableError(Exception):
    """The request has been sent already, or has ended; nothing was changed."""


def check_editable(*, request: SearchRequest) -> None:
    """Raise NotEditableError unless the officer may change and send the request now."""
    if standing_now(request).state not in EDITABLE:
        raise NotEditableError


@transaction.atomic
def submit_request(
    *, request: SearchRequest, version: int, at: datetime | None = None
) -> tuple[Submission, Decision]:
    """Freeze the draft that was shown at ``version`` and let the gate decide on it.

    Raises:
        StaleDraftError: the draft is not the one that was shown.
        NotEditableError: it was sent before (a double click), or has ended.
    """
    draft = hold(request)
    check_editable(request=request)
    if draft.version != version:
        raise StaleDraftError
    at = at or timezone.now()
    submission = Submission.objects.create(
        request=request,
        sequence=request.submissions.count() + 1,
        answers=draft.answers,
        probe=draft.answers["probe"],
        face_index=draft.answers["face_index"],
        submitted_at=at,
    )
    _record(submission, at)
    decision = judge_submission(submission=submission, action=Decision.Action.SUBMIT, at=at)
    if decision.effect == Decision.Effect.PERMIT:
        notices.tell_supervisors(submission)
    return submission, decision


def _record(submission: Submission, at: datetime) -> None:
    answers = submission.answers
    append_entry(
        event=events.SUBMITTED,
        public={
            "agency": submission.request.agency_id,
            "day": day_of(at, submission),
            "use_type": answers.get("purpose"),
            "offence_class": answers.get("severity") or None,
        },
        committed={
            "request": str(submission.request.key),
            "submission": submission.pk,
            "requester": submission.request.requester_id,
            "at": at.isoformat(),
            "case": answers.get("case_number"),
            "probe": str(submission.probe),
        },
    )
