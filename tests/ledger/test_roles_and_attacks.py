"""Who can do what to the record in a real PostgreSQL, and what is left of it when they try."""

import psycopg
import pytest
from psycopg import errors

from oversight.site.roles import SERVICE_ROLES

SECRETS = '{"at": "2026-03-04T14:05:00Z", "entries": 0, "counts": {}}'
APPEND = f"SELECT ledger_append(1, '{{\"day\": \"2026-03-04\"}}', '{SECRETS}')"

ATTACKS = {
    "edit an entry": "UPDATE ledger_entry SET entry = 'forged'",
    "delete an entry": "DELETE FROM ledger_entry WHERE index = 1",
    "empty the record": "TRUNCATE ledger_entry CASCADE",
    "insert past the function": "INSERT INTO ledger_entry (index, kind, entry) VALUES (9, 1, '')",
    "set the head back": "UPDATE ledger_head SET size = 1",
    "push the head on": "UPDATE ledger_head SET size = size + 5",
    "delete the head": "DELETE FROM ledger_head",
    "a second head": "INSERT INTO ledger_head VALUES (false, 0)",
    "read the keys": "SELECT key FROM ledger_secret",
    "destroy a key": "UPDATE ledger_secret SET key = NULL, fields = NULL, sealed_by = 0",
    "delete the keys": "DELETE FROM ledger_secret",
    "rename a kind": "UPDATE ledger_kind SET slug = 'x' WHERE number = 1",
    "forget a kind": "DELETE FROM ledger_kind WHERE number = 5",
    "add a kind": "INSERT INTO ledger_kind VALUES (98, 'x', '{}', '{}')",
    "disable the triggers": "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    "drop a trigger": "DROP TRIGGER only_grows ON ledger_entry",
    "drop the record": "DROP TABLE ledger_secret",
    "replace the function": "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "act as a replica": "SET session_replication_role = replica",
    "act as the owner": "SET ROLE oversight_owner",
}
MAY_APPEND = {"web", "worker", "relay", "enroller", "checkpointer"}
MAY_OPEN = {"web"}


@pytest.fixture
def record(fresh_database):
    """A database with three entries."""
    with fresh_database.connect("web") as session:
        for _ in range(3):
            session.execute(APPEND)
    return fresh_database


def untouched(record):
    with psycopg.connect(record.url("owner")) as admin:
        [(size, count, keys)] = admin.execute(
            "SELECT (SELECT size FROM ledger_head), (SELECT count(*) FROM ledger_entry),"
            " (SELECT count(key) FROM ledger_secret)"
        ).fetchall()
    return size == count == keys == 3


@pytest.mark.parametrize("role", SERVICE_ROLES)
def test_no_service_role_can_do_anything_but_append_and_read(record, role):
    with record.connect(role) as session:
        for statement in ATTACKS.values():
            with pytest.raises(errors.InsufficientPrivilege):
                session.execute(statement)
    assert untouched(record)


@pytest.mark.parametrize("role", SERVICE_ROLES)
def test_who_may_append_and_who_may_open_is_as_stated(record, role):
    with record.connect(role) as session:
        for statement, allowed in (
            (APPEND, MAY_APPEND),
            ("SELECT entry, leaf FROM ledger_entry", MAY_APPEND),
            ("SELECT * FROM ledger_open(0, '{at}')", MAY_OPEN),
            ("SELECT * FROM ledger_commitments(0)", MAY_OPEN | {"worker"}),
            ("SELECT ledger_blind('\\x00', 'at')", set()),
        ):
            if role in allowed:
                session.execute(statement)
            else:
                with pytest.raises(errors.InsufficientPrivilege):
                    session.execute(statement)


CLOSED_TO_ALL = (
    "edit an entry",
    "delete an entry",
    "empty the record",
    "set the head back",
    "push the head on",
    "delete the head",
    "destroy a key",
    "delete the keys",
    "rename a kind",
    "forget a kind",
)


@pytest.mark.parametrize("who", ["owner", "superuser", "superuser as a replica"])
def test_even_owner_and_superuser_meet_the_triggers(record, who):
    with psycopg.connect(record.url("owner"), autocommit=True) as session:
        if who == "owner":
            session.execute("SET ROLE oversight_owner")
        if who == "superuser as a replica":
            session.execute("SET session_replication_role = replica")
        for attack in CLOSED_TO_ALL:
            refusal = errors.IntegrityConstraintViolation
            with pytest.raises(refusal, match=r"only grows|for ever"):
                session.execute(ATTACKS[attack])
    assert untouched(record)


def test_a_search_path_of_the_attackers_does_not_lead_the_function_astray(record):
    with record.connect("owner") as session:
        session.execute("CREATE TEMP TABLE ledger_head (size bigint)")
        session.execute("INSERT INTO pg_temp.ledger_head VALUES (1000)")
        session.execute(
            "CREATE TEMP TABLE ledger_kind (number int, slug text, public_fields text[], committed_fields text[])"
        )
        session.execute("SET search_path = pg_temp, public")
        [(index,)] = session.execute(
            APPEND.replace("ledger_append", "public.ledger_append")
        ).fetchall()
    assert index == 3


def test_functions_with_the_owners_powers_all_pin_their_search_path(record):
    with psycopg.connect(record.url("owner")) as admin:
        found = admin.execute(
            "SELECT proname, proconfig FROM pg_proc WHERE proname LIKE 'ledger%' AND prosecdef"
        ).fetchall()
    assert {name for name, _ in found} >= {"ledger_append", "ledger_open", "ledger_commitments"}
    assert all(config == ["search_path=pg_catalog, pg_temp"] for _, config in found)


def test_every_table_of_the_record_is_guarded_always(record):
    with psycopg.connect(record.url("owner")) as admin:
        states = admin.execute(
            "SELECT tgrelid::regclass::text, tgenabled FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'ledger%'"
        ).fetchall()
    assert {table for table, _ in states} >= {
        "ledger_entry",
        "ledger_secret",
        "ledger_head",
        "ledger_kind",
    }
    assert {state for _, state in states} == {"A"}
