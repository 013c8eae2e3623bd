"""Reading the record from the database."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from oversight.ledger.models import Entry, Head, Hold, Sealing
from oversight.ledger.registry import EventKind, JsonValue

_BATCH = 4096  # entries read at once


@dataclass(frozen=True)
class DatabaseEntries:
    """The entries as they are committed in the database; a source for the checkpointer."""

    def size(self) -> int:
        """How many entries are committed."""
        return Head.objects.values_list("size", flat=True).get()

    def entries(self, start: int, stop: int) -> Iterator[bytes]:
        """Entries from ``start`` up to ``stop``, in batches; ends early where one is missing."""
        while start < stop:
            found = list(
                Entry.objects.filter(index__gte=start, index__lt=min(start + _BATCH, stop))
                .order_by("index")
                .values_list("index", "entry")
            )
            for index, entry in found:
                if index != start:
                    return
                yield bytes(entry)
                start += 1
            if not found:
                return


def entries_held() -> tuple[int, int]:
    """How many entries the table holds, and how many its head counts, as of one moment."""
    rows = Entry.objects.order_by().values(group=Value(1)).values(number=Count("index"))
    held = Head.objects.annotate(held=Coalesce(Subquery(rows), 0))
    one: tuple[int, int] = held.values_list("held", "size").get()
    return one


def commitments_of(index: int) -> dict[str, bytes]:
    """The commitments to an entry's fields, by name; empty where the entry is sealed or unknown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, commitment FROM ledger_commitments(%s)", [index])
        return {name: bytes(commitment) for name, commitment in cursor.fetchall()}


@dataclass(frozen=True)
class Opening:
    """One committed field, opened: its JSON text, and the blind that proves it."""

    name: str
    value: str
    blind: bytes

    def as_json(self) -> dict[str, str]:
        """In the form that ``verifier.check_opening`` reads."""
        return {"value": self.value, "blind": self.blind.hex()}


def open_fields(index: int, names: list[str]) -> list[Opening]:
    """The named committed fields of an entry; none where it is sealed or unknown.

    Whoever shows them to a person appends an ``entry-read`` event.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, value, blind FROM ledger_open(%s, %s)", [index, names])
        return [Opening(name, value, bytes(blind)) for name, value, blind in cursor.fetchall()]


def entries_telling(
    kinds: Sequence[EventKind], field: str, values: Sequence[JsonValue]
) -> dict[int, EventKind]:
    """Entries of these kinds whose committed field holds one of these values, oldest first.

    Raises:
        ValueError: one of the kinds does not commit to the field.
    """
    if odd := [kind.slug for kind in kinds if field not in kind.committed]:
        raise ValueError(f"{odd[0]} does not commit to {field}")
    numbers = {kind.number: kind for kind in kinds}
    told = [json.dumps(value) for value in values]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT index, kind FROM ledger_telling(%s, %s, %s::jsonb[])", [[*numbers], field, told]
        )
        return {index: numbers[number] for index, number in cursor.fetchall()}


def values_told(kind: EventKind, field: str) -> Iterator[tuple[int, JsonValue]]:
    """Index and committed value of a field for every entry of a kind that is not sealed, in order.

    Raises:
        ValueError: the kind does not commit to the field.
    """
    if field not in kind.committed:
        raise ValueError(f"{kind.slug} does not commit to {field}")
    query = (
        "SELECT e.index, o.value FROM ledger_entry AS e, ledger_open(e.index, ARRAY[%s]) AS o"
        " WHERE e.kind = %s ORDER BY e.index"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [field, kind.number])
        for index, value in cursor.fetchall():
            yield index, json.loads(value)


def find_entries(*, kind: str = "", agency: str = "", day: str = "") -> QuerySet[Entry]:
    """Entries, narrowed by what anyone may read of them; each filter has its index.

    ``kind`` is a number as text; ``day`` a day, a month or a year. Everyone sees the same: this is
    the public part.
    """
    found = Entry.objects.all()
    if kind:
        found = found.filter(kind=int(kind))
    if agency:
        found = found.filter(agency=agency)
    if day:
        found = found.filter(day__gte=day, day__lte=f"{day}~")  # "~" sorts behind "-" and digits
    return found


def sealing_of(entry: int) -> Sealing | None:
    """The open proposal to seal an entry, or its sealing; None where there is neither."""
    return Sealing.objects.filter(entry=entry, withdrawn_by=None).first()


def open_holds(entry: int | None = None) -> QuerySet[Hold]:
    """Legal holds in force, on one entry or on all, oldest first."""
    holds = Hold.objects.filter(lifted_by=None).order_by("id")
    return holds if entry is None else holds.filter(entry=entry)


def name_of(person: str) -> str:
    """The name of who has this stable id, ``person:7``; the id itself where it is no account's."""
    _, _, key = person.partition("person:")
    found = get_user_model().objects.filter(pk=key).first() if key.isdigit() else None
    return str(found) if found else person
