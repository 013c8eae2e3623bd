"""Hearing and vote: entered by a member of the board who did not propose; a vote takes a second."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.council.events import technologies as events
from oversight.council.models import Acquisition, Document, Hearing, Vote, VoteConfirmation
from oversight.council.services.recording import (
    NotAllowedError,
    digest_of_facts,
    held_to_the_rules,
    now,
    record,
)
from oversight.ledger.services import ask_for_checkpoint
from oversight.people.models import Person


@dataclass(frozen=True, slots=True)
class Heard:
    """A hearing: which body, when and where, and since when the public was told."""

    body: str
    held_at: datetime
    place: str
    noticed_on: date


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote as the body took it. ``renewal_due`` is the first day without approval; None: none."""

    body: str
    voted_on: date
    ayes: Sequence[str]
    noes: Sequence[str]
    conditions: Sequence[str]
    approved_from: date
    renewal_due: date | None = None


def enter_hearing(*, acquisition: Acquisition, heard: Heard, person: Person) -> Hearing:
    """Enter a hearing, ahead or after it was held.

    Raises:
        NotAllowedError: notice came after the hearing, or ``person`` proposed it or is not of the
            board.
    """
    at = now()
    if heard.noticed_on > timezone.localdate(heard.held_at):
        raise NotAllowedError(
            _("The notice must not be later than the hearing."), field="noticed_on"
        )
    with held_to_the_rules(), transaction.atomic():
        hearing = Hearing.objects.create(
            acquisition=acquisition, **asdict(heard), entered_by=person, entered_at=at
        )
        record(
            events.HEARING_ENTERED,
            at,
            public={"system": acquisition.technology.slug},
            hearing=hearing.pk,
            acquisition=acquisition.pk,
            person=person.pk,
            content=digest_of_facts(**asdict(heard)),
        )
    return hearing


def enter_vote(
    *, acquisition: Acquisition, ballot: Ballot, signed_document: Document, person: Person
) -> Vote:
    """Enter a vote by name. It counts from its confirmation by somebody else.

    Raises:
        NotAllowedError: something that must come before the vote is missing (each is named), a
            name stands on both sides, the days do not fit, or the role does not allow it.
    """
    at = now()
    check_ready(acquisition, ballot.voted_on, at)
    if both := set(ballot.ayes) & set(ballot.noes):
        raise NotAllowedError(
            _("%(name)s stands under the ayes and the noes.") % {"name": min(both)}, field="noes"
        )
    with held_to_the_rules(), transaction.atomic():
        vote = Vote.objects.create(
            acquisition=acquisition,
            **asdict(ballot),
            signed_document=signed_document,
            entered_by=person,
            entered_at=at,
        )
        record(
            events.VOTE_ENTERED,
            at,
            public={
                "system": acquisition.technology.slug,
                "document": signed_document.digest,
            },
            vote=vote.pk,
            acquisition=acquisition.pk,
            person=person.pk,
            content=digest_of_facts(**asdict(ballot)),
        )
    return vote


def confirm_vote(*, vote: Vote, person: Person) -> VoteConfirmation:
    """Confirm that the vote was entered as the signed document has it; from then on it counts.

    Raises:
        NotAllowedError: confirmed already, or by the person who entered it, or without the role.
    """
    at, technology = now(), vote.acquisition.technology
    if VoteConfirmation.objects.filter(vote=vote).exists():
        raise NotAllowedError(_("This vote has been confirmed already."))
    if vote.entered_by_id == person.pk:
        raise NotAllowedError(_("A second person confirms a vote: you entered this one."))
    with held_to_the_rules(), transaction.atomic():
        confirmation = VoteConfirmation.objects.create(
            vote=vote, confirmed_by=person, confirmed_at=at
        )
        record(
            events.VOTE_CONFIRMED,
            at,
            public={
                "system": technology.slug,
                "basis": f"{vote.body}, {vote.voted_on.isoformat()}, {vote.count}",
            },
            vote=vote.pk,
            person=person.pk,
        )
        ask_for_checkpoint()
    return confirmation


def check_ready(acquisition: Acquisition, voted_on: date, at: datetime) -> None:
    """Raise NotAllowedError, naming everything that must come before the vote and is missing."""
    missing = missing_before_vote(acquisition, voted_on, at)
    if missing:
        raise NotAllowedError(
            _("This must come before the vote: %(what)s.") % {"what": "; ".join(missing)}
        )


def missing_before_vote(acquisition: Acquisition, voted_on: date, at: datetime) -> list[str]:
    """What a vote on ``voted_on`` still wants: reports, a hearing, the end of public comment."""
    kinds = set(acquisition.documents.values_list("kind", flat=True))
    hearings = acquisition.hearings.all()
    held = any(timezone.localdate(hearing.held_at) <= voted_on for hearing in hearings)
    steps = (
        (Document.Kind.IMPACT_REPORT in kinds, _("an impact report")),
        (Document.Kind.USE_POLICY in kinds, _("a use policy")),
        (held, _("a public hearing on or before the day of the vote")),
        (_public_is_done(acquisition, voted_on, at), _("the end of the time for public comment")),
    )
    return [name for done, name in steps if not done]


def _public_is_done(acquisition: Acquisition, voted_on: date, at: datetime) -> bool:
    """Nobody may comment any more, and nobody could after the day of a vote entered later."""
    return not any(
        asked.closes_at > at
        or timezone.localdate(asked.opened_at) <= voted_on < timezone.localdate(asked.closes_at)
        for asked in acquisition.consultations.all()
    )
