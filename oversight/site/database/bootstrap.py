"""Roles, the database and its extension: made by the cluster's administrator, idempotently.

Passwords are sent as SCRAM verifiers computed here, so that no log of the server can hold one.
"""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from oversight.site.roles import CHECKPOINTER, ENROLLER, OWNER, SERVICE_ROLES, database_user

DATABASE: Final = "oversight"
_PATIENT: Final = frozenset({ENROLLER, CHECKPOINTER})
"""Roles whose statements may take long: bulk enrolment, reading the whole record."""


def prepare_cluster(admin_url: str, password_of: Callable[[str], str]) -> None:
    """Make the roles, the database, and pgvector in it and in the template for test databases.

    ``password_of`` is asked for ``db-<role>`` of each role that may log in.

    Raises:
        psycopg.Error: the administrator may not do this; nothing is half-done in one statement.
    """
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _make_roles(admin, password_of)
        if not _exists(admin, "pg_database", "datname", DATABASE):
            admin.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(database_user(OWNER))
                )
            )
    for name in ("template1", DATABASE):
        with psycopg.connect(database_address(admin_url, name), autocommit=True) as admin:
            admin.execute("CREATE EXTENSION IF NOT EXISTS vector")


def database_address(url: str, name: str) -> str:
    """Return ``url`` with its database replaced by ``name``."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _make_roles(admin: psycopg.Connection, password_of: Callable[[str], str]) -> None:
    owner = database_user(OWNER)
    if not _exists(admin, "pg_roles", "rolname", owner):
        admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN CREATEDB").format(sql.Identifier(owner)))
    admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner)))
    for role in SERVICE_ROLES:
        user = database_user(role)
        if not _exists(admin, "pg_roles", "rolname", user):
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(user)))
        verifier = admin.pgconn.encrypt_password(
            password_of(f"db-{role}").encode(), user.encode(), b"scram-sha-256"
        )
        admin.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(user), sql.Literal(verifier.decode())
            )
        )
        _limit(admin, role)


def _limit(admin: psycopg.Connection, role: str) -> None:
    """Keep a role from waiting for ever, and its parameters (probe vectors) out of the log."""
    patience = "0" if role in _PATIENT else "60s"
    limits = {"statement_timeout": patience, "lock_timeout": "10s"}
    (powerful,) = admin.execute("SELECT usesuper FROM pg_user WHERE usename = user").fetchone() or (
        False,
    )
    if powerful:
        # Only a superuser may set these; elsewhere they belong into the server's configuration.
        limits |= {"log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0"}
    for setting, value in limits.items():
        admin.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(database_user(role)), sql.Identifier(setting), sql.Literal(value)
            )
        )


def _exists(admin: psycopg.Connection, catalogue: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(
        sql.Identifier(catalogue), sql.Identifier(column)
    )
    return admin.execute(query, [name]).fetchone() is not None
