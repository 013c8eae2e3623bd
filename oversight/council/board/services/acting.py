"""What all acts of the board share: one transaction, and how they are told in the record."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from oversight.ledger.registry import EventKind, JsonValue
from oversight.ledger.services import append_entry
from oversight.policy.services.errors import held_to_the_rules

_LOCK = 0x0B0A_0001


@contextmanager
def acting() -> Iterator[datetime]:
    """Act in one transaction, at the moment that is given; a refusal of the database is told.

    Raises:
        NotAllowedError: the database refused the act (roles, two people). Nothing was changed.
    """
    with held_to_the_rules(), transaction.atomic():
        yield timezone.localtime()


def one_at_a_time() -> None:
    """Let acts that number something wait for one another, until the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def tell(
    event: EventKind, at: datetime, committed: Mapping[str, JsonValue], **public: JsonValue
) -> int:
    """Append the entry of an act, with its day; gives the entry's index. Call it last."""
    return append_entry(
        event=event,
        public={"day": timezone.localtime(at).date().isoformat(), **public},
        committed={**committed, "at": at.isoformat()},
    )
