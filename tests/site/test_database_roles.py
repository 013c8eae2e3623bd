"""The database roles are real: each connects under its own name and may do only its share."""

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from oversight.site.database.grants import stated_functions, stated_tables
from oversight.site.roles import ROLES, SERVICE_ROLES


@pytest.mark.parametrize("role", SERVICE_ROLES)
def test_a_service_connects_under_its_own_name(fresh_database, role):
    with fresh_database.connect(role) as session:
        assert session.execute("SELECT current_user, session_user").fetchone() == (
            f"oversight_{role}",
            f"oversight_{role}",
        )


@pytest.mark.parametrize("role", SERVICE_ROLES)
@pytest.mark.parametrize(
    "attempt",
    [
        "SET ROLE oversight_owner",
        "SET SESSION AUTHORIZATION postgres",
        "CREATE TABLE loot (id int)",
        "CREATE TEMP TABLE loot (id int)",
        "CREATE ROLE friend LOGIN",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_no_service_can_rise_above_itself(fresh_database, role, attempt):
    with (
        fresh_database.connect(role) as session,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        session.execute(attempt)


def test_a_wrong_password_is_refused(fresh_database):
    wrong = fresh_database.url("web").replace("oversight_web:", "oversight_web:x")
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(wrong)


def test_the_owner_cannot_log_in(fresh_database):
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(fresh_database.url("web").replace("oversight_web:", "oversight_owner:"))


def test_every_stated_grant_names_a_known_role():
    assert {role for role, *_ in (*stated_tables(), *stated_functions())} <= set(ROLES)


@pytest.mark.django_db
def test_every_table_of_ours_says_who_may_use_it():
    ours = {
        table
        for table in connection.introspection.table_names()
        if table.startswith(
            tuple(
                f"{config.label}_"
                for config in apps.get_app_configs()
                if config.name.startswith(("oversight.", "recognition"))
            )
        )
    }
    assert ours <= {table for _, table, _ in stated_tables()} | _CLOSED


_CLOSED = frozenset({"ledger_secret", "recognition_openingvector"})
"""Tables that no service touches directly: functions of the database alone read and write them."""
