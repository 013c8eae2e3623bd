"""The board's page: each alarm when it is owed, and silence when all is well."""

from types import SimpleNamespace

import pytest
from django.db import connection

from oversight.ledger.audit import audit_record
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.heartbeat import beat
from oversight.ledger.selectors import DatabaseEntries
from oversight.people.models import Role, RoleGrant
from tests import world
from tests.conftest import acting_as
from tests.interface.markup import Page, faults

pytestmark = pytest.mark.django_db

GOOD = "Nothing is wrong"


@pytest.fixture
def city():
    return world.make_city()


@pytest.fixture
def board(client, city):
    with acting_as("owner"):
        client.force_login(world.make_person("board", Role.BOARD, city.agency, None))

    def text():
        page = Page(client.get("/ledger/watch/").content.decode())
        assert faults(page) == []
        return page.one("main").text

    return text


@pytest.fixture
def publish(settings, tmp_path):
    settings.LEDGER_PUBLISHED = str(tmp_path / "published")
    settings.LEDGER_STATE = str(tmp_path / "state")
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0

    def run():
        with Checkpointer(Configuration.from_settings(), DatabaseEntries()) as checkpointer:
            checkpointer.publish()
        return tmp_path / "published"

    return run


@pytest.fixture
def audited(city, publish):
    """A record that was signed, checked, and signed again with the result."""
    publish()
    audit_record()
    return publish()


def test_when_all_is_well_it_says_so(board, publish):
    publish()
    assert audit_record().findings == []
    publish()
    text = board()
    assert GOOD in text
    assert "No witness is appointed" in text


def test_a_missing_audit_is_an_alarm(board, publish):
    publish()
    text = board()
    assert "The nightly check has not run" in text
    assert GOOD not in text


def test_what_the_audit_found_is_told_in_its_own_words(board, city, publish):
    with acting_as("owner"):
        RoleGrant(person=city.officer, role="auditor", held_from="2026-01-01").save()
    publish()
    audit_record()
    publish()
    text = board()
    assert "people.RoleGrant: 1 rows without an entry" in text
    assert city.officer.name not in text


def test_a_late_checkpoint_is_an_alarm(board, audited, monkeypatch):
    later = Configuration.from_settings().cadence.total_seconds() * 10
    assert "late" not in board()
    import time

    now = time.time()
    clock = SimpleNamespace(time=lambda: now + later)  # of that module alone
    monkeypatch.setattr("oversight.ledger.status.time", clock)
    assert "The next checkpoint is late" in board()


def test_a_checkpoint_that_does_not_verify_is_an_alarm(board, audited):
    path = audited / "checkpoint"
    text = path.read_text()
    size = text.split("\n")[1]
    path.write_text(text.replace(f"\n{size}\n", f"\n{int(size) + 1}\n", 1))
    assert "The published checkpoint does not verify" in board()


def test_a_witness_that_cannot_be_reached_is_an_alarm(
    board, audited, publish, settings, start_witness
):
    log = (audited / "policy.txt").read_text().split()[1]
    address, process = start_witness("paper", log)
    from oversight.ledger.signing import vkey

    settings.LEDGER_WITNESSES = [f"paper {vkey(address.key)} {address.url}"]
    publish()
    assert GOOD in board()
    process.kill()
    process.wait()
    beat()
    publish()
    text = board()
    assert "A witness has not confirmed the newest checkpoint" in text
    assert "No entry is lost" in text


def test_a_deleted_entry_is_an_alarm(board, audited):
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER only_grows")
        cursor.execute("ALTER TABLE ledger_secret DISABLE TRIGGER never_deleted")
        cursor.execute("DELETE FROM ledger_secret WHERE entry = 3")
        cursor.execute("DELETE FROM ledger_entry WHERE index = 3")
        cursor.execute("ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER only_grows")
    assert "Entries are missing from the database" in board()


def test_only_the_board_finds_it(client, city):
    client.force_login(city.officer)
    assert client.get("/ledger/watch/").status_code == 404


def test_a_checkpoint_that_nobody_timestamps_is_an_alarm_where_it_should_be(
    board, audited, settings, tmp_path
):
    assert "timestamped" not in board()
    settings.LEDGER_TSA, settings.LEDGER_TSA_ROOTS = "http://127.0.0.1:1/", str(tmp_path / "r.pem")
    assert "The daily checkpoint is not timestamped" in board()
