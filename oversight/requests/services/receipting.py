"""Receipts: the proof that a person's own act is in the record, as a file of their own.

A bundle of one entry, with every field of it opened: whoever did it may know all that it says.
"""

from django.db import transaction
from django.utils import timezone

from oversight.ledger.bundles import make_bundle
from oversight.ledger.proofs import NotYetSignedError
from oversight.ledger.registry import EventKind
from oversight.ledger.selectors import entries_telling
from oversight.ledger.services import append_entry, ask_for_checkpoint
from oversight.people.models import Person
from oversight.requests import events
from oversight.requests.judgement import day_of
from oversight.requests.models import SignOff, Submission

_VERDICTS = (events.APPROVED, events.RETURNED, events.REFUSED)


class NoReceiptError(LookupError):
    """The entry is in no signed checkpoint yet, or was sealed; nothing was given."""


def give_submission_receipt(*, submission: Submission, reader: Person) -> str:
    """Give the proof that a request was sent, as JSON text; that it was given is an entry.

    Raises:
        NoReceiptError: not signed yet (a checkpoint is asked for), or sealed.
        verifier.Refuted: the published record is damaged.
    """
    return _give((events.SUBMITTED,), "submission", submission.pk, submission, reader)


def give_sign_off_receipt(*, sign_off: SignOff, reader: Person) -> str:
    """Give the proof of a supervisor's verdict; otherwise as ``give_submission_receipt``."""
    return _give(_VERDICTS, "sign_off", sign_off.pk, sign_off.submission, reader)


def _give(
    kinds: tuple[EventKind, ...], field: str, value: int, submission: Submission, reader: Person
) -> str:
    for index, kind in entries_telling(kinds, field, [value]).items():
        try:
            return _bundle(index, kind, submission, reader)
        except NotYetSignedError:
            ask_for_checkpoint()
    raise NoReceiptError


@transaction.atomic
def _bundle(index: int, kind: EventKind, submission: Submission, reader: Person) -> str:
    text = make_bundle(entries={index: kind.committed})
    at = timezone.now()
    append_entry(
        event=events.RECEIPT_GIVEN,
        public={"agency": submission.request.agency_id, "day": day_of(at, submission)},
        committed={
            "submission": submission.pk,
            "reader": reader.pk,
            "entry": index,
            "at": at.isoformat(),
        },
    )
    return text
