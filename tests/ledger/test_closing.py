"""Closing a table of facts: one call, after which nobody changes or removes a row."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from oversight.ledger.closing import close_facts
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db

ATTEMPTS = (
    "UPDATE fact SET told = 'another'",
    "DELETE FROM fact",
    "DELETE FROM fact WHERE false",
    "TRUNCATE fact",
    "WITH gone AS (DELETE FROM fact RETURNING told) SELECT * FROM gone",
    "INSERT INTO fact VALUES (1, 'b') ON CONFLICT (id) DO UPDATE SET told = 'b'",
    "MERGE INTO fact USING (VALUES (1)) AS v (id) ON fact.id = v.id WHEN MATCHED THEN DELETE",
)


@pytest.fixture
def fact():
    """A closed table with one row, seen as its owner sees it."""
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE fact (id integer PRIMARY KEY, told text)")
        cursor.execute("INSERT INTO fact VALUES (1, 'a')")
        cursor.execute(close_facts("fact").sql)
        yield cursor


def refused(cursor, attempt):
    with pytest.raises(IntegrityError, match="keeps what happened"), transaction.atomic():
        cursor.execute(attempt)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nobody_changes_or_removes_a_row_not_even_the_owner(fact, attempt):
    refused(fact, attempt)
    fact.execute("SELECT * FROM fact")
    assert fact.fetchall() == [(1, "a")]


def test_rows_are_still_added(fact):
    fact.execute("INSERT INTO fact VALUES (2, 'b')")
    assert fact.rowcount == 1


@pytest.mark.parametrize("attempt", ATTEMPTS[:4])
def test_posing_as_a_replica_opens_nothing(fact, attempt):
    fact.execute("RESET ROLE")
    fact.execute("SET LOCAL session_replication_role = replica")
    refused(fact, attempt)


def test_a_parent_takes_no_closed_row_with_it(fact):
    fact.execute("CREATE TABLE parent (id integer PRIMARY KEY)")
    fact.execute("INSERT INTO parent VALUES (7)")
    fact.execute("CREATE TABLE child (parent integer REFERENCES parent ON DELETE CASCADE)")
    fact.execute("INSERT INTO child VALUES (7)")
    fact.execute(close_facts("child").sql)
    refused(fact, "DELETE FROM parent")
    refused(fact, "TRUNCATE parent CASCADE")


def test_closing_twice_is_closing_once_and_going_back_opens(fact):
    fact.execute(close_facts("fact").sql)
    fact.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'fact'::regclass")
    assert fact.fetchone() == (1,)
    fact.execute(close_facts("fact").reverse_sql)
    fact.execute("DELETE FROM fact")


def test_no_service_closes_tables():
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT ledger_close('requests_signoff')")
