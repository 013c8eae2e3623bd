"""Tells the database which kinds of event the rooms declare, so that triggers can append too."""

from typing import Any

from django.db import connections
from django.db.transaction import atomic

from oversight.ledger.registry import kinds

_STORE = """
INSERT INTO ledger_kind (number, slug, public_fields, committed_fields) VALUES (%s, %s, %s, %s)
ON CONFLICT (number) DO UPDATE SET slug = excluded.slug,
    public_fields = excluded.public_fields, committed_fields = excluded.committed_fields
WHERE (ledger_kind.slug, ledger_kind.public_fields, ledger_kind.committed_fields)
    IS DISTINCT FROM (excluded.slug, excluded.public_fields, excluded.committed_fields)
"""


def store_kinds(*, using: str, **_rest: Any) -> None:
    """Bring ``ledger_kind`` in step with the rooms' declarations; runs after every migration.

    Raises:
        django.db.IntegrityError: a kind changed its slug or took another's.
    """
    connection = connections[using]
    if "ledger_kind" not in connection.introspection.table_names():
        return
    rows = [(kind.number, kind.slug, [*kind.public], [*kind.committed]) for kind in kinds()]
    with atomic(using=using), connection.cursor() as cursor:
        cursor.executemany(_STORE, rows)
