"""Where a request stands: derived here, and nowhere else, from the rows that exist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oversight.requests.models import Decision, SearchRequest, SignOff, Submission
from recognition.gateway import Refusal, SearchState, SearchStatus


class State(StrEnum):
    """One word for where a request stands."""

    DRAFT = "draft"
    REFUSED_BY_GATE = "refused-by-gate"
    WAITING = "waiting"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    AUTHORIZED = "authorized"
    STOPPED = "stopped"
    RUNNING = "running"
    FAILED = "failed"
    EXPIRED = "expired"
    RUN = "run"


LABELS = {
    State.DRAFT: _("Draft"),
    State.REFUSED_BY_GATE: _("Refused by the rules"),
    State.WAITING: _("Waiting for sign-off"),
    State.RETURNED: _("Returned to you"),
    State.REFUSED: _("Refused by the supervisor"),
    State.WITHDRAWN: _("Withdrawn"),
    State.AUTHORIZED: _("Signed off, about to run"),
    State.STOPPED: _("Stopped: the rules no longer allow it"),
    State.RUNNING: _("Search running"),
    State.FAILED: _("Search failed"),
    State.EXPIRED: _("Sign-off expired before the search ran"),
    State.RUN: pgettext_lazy("state of a request", "Search done"),
}

ENDED = frozenset({State.REFUSED_BY_GATE, State.REFUSED, State.WITHDRAWN})
"""States that nothing leaves."""

EDITABLE = frozenset({State.DRAFT, State.RETURNED, State.STOPPED, State.FAILED, State.EXPIRED})
"""States in which the officer may change the answers and send them (again)."""

WITHDRAWABLE = EDITABLE | {State.WAITING, State.AUTHORIZED}
"""States in which no search has begun."""

_OF_SEARCH = {
    SearchStatus.WAITING: State.AUTHORIZED,
    SearchStatus.HANDED_OVER: State.AUTHORIZED,
    SearchStatus.OPENED: State.RUNNING,
    SearchStatus.RUN: State.RUN,
    SearchStatus.FAILED: State.FAILED,
    SearchStatus.EXPIRED: State.EXPIRED,
    # The gate recalls an authorization it no longer permits; withdrawals are seen before this.
    SearchStatus.RECALLED: State.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands and since when."""

    state: State
    since: datetime
    failure: Refusal | None = None
    """Why a search failed, and the remedy."""

    @property
    def label(self) -> object:
        """The words shown to people, translated when shown."""
        return LABELS[self.state]


def standing_of(request: SearchRequest, searches: Mapping[UUID, SearchState]) -> Standing:
    """Derive where ``request`` stands.

    ``request`` comes from ``selectors`` with its submissions, decisions and sign-offs
    prefetched; ``searches`` holds the machine's status of each authorization.
    """
    if withdrawal := getattr(request, "withdrawal", None):
        return Standing(State.WITHDRAWN, withdrawal.withdrawn_at)
    latest = max(request.submissions.all(), key=lambda s: s.sequence, default=None)
    if latest is None:
        return Standing(State.DRAFT, request.draft.updated_at)
    return _after_submission(latest, searches)


def latest_decision(submission: Submission, action: str) -> Decision | None:
    """Return the newest decision on ``action``, from prefetched rows."""
    made = [d for d in submission.decisions.all() if d.action == action]
    return max(made, key=lambda d: (d.decided_at, d.pk), default=None)


def _after_submission(latest: Submission, searches: Mapping[UUID, SearchState]) -> Standing:
    judged = latest_decision(latest, Decision.Action.SUBMIT)
    if judged is None or judged.effect == Decision.Effect.REFUSE:
        return Standing(State.REFUSED_BY_GATE, latest.submitted_at)
    sign_off = getattr(latest, "sign_off", None)
    if sign_off is None:
        return Standing(State.WAITING, latest.submitted_at)
    if sign_off.verdict == SignOff.Verdict.RETURNED:
        return Standing(State.RETURNED, sign_off.signed_at)
    if sign_off.verdict == SignOff.Verdict.REFUSED:
        return Standing(State.REFUSED, sign_off.signed_at)
    return _after_approval(latest, sign_off, searches)


def _after_approval(
    latest: Submission, sign_off: SignOff, searches: Mapping[UUID, SearchState]
) -> Standing:
    found = searches[latest.permission.authorization]
    moments = (found.run_at, found.failed_at, found.recalled_at, found.opened_at)
    if found.status == SearchStatus.EXPIRED:
        return Standing(State.EXPIRED, found.expires_at)
    since = next((moment for moment in moments if moment), sign_off.signed_at)
    return Standing(_OF_SEARCH[found.status], since, found.failure)
