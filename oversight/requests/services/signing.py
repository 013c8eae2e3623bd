"""A supervisor's verdict. Approval authorizes one search, in the same transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.ledger.services import append_entry
from oversight.people.models import Person
from oversight.policy.gate import FactsError
from oversight.requests import events, notices
from oversight.requests.judgement import day_of, judge_submission
from oversight.requests.models import Decision, Permission, SignOff, Submission
from oversight.requests.services.locking import hold
from recognition.gateway import active_model, authorize_search

_EVENTS = {
    SignOff.Verdict.APPROVED: events.APPROVED,
    SignOff.Verdict.RETURNED: events.RETURNED,
    SignOff.Verdict.REFUSED: events.REFUSED,
}


REQUIREMENTS_MET = frozenset(
    {
        "supervisor_sign_off",
        "two_examiners",
        "corroboration",
        "no_lineup_without_independent_evidence",
    }
)
"""What a permit may require and this system sees to: here, by its examiners, and by the notice
on every lead. Any other requirement, known or not, keeps a search from being authorized."""


class NotAllowedError(Exception):
    """This verdict cannot be given (any more); the text says why. Nothing was changed."""


def open_sheet(*, submission: Submission, supervisor: Person) -> datetime:
    """Record that a supervisor looks at a request and its image; returns the moment."""
    at = timezone.now()
    with transaction.atomic():
        append_entry(
            event=events.SHEET_OPENED,
            public={"agency": submission.request.agency_id, "day": day_of(at, submission)},
            committed={
                "submission": submission.pk,
                "supervisor": supervisor.pk,
                "at": at.isoformat(),
            },
        )
    return at


def sign_off_submission(
    *,
    submission: Submission,
    supervisor: Person,
    verdict: SignOff.Verdict,
    opened_at: datetime,
    reasons: Sequence[str] = (),
    note: str = "",
) -> tuple[SignOff | None, Decision | None]:
    """Give a verdict on the latest submission of a request.

    To approve, the gate must allow it by the rules of this moment, with this approval
    counted. If it refuses, its decision is kept and returned, and no sign-off is made:
    the supervisor can still return or refuse the request.

    Returns:
        The sign-off (None where the gate refused) and the gate's decision (None unless approving).

    Raises:
        NotAllowedError: own request, already decided, withdrawn, or replaced by a newer one.
    """
    with transaction.atomic():
        hold(submission.request)
        check_open(submission, supervisor)
        draft = SignOff(
            submission=submission,
            supervisor=supervisor,
            verdict=verdict,
            reasons=list(reasons),
            note=note,
            opened_at=opened_at,
            signed_at=timezone.now(),
        )
        decision = _judge_approval(draft) if verdict == SignOff.Verdict.APPROVED else None
        if decision is not None and decision.effect == Decision.Effect.REFUSE:
            return None, decision
        draft.decision = decision
        draft.save(force_insert=True)
        entry = _record(draft)
        if decision is not None:
            _authorize(draft, entry)
        notices.tell_officer(submission)
    return draft, decision


def _judge_approval(draft: SignOff) -> Decision:
    """Let the gate decide with this approval counted; what it requires, we must be able to give."""
    try:
        decision = judge_submission(
            submission=draft.submission,
            action=Decision.Action.APPROVE,
            at=draft.signed_at,
            approvals=(draft,),
        )
    except FactsError as error:
        raise NotAllowedError(f"{error.message}. {error.remedy}") from error
    unmet = sorted(set(decision.document["requires"]) - REQUIREMENTS_MET)
    if decision.effect == Decision.Effect.PERMIT and unmet:
        raise NotAllowedError(
            _("The rules also require what this system cannot give yet: %(what)s.")
            % {"what": ", ".join(unmet)}
        )
    return decision


def check_open(submission: Submission, supervisor: Person) -> None:
    """Raise NotAllowedError unless ``supervisor`` may give a verdict on ``submission`` now."""
    request = submission.request
    if request.requester_id == supervisor.pk:
        raise NotAllowedError(_("Nobody signs off their own request (R26)."))
    if request.unit_id != supervisor.unit_id or supervisor.suspended:
        raise NotAllowedError(_("Only a supervisor of the officer's own unit signs off."))
    if hasattr(request, "withdrawal"):
        raise NotAllowedError(_("The officer has withdrawn this request."))
    if SignOff.objects.filter(submission=submission).exists():
        raise NotAllowedError(_("A verdict has been given already."))
    if request.submissions.filter(sequence__gt=submission.sequence).exists():
        raise NotAllowedError(_("The officer has sent a newer version of this request."))
    if not submission.decisions.filter(
        action=Decision.Action.SUBMIT, effect=Decision.Effect.PERMIT
    ).exists():
        raise NotAllowedError(_("The gate refused this request; it cannot be signed off."))


def _record(sign_off: SignOff) -> int:
    event = _EVENTS[SignOff.Verdict(sign_off.verdict)]
    submission = sign_off.submission
    committed = {
        "sign_off": sign_off.pk,
        "submission": submission.pk,
        "supervisor": sign_off.supervisor_id,
        "reasons": sign_off.reasons,
        "at": sign_off.signed_at.isoformat(),
    }
    return append_entry(
        event=event,
        public={
            "agency": submission.request.agency_id,
            "day": day_of(sign_off.signed_at, submission),
        },
        committed={name: committed[name] for name in event.committed},
    )


def _authorize(sign_off: SignOff, approval_entry: int) -> None:
    submission = sign_off.submission
    expires_at = sign_off.signed_at + settings.AUTHORIZATION_LIFETIME
    gallery = submission.answers["gallery"]
    named = uuid4()
    entry = append_entry(
        event=events.AUTHORIZED,
        public={
            "agency": submission.request.agency_id,
            "day": day_of(sign_off.signed_at, submission),
            "system": settings.SEARCH_SYSTEM["id"],
        },
        committed={
            "authorization": str(named),
            "submission": submission.pk,
            "sign_off": approval_entry,
            "probe": str(submission.probe),
            "gallery": gallery,
            "expires_at": expires_at.isoformat(),
        },
    )
    authorization = authorize_search(
        probe_id=submission.probe,
        face_index=submission.face_index,
        gallery=gallery,
        model=active_model().slug,
        candidate_limit=submission.answers["candidates_requested"],
        expires_at=expires_at,
        ledger_index=entry,
        authorization_id=named,
    )
    Permission.objects.create(
        authorization=authorization,
        submission=submission,
        sign_off=sign_off,
        expires_at=expires_at,
    )
