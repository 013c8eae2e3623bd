"""How a technology stands: derived here, and nowhere else, from what was done. No database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oversight.interface.components import Tone

RENEWAL_NEAR: Final = timedelta(days=90)
"""How long before its end an approval is shown as due for renewal."""


class State(StrEnum):
    """One word for where a technology stands."""

    LISTED = "listed"
    PROPOSED = "proposed"
    VOTED = "voted"
    REJECTED = "rejected"
    FORBIDDEN = "forbidden"
    DECIDED = "decided"
    APPROVED = "approved"
    RENEWAL_DUE = "renewal-due"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    RETIRED = "retired"


LABELS: Final = {
    State.LISTED: _("Not approved: never proposed"),
    State.PROPOSED: _("Proposed: not approved yet"),
    State.VOTED: _("Voted on: waiting for a second person to confirm"),
    State.REJECTED: _("Rejected"),
    State.FORBIDDEN: _("Voted for, but the law forbids it"),
    State.DECIDED: _("Approved from a later day on"),
    State.APPROVED: pgettext_lazy("technology", "Approved"),
    State.RENEWAL_DUE: _("Approved: renewal is due soon"),
    State.EXPIRED: _("Approval has ended"),
    State.SUSPENDED: _("Suspended"),
    State.RETIRED: _("Retired"),
}

TONES: Final = {
    State.LISTED: Tone.STOPPED,
    State.PROPOSED: Tone.WAITING,
    State.VOTED: Tone.WAITING,
    State.REJECTED: Tone.STOPPED,
    State.FORBIDDEN: Tone.STOPPED,
    State.DECIDED: Tone.WAITING,
    State.APPROVED: Tone.GOOD,
    State.RENEWAL_DUE: Tone.CAUTION,
    State.EXPIRED: Tone.STOPPED,
    State.SUSPENDED: Tone.STOPPED,
    State.RETIRED: Tone.STOPPED,
}

USABLE: Final = frozenset({State.APPROVED, State.RENEWAL_DUE})
"""States in which the gate may permit a use."""


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote: when it was entered, when confirmed (None: not yet), and what it decided.

    ``permitted``: the gate let it stand when it was confirmed. No vote goes over the law.
    """

    entered_at: datetime
    confirmed_at: datetime | None
    carried: bool
    permitted: bool
    approved_from: date
    renewal_due: date | None

    def approves(self, day: date) -> bool:
        """Whether this vote alone lets the technology be used on ``day``."""
        ends = self.renewal_due is not None and self.renewal_due <= day
        return self.decides and self.approved_from <= day and not ends

    @property
    def decides(self) -> bool:
        """Whether it was carried and the law lets it stand."""
        return self.carried and self.permitted


@dataclass(frozen=True, slots=True)
class Changed:
    """Suspended, reinstated or retired at a moment."""

    act: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Life:
    """What was done with one technology: when it was proposed, the votes, and the changes since."""

    proposed: Sequence[datetime] = ()
    votes: Sequence[Voted] = ()
    changes: Sequence[Changed] = field(default=())

    def as_of(self, moment: datetime) -> "Life":
        """The life as it was known at a moment: what was entered later is left out."""
        return Life(
            [at for at in self.proposed if at <= moment],
            [_known(vote, moment) for vote in self.votes if vote.entered_at <= moment],
            [change for change in self.changes if change.at <= moment],
        )


def state_of(life: Life, day: date) -> State:
    """Derive the state on a day. The strictest wins: what ends a use goes before what allows it.

    An approval holds from its first day to the day before its renewal is due; a later vote that
    was lost leaves an earlier approval in force until its own end. Unconfirmed votes do not count.
    """
    acts = [change.act for change in sorted(life.changes, key=lambda change: change.at)]
    if "retired" in acts:
        return State.RETIRED
    if acts and acts[-1] == "suspended":
        return State.SUSPENDED
    confirmed = [vote for vote in life.votes if vote.confirmed_at]
    if in_force := [vote for vote in confirmed if vote.approves(day)]:
        return _while_approved(in_force, day)
    return _without_approval(life, confirmed, day)


def _while_approved(in_force: Sequence[Voted], day: date) -> State:
    ends = [vote.renewal_due for vote in in_force]
    latest = None if None in ends else max(end for end in ends if end)
    near = latest is not None and latest - day <= RENEWAL_NEAR
    return State.RENEWAL_DUE if near else State.APPROVED


def _without_approval(life: Life, confirmed: Sequence[Voted], day: date) -> State:
    if any(vote.decides and vote.approved_from > day for vote in confirmed):
        return State.DECIDED
    if any(vote.confirmed_at is None for vote in life.votes):
        return State.VOTED
    if any(vote.decides for vote in confirmed):
        return State.EXPIRED
    newest = max(confirmed, key=lambda vote: vote.entered_at, default=None)
    if newest and not any(at > newest.entered_at for at in life.proposed):
        return State.FORBIDDEN if newest.carried else State.REJECTED
    return State.PROPOSED if life.proposed else State.LISTED


def _known(vote: Voted, moment: datetime) -> Voted:
    """A vote as it was known: one that was confirmed later was not confirmed yet."""
    if vote.confirmed_at is None or vote.confirmed_at <= moment:
        return vote
    return replace(vote, confirmed_at=None)
