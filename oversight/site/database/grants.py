"""What each role may do, gathered from the rooms and applied after every migration.

A room states its share in ``grants.py``: ``TABLES`` maps a role to ``{table: privileges}``
and ``FUNCTIONS`` a role to the signatures it may execute. Whatever is not stated is not
allowed; what was allowed and is no longer stated is taken back.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.transaction import atomic

from oversight.site.roles import OWNER, SERVICE_ROLES, database_user

_ONE: Final = r"(SELECT|INSERT|UPDATE|DELETE)( \(\w+(, \w+)*\))?"
_STATED: Final = re.compile(rf"{_ONE}(, {_ONE})*")
"""Privileges, each of the whole table or of the columns in parentheses."""


def apply_grants(connection: BaseDatabaseWrapper) -> None:
    """Give every role exactly what the rooms state, in one transaction.

    Raises:
        ValueError: a room names an unknown role or privilege.
        django.db.ProgrammingError: a room names a table or function that does not exist.
    """
    with atomic(using=connection.alias), connection.cursor() as cursor:
        _take_everything_back(cursor, connection)
        for statement in _statements():
            cursor.execute(statement)


def stated_tables() -> Iterator[tuple[str, str, str]]:
    """Yield ``(role, table, privileges)`` as the rooms state them."""
    for module in _rooms():
        for role, tables in getattr(module, "TABLES", {}).items():
            for table, privileges in tables.items():
                yield role, table, privileges


def stated_functions() -> Iterator[tuple[str, str]]:
    """Yield ``(role, signature)`` as the rooms state them."""
    for module in _rooms():
        for role, signatures in getattr(module, "FUNCTIONS", {}).items():
            for signature in signatures:
                yield role, signature


def _rooms() -> Iterator[object]:
    for config in apps.get_app_configs():
        if config.name.startswith(("oversight.", "recognition")) and find_spec(
            f"{config.name}.grants"
        ):
            yield import_module(f"{config.name}.grants")


def _take_everything_back(cursor: CursorWrapper, connection: BaseDatabaseWrapper) -> None:
    users = ", ".join(database_user(role) for role in SERVICE_ROLES)
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    cursor.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
    cursor.execute(f"GRANT CONNECT ON DATABASE {name} TO {users}")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {users}")
    for kind in ("TABLES", "SEQUENCES"):
        cursor.execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC, {users}")
    # Only our own functions: pgvector's belong to the administrator and stay usable by all.
    cursor.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner"
        " WHERE r.rolname = %s",
        [database_user(OWNER)],
    )
    for (signature,) in cursor.fetchall():
        cursor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC, {users}")


def _statements() -> Iterator[str]:
    for role, table, privileges in stated_tables():
        if not _STATED.fullmatch(privileges):
            raise ValueError(f"{table}: {privileges!r} is not a list of privileges.")
        yield f'GRANT {privileges} ON "{table}" TO {database_user(role)}'
    for role, signature in stated_functions():
        yield f"GRANT EXECUTE ON FUNCTION {signature} TO {database_user(role)}"
