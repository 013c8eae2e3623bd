"""Facts and entries, one to one both ways: no fact without its entry, no entry without its fact.

A room declares in ``events.py`` which of its tables hold facts::

    declare(FactTable("requests.Submission", kinds=(SUBMITTED,), field="submission"))

Each row then has exactly one entry of these kinds whose committed ``field`` names it, and each such
entry has its row. ``INDEX`` as the field means that the row holds the entry's index instead. What
else the entry tells is compared with the row where ``told`` says which of its columns it was.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import rfc8785
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import F, Manager
from django.db.models.expressions import Combinable
from django.db.transaction import atomic

from oversight.ledger.registry import EventKind, RecordError

INDEX: Final = "@index"
EVENT: Final = "@event"
"""In ``told``: the slug of the entry's kind."""

_SHOWN = 5  # examples in a finding

# One statement, so that facts and entries are seen as of one moment. Of an entry that was sealed
# nothing is known; what an older entry did not commit to yet is not compared.
_COMPARE: Final = """
WITH entries AS MATERIALIZED (
    SELECT e.index, opened.told || jsonb_build_object(%(event)s, k.slug) AS told,
        CASE WHEN %(is_index)s THEN e.index::text
            ELSE jsonb_build_array(opened.told -> %(field)s) ->> 0 END AS row
    FROM ledger_entry AS e JOIN ledger_kind AS k ON k.number = e.kind LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(o.name, o.value::jsonb) AS told
        FROM ledger_open(e.index, %(names)s) AS o) AS opened ON true
    WHERE e.kind = ANY (%(kinds)s)
),
facts AS MATERIALIZED (
    SELECT found.row::text AS row, jsonb_build_array({columns}) AS held
    FROM ({facts}) AS found (row{aliases})
)
SELECT
    (SELECT array_agg(row) FROM facts
        WHERE NOT EXISTS (SELECT FROM entries WHERE entries.row = facts.row)),
    (SELECT array_agg(index) FROM entries WHERE row IS NOT NULL
        AND NOT EXISTS (SELECT FROM facts WHERE facts.row = entries.row)),
    (SELECT array_agg(row) FROM (SELECT row FROM entries GROUP BY row HAVING count(row) > 1) AS d),
    (SELECT array_agg(row || ': ' || odd) FROM (
        SELECT facts.row, string_agg(DISTINCT name, ' ' ORDER BY name) AS odd
        FROM facts JOIN entries USING (row),
            unnest(%(told)s::text[], %(moments)s::boolean[])
                WITH ORDINALITY AS told_of (name, is_moment, place)
        WHERE entries.told ? name AND CASE WHEN is_moment
            THEN (entries.told ->> name)::timestamptz
                IS DISTINCT FROM (held ->> place::int - 1)::timestamptz
            ELSE entries.told -> name IS DISTINCT FROM held -> place::int - 1 END
        GROUP BY facts.row) AS differing),
    (SELECT count(*) FROM entries WHERE row IS NULL)
"""

_TOLD: Final = """
SELECT jsonb_build_array(named.value::jsonb) ->> 0, told.value::jsonb #>> '{}'
FROM ledger_entry AS e, ledger_open(e.index, ARRAY[%s]) AS named, ledger_open(e.index, ARRAY[%s]) AS told
WHERE e.kind = ANY (%s)
"""


_SCOPE: Final = """\
What the nightly check of the record compares.

Every entry is hashed anew and held against the signed checkpoint. What it does not show is held
against what it committed to. Each row of each table below has exactly one entry, and each entry its
row. "compared": what the entry says of these is held against the row. "not compared": these stand in
the entry, which nobody can change unseen; if they also stand in a row, a change of the row alone would
not be found by this check."""


@dataclass(frozen=True)
class FactTable:
    """A table each of whose rows is a fact that one entry tells of.

    Attributes:
        model: label of the model, ``requests.Submission``.
        kinds: the kinds of event that tell of its rows.
        field: the committed field that names the row, or ``INDEX``.
        column: what the field holds: a lookup from the model, such as ``pk`` or ``request__key``.
        told: further committed fields, or ``EVENT``, each with the lookup or the expression of what
            it held when the row was inserted; a row that says something else by now was changed.
        moments: further committed fields that hold a moment as Python writes it, each with the
            lookup of the column; another way of writing the same moment is no difference.
        digested: further committed fields that hold ``sha256:`` and the digest of a JSON column in
            its canonical form (RFC 8785), each with that column.
        restated: further committed fields, each with how its text is made anew from a row, for what
            the database cannot say itself, such as the digest of several columns.
    """

    model: str
    kinds: tuple[EventKind, ...]
    field: str
    column: str = "pk"
    told: Sequence[tuple[str, str | Combinable]] = ()
    moments: Sequence[tuple[str, str]] = ()
    digested: Sequence[tuple[str, str]] = ()
    restated: Sequence[tuple[str, Callable[[Any], str]]] = ()

    @property
    def compared(self) -> set[str]:
        """The committed fields that the audit compares, the one that names the row included."""
        parts = (*self.told, *self.moments, *self.digested, *self.restated)
        return ({self.field} | {name for name, _ in parts}) - {INDEX, EVENT}

    @property
    def not_compared(self) -> set[str]:
        """The committed fields that stand in the entry alone."""
        return {name for kind in self.kinds for name in kind.committed} - self.compared


