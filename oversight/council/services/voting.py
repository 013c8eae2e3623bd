"""Hearing and vote: entered by a member of the board who did not propose; a vote takes a second."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.council.acquiring import acquisition_facts, judge_acquisition
from oversight.council.events import technologies as events
from oversight.council.models import (
    Acquisition,
    Document,
    Hearing,
    Judgement,
    Vote,
    VoteConfirmation,
)
from oversight.council.services.recording import (
    NotAllowedError,
    digest_of_facts,
    held_to_the_rules,
    now,
    record,
)
from oversight.council.terms import first_day_of_use, missing_by_terms
from oversight.interface.display import date_text
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
    check_posted(acquisition, ballot.approved_from)
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

    The gate judges a vote that was carried, as the action ``acquire``; what it decides is kept, and
    a technology that the law refuses may not be used, whatever the vote.

    Raises:
        NotAllowedError: confirmed already, or by the person who entered it, or without the role.
    """
    at, technology = now(), vote.acquisition.technology
    if VoteConfirmation.objects.filter(vote=vote).exists():
        raise NotAllowedError(_("This vote has been confirmed already."))
    if vote.entered_by_id == person.pk:
        raise NotAllowedError(_("A second person confirms a vote: you entered this one."))
    with held_to_the_rules(), transaction.atomic():
        if vote.carried:
            _judge(vote, at)
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


def facts_of_vote(vote: Vote, at: datetime) -> dict[str, Any]:
    """The facts on which the gate judges a carried vote: it approves, on what is published."""
    acquisition = vote.acquisition
    kinds = set(acquisition.documents.values_list("kind", flat=True))
    return acquisition_facts(acquisition.technology, approved=True, documents=kinds, at=at)


def _judge(vote: Vote, at: datetime) -> None:
    facts = facts_of_vote(vote, at)
    decision = judge_acquisition(facts)
    document = decision.as_json()
    Judgement.objects.create(
        vote=vote, effect=decision.effect, facts=facts, document=document, decided_at=at
    )
    record(
        events.ACQUISITION_JUDGED,
        at,
        public={
            "system": vote.acquisition.technology.slug,
            "effect": decision.effect,
            "rules": sorted({reason.rule for reason in decision.reasons}),
            "policy_set": decision.policy_set,
        },
        vote=vote.pk,
        facts=decision.facts,
        document=digest_of_facts(**document),
    )


def check_posted(acquisition: Acquisition, approved_from: date) -> None:
    """Raise NotAllowedError where use would begin before the papers stood published long enough."""
    earliest = first_day_of_use(acquisition)
    if earliest and approved_from < earliest[0]:
        told = {"what": earliest[1].words, "day": date_text(earliest[0])}
        raise NotAllowedError(
            _("The first day comes too early, it can be %(day)s. Asked for: %(what)s.") % told,
            field="approved_from",
        )


def check_ready(acquisition: Acquisition, voted_on: date, at: datetime) -> None:
    """Raise NotAllowedError, naming everything that must come before the vote and is missing."""
    missing = missing_before_vote(acquisition, voted_on, at)
    if missing:
        raise NotAllowedError(
            _("This must come before the vote: %(what)s.") % {"what": "; ".join(missing)}
        )


def missing_before_vote(acquisition: Acquisition, voted_on: date, at: datetime) -> list[str]:
    """What a vote on ``voted_on`` still wants: reports, a hearing, the end of public comment."""
    kinds = {each.kind for each in acquisition.documents.all()}
    papers = (
        (Document.Kind.IMPACT_REPORT in kinds, _("an impact report")),
        (Document.Kind.USE_POLICY in kinds, _("a use policy")),
    )
    missing = [name for done, name in papers if not done]
    missing += missing_by_terms(acquisition, voted_on)
    if not _public_is_done(acquisition, voted_on, at):
        missing.append(_("the end of the time for public comment"))
    return missing


def _public_is_done(acquisition: Acquisition, voted_on: date, at: datetime) -> bool:
    """Nobody may comment any more, and nobody could after the day of a vote entered later."""
    return not any(
        asked.closes_at > at
        or timezone.localdate(asked.opened_at) <= voted_on < timezone.localdate(asked.closes_at)
        for asked in acquisition.consultations.all()
    )
