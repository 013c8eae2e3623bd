"""Closing tables of facts: rows are inserted once, and nobody changes or removes them.

A room calls it in a migration that depends on ``("ledger", "0003_closing")``, after the tables exist::

    operations = [close_facts("council_comment", "council_answer")]

It also declares each table in its ``events.py`` (``facts.declare``), so that the nightly audit compares
its rows with their entries. The suite fails on a table of facts that is not closed.
"""

from typing import Final

from django.db.migrations import RunSQL

TRIGGER: Final = "facts_are_final"


def close_facts(*tables: str) -> RunSQL:
    """A migration's operation: refuse UPDATE, DELETE and TRUNCATE on these tables, to every role.

    Args:
        tables: names of tables in the database, such as ``council_comment``; a table closed
            before is closed anew.
    """
    names = ", ".join(f"'{table}'" for table in tables)
    reopen = "; ".join(f"DROP TRIGGER {TRIGGER} ON {table}" for table in tables)
    return RunSQL(f"SELECT ledger_close({names})", reopen)