_tables: dict[str, FactTable] = {}


def declare(table: FactTable) -> FactTable:
    """Make a table known; RecordError where it is known, or a kind lacks the field."""
    if table.model in _tables:
        raise RecordError(f"{table.model} is declared twice")
    for kind in table.kinds:
        if table.field not in (*kind.committed, INDEX):
            raise RecordError(f"{table.model}: {kind.slug} does not commit to {table.field}")
    known = {name for kind in table.kinds for name in kind.committed}
    if unknown := sorted(table.compared - known):
        raise RecordError(f"{table.model}: no entry of its rows commits to {unknown[0]}")
    _tables[table.model] = table
    return table


def fact_tables() -> Sequence[FactTable]:
    """Every declared table, by label."""
    return [_tables[label] for label in sorted(_tables)]


def scope() -> str:
    """What the audit compares and what it does not, a line for each table, for everyone to read."""
    lines = [
        f"{table.model}: compared {_listed(table.compared)}; not compared {_listed(table.not_compared)}"
        for table in fact_tables()
    ]
    return "\n".join([_SCOPE, "", *lines, ""])


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "nothing else"


def findings_in(table: FactTable) -> list[str]:
    """What does not match, in sentences that name rows and entries by number and nobody by name.

    Entries that were sealed can no longer say which row they told of; as many rows may lack one.
    """
    try:
        with atomic(), connection.cursor() as cursor:
            statement, given = _comparison(table)
            cursor.execute(statement, given)
            silent, stray, doubled, differing, sealed = cursor.fetchone()
            differing = [*(differing or ()), *_altered(table)]
    except DatabaseError as error:
        return [f"{table.model}: could not be compared ({type(error).__name__})"]
    return [
        *_say(table, "rows without an entry", silent if len(silent or ()) > sealed else None),
        *_say(table, "entries without a row", stray),
        *_say(table, "rows with several entries", doubled),
        *_say(table, "rows that are not as recorded", differing),
    ]


def _altered(table: FactTable) -> Iterator[str]:
    """Rows whose documents are not those that their entries committed to."""
    kinds = [kind.number for kind in table.kinds]
    digests = [(name, partial(_digest_of, column)) for name, column in table.digested]
    ways: Sequence[tuple[str, Callable[[Any], str]]] = (*digests, *table.restated)
    for name, say in ways:
        with connection.cursor() as cursor:
            cursor.execute(_TOLD, [table.field, name, kinds])
            recorded = dict(cursor.fetchall())
        for row in _manager(table).annotate(named_by=F(table.column)).iterator():
            if recorded.get(str(row.named_by), said := say(row)) != said:
                yield f"{row.named_by}: {name}"


def _digest_of(column: str, row: Any) -> str:
    return f"sha256:{hashlib.sha256(rfc8785.dumps(getattr(row, column))).hexdigest()}"


def _comparison(table: FactTable) -> tuple[str, dict[str, Any]]:
    """The statement that compares a table with its entries, and its parameters."""
    parts = (*table.told, *table.moments)
    names = [name for name, _ in parts]
    rows = _manager(table).order_by().values_list(table.column, *(held for _, held in parts))
    facts, given = rows.query.sql_with_params()
    aliases = [f"c{number}" for number in range(len(parts))]
    statement = _COMPARE.format(
        facts=facts % tuple(f"%(p{number})s" for number in range(len(given))),
        columns=", ".join(aliases),
        aliases="".join(f", {alias}" for alias in aliases),
    )
    return statement, {
        "is_index": table.field == INDEX,
        "field": table.field,
        "event": EVENT,
        "names": [table.field, *names],
        "kinds": [kind.number for kind in table.kinds],
        "told": names,
        "moments": [False] * len(table.told) + [True] * len(table.moments),
        **{f"p{number}": value for number, value in enumerate(given)},
    }


def _manager(table: FactTable) -> Manager[Any]:
    manager: Manager[Any] = apps.get_model(table.model)._default_manager  # noqa: SLF001  (Django's name)
    return manager


def _say(table: FactTable, what: str, found: Sequence[object] | None) -> list[str]:
    if not found:
        return []
    shown = ", ".join(map(str, found[:_SHOWN])) + (", ..." if len(found) > _SHOWN else "")
    return [f"{table.model}: {len(found)} {what} ({shown})"]
