"""Asking the public, and keeping what it says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from oversight.council.events import comment as events
from oversight.council.models import (
    Acquisition,
    Comment,
    CommentAuthor,
    ConsentWithdrawal,
    Consultation,
    Moderation,
    Technology,
)
from oversight.council.services.recording import (
    NotAllowedError,
    digest_of,
    digest_of_facts,
    held_to_the_rules,
    now,
    record,
)
from oversight.council.terms import shortest_comment
from oversight.people.models import Person
from oversight.policy.models import Proposal


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in plain words, and from when until when."""

    title: str
    question: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A comment. Name and place are kept only with ``published``: consent to show them."""

    stance: str
    text: str
    name: str = ""
    place: str = ""
    published: bool = False


def open_consultation(
    *, subject: Acquisition | Proposal, asked: Question, person: Person
) -> Consultation:
    """Ask everyone to comment on a technology's proposal, or on a proposed change of the rules.

    Raises:
        NotAllowedError: it would end before it begins, has ended already or is shorter than a rule
            asks, or the role is missing.
    """
    at = now()
    if asked.closes_at <= max(asked.opens_at, at):
        raise NotAllowedError(
            _("The time for comment must end after it begins, and after now."), field="closes_at"
        )
    on_technology = isinstance(subject, Acquisition)
    if isinstance(subject, Acquisition):
        _check_length(subject.technology, asked)
    with held_to_the_rules(), transaction.atomic():
        consultation = Consultation.objects.create(
            acquisition=subject if isinstance(subject, Acquisition) else None,
            instrument=subject if isinstance(subject, Proposal) else None,
            title=asked.title,
            question=asked.question,
            opens_at=asked.opens_at,
            closes_at=asked.closes_at,
            opened_by=person,
            opened_at=at,
        )
        record(
            events.CONSULTATION_OPENED,
            at,
            consultation=consultation.pk,
            person=person.pk,
            content=digest_of_facts(
                title=asked.title,
                question=asked.question,
                subject="technology" if on_technology else "instrument",
                number=subject.pk,
            ),
            opens_at=asked.opens_at.isoformat(),
            closes_at=asked.closes_at.isoformat(),
        )
    return consultation


def _check_length(technology: Technology, asked: Question) -> None:
    term = shortest_comment(technology)
    if term and asked.closes_at - asked.opens_at < timedelta(days=term.days):
        raise NotAllowedError(
            _("The time for comment is too short. Asked for: %(what)s.") % {"what": term.words},
            field="closes_at",
        )


def submit_comment(*, consultation: Consultation, said: Said) -> Comment:
    """Keep a comment; its ``number`` is the receipt.

    Raises:
        NotAllowedError: the time for comment has not begun or is over.
    """
    at = now()
    if not consultation.opens_at <= at < consultation.closes_at:
        raise NotAllowedError(_("The time for comment has not begun or is over."))
    with held_to_the_rules(), transaction.atomic():
        comment = Comment.objects.create(
            consultation=consultation,
            stance=said.stance,
            text=said.text,
            digest=digest_of(said.text.encode()),
            received_at=at,
        )
        if said.published and (said.name or said.place):
            CommentAuthor.objects.create(comment=comment, name=said.name, place=said.place)
        record(
            events.COMMENT_RECEIVED,
            at,
            comment=comment.pk,
            consultation=consultation.pk,
            stance=said.stance,
            text=comment.digest,
        )
    return comment


def withdraw_consent(*, number: str) -> bool:
    """Remove name and place from the comment with this receipt; False where none has it.

    Once removed, or never given, nothing more is done.
    """
    comment = Comment.objects.filter(number=number).first()
    if comment is None:
        return False
    at = now()
    with transaction.atomic():
        removed, _by_model = CommentAuthor.objects.filter(comment=comment).delete()
        if removed:
            ConsentWithdrawal.objects.create(comment=comment, withdrawn_at=at)
            record(events.CONSENT_WITHDRAWN, at, comment=comment.pk)
    return True


def moderate_comment(
    *, comment: Comment, act: Moderation.Act, reason: Moderation.Reason, note: str, person: Person
) -> Moderation:
    """Withhold the text of a comment, or show it again; the reason is public and the count stays.

    Raises:
        NotAllowedError: it is so already, or ``person`` is not of the board.
    """
    at = now()
    newest = comment.moderations.order_by("-pk").first()
    if (newest.act if newest else Moderation.Act.SHOWN) == act:
        raise NotAllowedError(_("It is so already."))
    with held_to_the_rules(), transaction.atomic():
        moderation = Moderation.objects.create(
            comment=comment, act=act, reason=reason, note=note, made_by=person, made_at=at
        )
        record(
            events.COMMENT_MODERATED,
            at,
            public={"use_type": str(reason)},
            moderation=moderation.pk,
            comment=comment.pk,
            act=str(act),
            person=person.pk,
        )
    return moderation
