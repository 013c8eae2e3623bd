"""Giving out the file of one search; that it was given, to whom and what for, is an entry."""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from oversight.leads import events
from oversight.leads.bundle import file_of, run_receipt_of
from oversight.ledger.bundles import make_bundle
from oversight.ledger.proofs import NotYetSignedError
from oversight.ledger.services import append_entry, ask_for_checkpoint
from oversight.requests.judgement import local_day
from oversight.requests.models import SearchRequest


class Content(StrEnum):
    """What is given: everything, for an auditor; or only that the search ran, for the defence."""

    SEARCH = "search"
    RECEIPT = "receipt"


class NothingToGiveError(LookupError):
    """No entry tells of it: it was never sent, or (for a receipt) has not run."""


def give_search_file(*, request: SearchRequest, content: Content, reader: str, purpose: str) -> str:
    """Return a bundle that verifies offline, as JSON text.

    ``reader`` is a stable id of who gets it.

    Raises:
        NothingToGiveError: the record tells nothing of it.
        NotYetSignedError: an entry is in no signed checkpoint yet; one is asked for.
        verifier.Refuted: a row is not what was recorded, or the published record is damaged.
    """
    try:
        return _give(request, content, reader, purpose)
    except NotYetSignedError:
        ask_for_checkpoint()
        raise


@transaction.atomic
def _give(request: SearchRequest, content: Content, reader: str, purpose: str) -> str:
    file = file_of(request) if content == Content.SEARCH else run_receipt_of(request)
    if not file.entries:
        raise NothingToGiveError
    text = make_bundle(entries=file.fields, documents=file.documents, absent=file.absent)
    at = timezone.now()
    append_entry(
        event=events.SEARCH_BUNDLED,
        public={"agency": request.agency_id, "day": local_day(at, request.agency)},
        committed={
            "request": str(request.key),
            "reader": reader,
            "content": str(content),
            "purpose": purpose,
            "entries": list(file.entries),
            "at": at.isoformat(),
        },
    )
    return text
