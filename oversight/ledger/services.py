"""Writing into the record: one door for every room."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import connection
from django.db.transaction import atomic
from django.utils import timezone

from oversight.ledger.events import ENTRY_READ
from oversight.ledger.registry import EventKind, JsonValue, RecordError, check_entry
from oversight.ledger.selectors import Opening, open_fields

Fields = Mapping[str, JsonValue]

_APPEND_ALL: Final = """
SELECT ledger_append_all(
    %s, array_agg(entry -> 0 ORDER BY place), array_agg(entry -> 1 ORDER BY place))
FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS items (entry, place)
"""


def append_entry(*, event: EventKind, public: Fields, committed: Fields) -> int:
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
    return append_entries(event=event, entries=[(public, committed)])[0]


def append_entries(*, event: EventKind, entries: Sequence[tuple[Fields, Fields]]) -> range:
    """Append many entries of a kind at once, each as ``(public, committed)``; at least one.

    As ``append_entry`` does, and a dozen times as fast: they are hashed together, before the lock.

    Returns:
        Their indexes, in the order given.
    """
    if not connection.in_atomic_block:
        raise RecordError("an entry is appended in the transaction of its fact; use atomic()")
    for public, committed in entries:
        check_entry(event, public, committed)
    # One JSON text for all: an array of texts would be escaped one by one, which takes as long again.
    with connection.cursor() as cursor:
        cursor.execute(_APPEND_ALL, [event.number, _as_json(entries)])
        first = int(cursor.fetchone()[0])
    return range(first, first + len(entries))


@atomic
def open_entry(*, index: int, names: Sequence[str], reader: str, purpose: str) -> list[Opening]:
    """Read committed fields of an entry as ``reader``, a stable id; the reading is an entry itself.

    Raises:
        RecordError: no purpose is given.
    """
    if not purpose.strip():
        raise RecordError("say what the fields are read for")
    now = timezone.localtime()
    append_entry(
        event=ENTRY_READ,
        public={"day": now.date().isoformat()},
        committed={
            "at": now.isoformat(),
            "reader": reader,
            "entry": index,
            "fields": list(names),
            "purpose": purpose,
        },
    )
    return open_fields(index, list(names))


def ask_for_checkpoint() -> None:
    """Ask the checkpointer to sign as soon as this transaction commits, ahead of its cadence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('ledger_checkpoint', '')")


def propose_sealing(*, entry: int, basis: str, person: str) -> None:
    """Propose to destroy the key to an entry: the first of two people; ``person`` is a stable id.

    Raises:
        django.db.IntegrityError: no such entry, sealed already, proposed by someone else already,
            or an entry that tells of the record itself; the message says which.
    """
    _call("ledger_propose_sealing", entry, basis, person)


def withdraw_sealing(*, entry: int, person: str) -> int:
    """End a proposal: its author withdraws it, or a second person refuses it; ``sealing-withdrawn``.

    Raises:
        django.db.IntegrityError: no proposal is open.
    """
    return _call("ledger_withdraw_sealing", entry, person, *_now())


def confirm_sealing(*, entry: int, person: str) -> int:
    """Destroy the key and the committed fields of an entry: the second of two people.

    The tree stays valid and the public fields stay readable; what was committed is closed for
    good. Gives the index of the ``entry-sealed`` event.

    Raises:
        django.db.IntegrityError: not proposed, proposed by the same person, or under a hold.
    """
    return _call("ledger_confirm_sealing", entry, person, *_now())


def place_hold(*, entry: int, reference: str, person: str) -> int:
    """Forbid the sealing of an entry, for a stated reason; the index of ``hold-placed``.

    Raises:
        django.db.IntegrityError: no such entry, sealed already, or held under this reference.
    """
    return _call("ledger_place_hold", entry, reference, person, *_now())


def propose_lifting(*, entry: int, reference: str, person: str | None) -> None:
    """Propose to lift a hold: the first of two people; nobody as ``person`` takes that back.

    Raises:
        django.db.IntegrityError: no hold with this reference is open, or its lifting is proposed.
    """
    _call("ledger_propose_lifting", entry, reference, person)


def lift_hold(*, entry: int, reference: str, person: str) -> int:
    """Lift a hold, as the second of two people; the index of ``hold-lifted``.

    Raises:
        django.db.IntegrityError: no hold with this reference is open, nobody proposed to lift it, or
            the same person did.
    """
    return _call("ledger_lift_hold", entry, reference, person, *_now())


def _call(function: str, *arguments: str | int | None) -> int:
    """One function of the database, in a transaction of its own if there is none."""
    places = ", ".join(["%s"] * len(arguments))
    with atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({places})", arguments)
        return int(cursor.fetchone()[0] or 0)


def _now() -> tuple[str, str]:
    """Today, and this moment."""
    now = timezone.localtime()
    return now.date().isoformat(), now.isoformat()


def _as_json(entries: Sequence[tuple[Fields, Fields]]) -> str:
    plain = [(dict(public), dict(committed)) for public, committed in entries]
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)
