"""Facts and entries, one to one both ways: no fact without its entry, no entry without its fact.

A room declares in ``events.py`` which of its tables hold facts::

    declare(FactTable("requests.Submission", kinds=(SUBMITTED,), field="submission"))

Each row then has exactly one entry of these kinds whose committed ``field`` names it, and each such
entry has its row. ``INDEX`` as the field means that the row holds the entry's index instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.transaction import atomic

from oversight.ledger.registry import EventKind, RecordError

INDEX = "@index"
_SHOWN = 5  # examples in a finding

# One statement, so that facts and entries are seen as of one moment.
_COMPARE = """
WITH entries AS MATERIALIZED (
    SELECT e.index,
        CASE WHEN %s THEN e.index::text ELSE jsonb_build_array(o.value::jsonb) ->> 0 END AS row
    FROM ledger_entry AS e LEFT JOIN LATERAL ledger_open(e.index, ARRAY[%s]) AS o ON true
    WHERE e.kind = ANY (%s)
),
facts AS MATERIALIZED (SELECT found.row::text AS row FROM ({facts}) AS found (row))
SELECT
    (SELECT array_agg(row) FROM facts
        WHERE NOT EXISTS (SELECT FROM entries WHERE entries.row = facts.row)),
    (SELECT array_agg(index) FROM entries WHERE row IS NOT NULL
        AND NOT EXISTS (SELECT FROM facts WHERE facts.row = entries.row)),
    (SELECT array_agg(row) FROM (SELECT row FROM entries GROUP BY row HAVING count(row) > 1) AS d),
    (SELECT count(*) FROM entries WHERE row IS NULL)
"""


@dataclass(frozen=True)
class FactTable:
    """A table each of whose rows is a fact that one entry tells of.

    Attributes:
        model: label of the model, ``requests.Submission``.
        kinds: the kinds of event that tell of its rows.
        field: the committed field that names the row, or ``INDEX``.
        column: what the field holds: a lookup from the model, such as ``pk`` or ``request__key``.
    """

    model: str
    kinds: tuple[EventKind, ...]
    field: str
    column: str = "pk"


_tables: dict[str, FactTable] = {}


def declare(table: FactTable) -> FactTable:
    """Make a table known; RecordError where it is known, or a kind lacks the field."""
    if table.model in _tables:
        raise RecordError(f"{table.model} is declared twice")
    for kind in table.kinds:
        if table.field not in (*kind.committed, INDEX):
            raise RecordError(f"{table.model}: {kind.slug} does not commit to {table.field}")
    _tables[table.model] = table
    return table


def fact_tables() -> Sequence[FactTable]:
    """Every declared table, by label."""
    return [_tables[label] for label in sorted(_tables)]


def findings_in(table: FactTable) -> list[str]:
    """What does not match, in sentences that name rows and entries by number and nobody by name.

    Entries that were sealed can no longer say which row they told of; as many rows may lack one.
    """
    rows = apps.get_model(table.model)._default_manager.values_list(table.column)  # noqa: SLF001  (Django's own name for it)
    facts, parameters = rows.order_by().query.sql_with_params()
    kinds = [kind.number for kind in table.kinds]
    given = [table.field == INDEX, table.field, kinds, *parameters]
    try:
        with atomic(), connection.cursor() as cursor:
            cursor.execute(_COMPARE.format(facts=facts), given)
            silent, stray, doubled, sealed = cursor.fetchone()
    except DatabaseError as error:
        return [f"{table.model}: could not be compared ({type(error).__name__})"]
    return [
        *_say(table, "rows without an entry", silent if len(silent or ()) > sealed else None),
        *_say(table, "entries without a row", stray),
        *_say(table, "rows with several entries", doubled),
    ]


def _say(table: FactTable, what: str, found: Sequence[object] | None) -> list[str]:
    if not found:
        return []
    shown = ", ".join(map(str, found[:_SHOWN])) + (", ..." if len(found) > _SHOWN else "")
    return [f"{table.model}: {len(found)} {what} ({shown})"]
