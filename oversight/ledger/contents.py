"""Whether what entries do not show is still what they committed to, and destroyed only as the record tells.

The published root covers the entries' bytes alone. Whoever has the database's highest powers could
change, beside them, the values that open an entry, or take them away: this is what notices.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from oversight.ledger.events import ENTRY_SEALED, HOLD_LIFTED, HOLD_PLACED, SEALING_WITHDRAWN
from oversight.ledger.models import Entry, Head, Hold, Sealing
from oversight.ledger.registry import kinds
from oversight.ledger.selectors import commitments_of, open_fields
from oversight.ledger.verifier import commit_field, digest_commitments

_BATCH: Final = 4096  # entries read at once
_SHOWN: Final = 5  # examples in a finding

_OPENED: Final = """
SELECT e.index, e.kind, e.entry, (
    SELECT jsonb_object_agg(o.name, ARRAY[encode(o.blind, 'hex'), o.value])
    FROM ledger_open(e.index, %s) AS o)
FROM ledger_entry AS e WHERE e.index >= %s AND e.index < %s ORDER BY e.index
"""


@dataclass
class _Seen:
    """Numbers of entries, by what was found of them."""

    forged: list[int] = field(default_factory=list)
    renamed: list[int] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    sealed: set[int] = field(default_factory=set)


def findings_in_contents() -> list[str]:
    """What does not match, in sentences that name entries by number.

    Nothing that the database computed is believed: each value is committed to anew, with its blind,
    and held against the leaf.
    """
    size = Head.objects.get().size
    seen = _Seen()
    for index, kind, leaf, opened in _opened(size):
        if leaf["kind"] != kind:
            seen.renamed.append(index)
        if leaf["kind"] == ENTRY_SEALED.number:
            seen.sealed.add(leaf["public"]["entry"])
        if _digest(opened) == leaf["commitment"]:
            continue
        if not (opened := _opened_in_full(index)):
            seen.closed.add(index)
        elif _digest(opened) != leaf["commitment"]:
            seen.forged.append(index)
    # What was sealed while this read is told by an entry that came after.
    since = Entry.objects.filter(kind=ENTRY_SEALED.number, index__gte=size)
    told = seen.sealed | {entry.document["public"]["entry"] for entry in since}
    return [
        *_say("entries whose closed part is not what they committed to", seen.forged),
        *_say("entries filed under another kind of event than they state", seen.renamed),
        *_say("entries whose key is gone although nobody sealed them", sorted(seen.closed - told)),
        *_say("sealed entries that can still be opened", sorted(seen.sealed - seen.closed)),
        *_say(
            "entries of sealings and holds that match no row, or the other way round", _acts(size)
        ),
    ]


def _acts(size: int) -> list[int]:
    """Entries below ``size`` of which either a row or the entry is not as the other says."""
    rows = {
        ENTRY_SEALED: Sealing.objects.values_list("sealed_by", flat=True),
        SEALING_WITHDRAWN: Sealing.objects.values_list("withdrawn_by", flat=True),
        HOLD_PLACED: Hold.objects.values_list("placed_by", flat=True),
        HOLD_LIFTED: Hold.objects.values_list("lifted_by", flat=True),
    }
    odd: set[int] = set()
    for kind, told in rows.items():
        entries = Entry.objects.filter(kind=kind.number).values_list("index", flat=True)
        odd |= set(entries) ^ {index for index in told if index is not None}
    return sorted(index for index in odd if index < size)


def _opened(size: int) -> Iterator[tuple[int, int, dict[str, Any], Mapping[str, Any]]]:
    """Index, kind, leaf, and name to blind and value, for each entry, in order."""
    names = sorted({name for kind in kinds() for name in kind.committed})
    for start in range(0, size, _BATCH):
        with connection.cursor() as cursor:
            cursor.execute(_OPENED, [names, start, min(start + _BATCH, size)])
            rows = cursor.fetchall()
        for index, kind, entry, opened in rows:
            yield index, kind, json.loads(bytes(entry)), json.loads(opened or "{}")


def _digest(opened: Mapping[str, Any]) -> str:
    return digest_commitments(
        {
            name: commit_field(bytes.fromhex(blind), name, value)
            for name, (blind, value) in opened.items()
        }
    )


def _opened_in_full(index: int) -> Mapping[str, Any]:
    """Every field that an entry has: an old one may have some that no kind declares now."""
    found = open_fields(index, [*commitments_of(index)])
    return {one.name: (one.blind.hex(), one.value) for one in found}


def _say(what: str, found: list[int]) -> list[str]:
    shown = ", ".join(map(str, found[:_SHOWN])) + (", ..." if len(found) > _SHOWN else "")
    return [f"the record: {len(found)} {what} ({shown})"] if found else []
