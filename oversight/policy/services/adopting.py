"""Adopting: a recorded vote makes a proposal law, entered by a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.ledger.services import append_entry
from oversight.policy import events
from oversight.policy.engine.packs import PackError
from oversight.policy.gate import standing_library
from oversight.policy.models import Adoption, Proposal
from oversight.policy.selectors import act_of
from oversight.policy.services.errors import NotAllowedError, held_to_the_rules
from oversight.policy.standing import with_act

# Serialises adoptions, so that each is validated against the law that those before it made.
_LOCK = 0x0D0C_0001


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote as the body recorded it: counts, names where they are on record, and the document.

    ``document_digest`` is ``sha256:`` and the digest of the signed document, in hexadecimal.
    """

    body: str
    voted_on: date
    ayes: int
    noes: int
    document_digest: str
    ayes_names: Sequence[str] = ()
    noes_names: Sequence[str] = ()


def adopt_proposal(*, proposal: Proposal, adopter: AbstractBaseUser, vote: Vote) -> Adoption:
    """Make a proposal law: from the day on which it takes effect, every decision follows it.

    Raises:
        NotAllowedError: adopted already, proposed by the same person, no role of the board, the
            vote was lost, the day has passed, or the pack is no longer valid beside what was
            adopted since. Nothing is changed then.
    """
    with held_to_the_rules(), transaction.atomic():
        _check(proposal, adopter, vote, timezone.localdate())
        # The moment from which it is known: as late as it can be told, when its turn has come.
        now = timezone.localtime()
        adoption = Adoption.objects.create(
            proposal=proposal,
            body=vote.body,
            voted_on=vote.voted_on,
            ayes=vote.ayes,
            noes=vote.noes,
            ayes_names=list(vote.ayes_names),
            noes_names=list(vote.noes_names),
            document_digest=vote.document_digest,
            adopted_by_id=adopter.pk,
            adopted_at=now,
        )
        _record(adoption)
    return adoption


def _check(proposal: Proposal, adopter: AbstractBaseUser, vote: Vote, today: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if Adoption.objects.filter(proposal=proposal).exists():
        raise NotAllowedError(_("This proposal has been adopted already."))
    if proposal.proposed_by_id == adopter.pk:
        raise NotAllowedError(_("Adopting takes two people: you proposed this one."))
    if vote.ayes <= vote.noes:
        raise NotAllowedError(_("The vote was lost: there must be more ayes than noes."))
    if proposal.takes_effect < today:
        raise NotAllowedError(
            _("The day on which it was to take effect has passed. Propose it anew.")
        )
    library = standing_library()
    try:
        with_act(library, act_of(proposal, library))
    except PackError as error:
        raise NotAllowedError(str(error)) from error


def _record(adoption: Adoption) -> None:
    proposal = adoption.proposal
    vote = f"{adoption.body}, {adoption.voted_on.isoformat()}, {adoption.ayes}-{adoption.noes}"
    append_entry(
        event=events.ADOPTED if proposal.kind == Proposal.Kind.INSTRUMENT else events.ENDED,
        public={
            "day": adoption.adopted_at.date().isoformat(),
            "document": proposal.digest,
            "basis": f"{proposal.slug}: {vote}",
        },
        committed={
            "adoption": adoption.pk,
            "proposal": proposal.pk,
            "proposer": proposal.proposed_by_id,
            "adopter": adoption.adopted_by_id,
            "body": adoption.body,
            "voted_on": adoption.voted_on.isoformat(),
            "ayes": adoption.ayes,
            "noes": adoption.noes,
            "signed_document": adoption.document_digest,
            "at": adoption.adopted_at.isoformat(),
        },
    )
