"""The entries of this room: each says where and when, in public, and no more."""

from datetime import datetime

from oversight.ledger.registry import EventKind, JsonValue
from oversight.ledger.services import append_entry
from oversight.requests.judgement import day_of
from oversight.requests.models import Submission


def record(event: EventKind, submission: Submission, at: datetime, **committed: JsonValue) -> None:
    """Append the entry of a fact about ``submission``'s search; call it last in the transaction."""
    append_entry(
        event=event,
        public={"agency": submission.request.agency_id, "day": day_of(at, submission)},
        committed={**committed, "at": at.isoformat()},
    )
