"""Writing into the record: one door for every room."""

import json
from collections.abc import Mapping

from django.db import connection

from oversight.ledger.registry import EventKind, JsonValue, RecordError, check_entry


def append_entry(
    *, event: EventKind, public: Mapping[str, JsonValue], committed: Mapping[str, JsonValue]
) -> int:
    """Append an entry to the record, in the transaction of the fact that it tells of.

    Call it last in the transaction: it locks the head of the record until the commit, and that lock
    is what makes the numbers gapless.

    Args:
        event: a registered kind.
        public: every public field of the kind, in the forms of ``registry.PUBLIC_FIELDS``.
        committed: every committed field of the kind; any JSON value.

    Returns:
        The index of the entry, counted from 0. It holds only if the transaction commits.

    Raises:
        RecordError: outside a transaction, or a field that is missing, unknown or ill-formed.
        django.db.DatabaseError: an entry too long for the record (65,535 bytes).
    """
    if not connection.in_atomic_block:
        raise RecordError("append_entry must run in the transaction of its fact; use atomic()")
    check_entry(event, public, committed)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_append(%s, %s::jsonb, %s::jsonb)",
            [event.number, _as_json(public), _as_json(committed)],
        )
        return int(cursor.fetchone()[0])


def ask_for_checkpoint() -> None:
    """Ask the checkpointer to sign as soon as this transaction commits, ahead of its cadence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('ledger_checkpoint', '')")


def _as_json(fields: Mapping[str, JsonValue]) -> str:
    return json.dumps(dict(fields), ensure_ascii=False, allow_nan=False)
