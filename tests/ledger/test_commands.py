"""``manage.py ledger ...`` and the checkpointer's process over a real database."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from psycopg import sql

from oversight.ledger import proofs, services
from oversight.ledger.configuration import Configuration
from oversight.ledger.events import ENTRY_READ
from oversight.ledger.heartbeat import beat
from oversight.ledger.models import Entry, Head
from oversight.ledger.proofs import NotYetSignedError, demand_proof
from oversight.ledger.publication import SIGNED
from oversight.ledger.signing import vkey
from oversight.ledger.verifier import check_export, check_proof

ROOT = Path(__file__).parents[2]


@pytest.fixture
def record(live_database, settings, tmp_path):
    """A record in a database of its own, published into a directory of its own."""
    settings.LEDGER_PUBLISHED = str(tmp_path / "published")
    settings.LEDGER_STATE = str(tmp_path / "state")
    settings.LEDGER_ORIGIN = "test.example/commands"
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0
    return live_database


def append(count=1):
    for _ in range(count):
        with transaction.atomic():
            index = services.append_entry(
                event=ENTRY_READ,
                public={"day": "2026-03-04"},
                committed=dict.fromkeys(ENTRY_READ.committed),
            )
    return index


def ledger(*arguments):
    out = io.StringIO()
    call_command("ledger", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refused(*arguments):
    with pytest.raises(CommandError) as caught:
        ledger(*arguments)
    return caught.value.returncode, str(caught.value)


def as_superuser(record, *statements):
    with psycopg.connect(record.url("owner"), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        for table in ("entry", "secret", "head"):
            admin.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER")
        for statement in statements:
            admin.execute(statement)
        for table in ("entry", "secret", "head"):
            admin.execute(f"ALTER TABLE ledger_{table} ENABLE TRIGGER USER")


def test_checkpoint_verify_prove_and_export_as_the_checkpointers_role(record, as_role, tmp_path):
    append(5)
    with as_role("checkpointer"):
        assert "Signed and published 6 entries" in ledger("checkpoint")  # with the heartbeat
        assert "VERIFIED: 6 entries, published and in the database" in ledger("verify")
        proof = ledger("prove", 2, "--entry", tmp_path / "entry")
        assert "6 entries are in" in ledger("export", tmp_path / "copy")
    policy = Configuration.from_settings().policy()
    assert check_proof((tmp_path / "entry").read_bytes(), proof.encode(), policy)[0] == 2
    assert (tmp_path / "copy" / "verifier.py").is_file()
    assert check_export(tmp_path / "copy", policy).size == 6


def test_verify_against_an_older_checkpoint(record, tmp_path):
    append(300)
    ledger("checkpoint")
    old = tmp_path / "old"
    old.write_bytes((tmp_path / "published" / "checkpoint").read_bytes())
    append(10)
    ledger("checkpoint")
    assert "VERIFIED: 311" in ledger("verify", "--against", old)
    old.write_bytes(old.read_bytes().replace(b"301", b"302", 1))
    assert refused("verify", "--against", old)[0] == 1


def test_a_superusers_edit_is_exposed_and_never_signed(record):
    append(3)
    ledger("checkpoint")
    as_superuser(
        record,
        "UPDATE ledger_entry SET entry = replace(convert_from(entry, 'UTF8'), '03-04', '03-05')::bytea"
        " WHERE index = 1",
    )
    entry = Entry.objects.get(index=1)
    assert b"03-05" in bytes(entry.entry)  # and PostgreSQL recomputed its leaf hash
    code, said = refused("verify")
    assert code == 1
    assert "REFUTED: the database's first 4 entries are not those that were signed" in said
    append()
    code, said = refused("checkpoint")
    assert code == 1
    assert "differ, and it was signed" in said or "not those that were signed" in said


def test_a_superusers_deletion_of_the_tail_is_exposed_and_never_signed(record):
    append(5)
    ledger("checkpoint")
    as_superuser(
        record,
        "DELETE FROM ledger_secret WHERE entry >= 3",
        "DELETE FROM ledger_entry WHERE index >= 3",
        "UPDATE ledger_head SET size = 3",
    )
    code, said = refused("verify")
    assert (code, "the database holds 3 entries in a row and 6 were signed" in said) == (1, True)
    assert (
        "an old backup was restored, or the end of the record was deleted"
        in refused("checkpoint")[1]
    )
    append(10)
    assert refused("checkpoint")[0] == 1


def test_an_entry_deleted_from_the_middle_is_exposed(record):
    append(5)
    as_superuser(
        record,
        "DELETE FROM ledger_secret WHERE entry = 2",
        "DELETE FROM ledger_entry WHERE index = 2",
    )
    code, said = refused("checkpoint")
    assert (code, "entry 2 is missing from the database" in said) == (1, True)


def test_yesterdays_backup_put_in_place_is_never_signed(record, tmp_path):
    append(4)
    connection.close()
    backup = f"{record.name}_backup"
    names = {"new": sql.Identifier(backup), "old": sql.Identifier(record.name)}
    with psycopg.connect(
        record.url("owner").replace(record.name, "postgres"), autocommit=True
    ) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {new} TEMPLATE {old}").format(**names))
    try:
        append(3)
        ledger("checkpoint")
        connection.close()
        connection.settings_dict["NAME"] = backup
        append(6)
        code, said = refused("checkpoint")
        assert code == 1
        assert "differ, and it was signed" in said or "not those that were signed" in said
    finally:
        connection.close()
        connection.settings_dict["NAME"] = record.name
        with psycopg.connect(
            record.url("owner").replace(record.name, "postgres"), autocommit=True
        ) as admin:
            admin.execute(sql.SQL("DROP DATABASE {new} WITH (FORCE)").format(**names))


def test_nothing_is_proven_before_it_is_signed(record):
    index = append()
    with pytest.raises(NotYetSignedError, match="no checkpoint is published"):
        demand_proof(index)
    code, said = refused("prove", index)
    assert code == 2
    assert "run: manage.py ledger checkpoint" in said or "No such file" in said
    ledger("checkpoint")
    assert demand_proof(index).text.startswith("c2sp.org/tlog-proof@v1\nindex 0\n")
    with pytest.raises(NotYetSignedError, match="not yet covered"):
        demand_proof(append())


def test_a_changed_key_is_announced_in_the_record(record):
    append()
    ledger("checkpoint")
    old = Configuration.from_settings().policy()
    said = ledger("rotate-key", "--reason", "the officer in charge left")
    new_key = Configuration.from_settings().policy().logs[-1]
    assert vkey(new_key) in said
    last = Entry.objects.order_by("-index").first()
    assert b'"event":"key-changed"' in bytes(last.entry)
    note = (Configuration.from_settings().published / "checkpoint").read_bytes()
    assert old.open(note).size == last.index + 1
    assert "VERIFIED" in ledger("verify")


def test_one_heartbeat_a_day_says_what_happened_since(record):
    append(3)
    first = beat()
    assert beat() is None
    assert first == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, value FROM ledger_open(%s, '{entries,counts}')", [first])
        assert {name: json.loads(value) for name, value in cursor.fetchall()} == {
            "entries": 3,
            "counts": {"3": 3},
        }


def test_export_does_not_overwrite(record, tmp_path):
    append()
    ledger("checkpoint")
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "file").touch()
    code, said = refused("export", tmp_path / "copy")
    assert (code, "is not empty; name a new directory" in said) == (2, True)


def test_writers_at_once_leave_no_gap_and_rolled_back_ones_no_trace(fresh_database):
    """Single entries and batches of several sizes, mixed, some of them taken back."""
    committed = []

    def write(number):
        with fresh_database.connect("web", autocommit=False) as web:
            for turn in range(25):
                many = (turn * number) % 5 + 1
                fields = '{"day": "2026-03-04"}', '{"at": null, "entries": 0, "counts": {}}'
                one = "SELECT ledger_append(1, %s, %s)"
                batch = (
                    f"SELECT ledger_append_all(1, array_fill(%s::jsonb, '{{{many}}}'),"
                    f" array_fill(%s::jsonb, '{{{many}}}'))"
                )
                [(index,)] = web.execute(one if many == 1 else batch, fields).fetchall()
                if (turn * 7 + number) % 3:
                    web.commit()
                    committed.extend(range(index, index + many))
                else:
                    web.rollback()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(committed) == list(range(len(committed)))
    with fresh_database.connect("checkpointer") as reader:
        [(size, count)] = reader.execute(
            "SELECT size, (SELECT count(*) FROM ledger_entry) FROM ledger_head"
        ).fetchall()
    assert size == count == len(committed)


@pytest.fixture
def process(record, settings, tmp_path):
    """The checkpointer as its own process, with a cadence of ten minutes."""
    environment = os.environ | {
        "OVERSIGHT_ROLE": "checkpointer",
        "DATABASE_URL_CHECKPOINTER": record.url("checkpointer"),
        "OVERSIGHT_LEDGER_PUBLISHED": settings.LEDGER_PUBLISHED,
        "OVERSIGHT_LEDGER_STATE": settings.LEDGER_STATE,
        "OVERSIGHT_LEDGER_ORIGIN": settings.LEDGER_ORIGIN,
        "OVERSIGHT_LEDGER_CADENCE": "600",
    }
    started = []
    output = (tmp_path / "checkpointer.log").open("ab")

    def start():
        process = subprocess.Popen(
            [sys.executable, "manage.py", "checkpointer"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
    output.close()


def wait_until(condition):
    """Wait a minute at most, a tenth of the cadence: what happens has been asked for."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def published_size(settings):
    path = Path(settings.LEDGER_PUBLISHED) / "checkpoint"
    return int(path.read_text().split("\n")[1]) if path.exists() else -1


def test_it_signs_on_demand_at_once_and_survives_kills_and_lost_connections(
    record, process, settings
):
    first = process()
    wait_until(lambda: published_size(settings) == 1)
    with transaction.atomic():
        index = services.append_entry(
            event=ENTRY_READ,
            public={"day": "2026-03-05"},
            committed=dict.fromkeys(ENTRY_READ.committed),
        )
        services.ask_for_checkpoint()
    wait_until(lambda: published_size(settings) == index + 1)
    with psycopg.connect(record.url("owner"), autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = 'oversight_checkpointer' AND datname = current_database()"
        )
    append(3)
    wait_until(lambda: published_size(settings) == index + 4)
    first.kill()
    first.wait()
    append(2)
    second = process()
    wait_until(lambda: published_size(settings) == index + 6)
    policy = Configuration.from_settings().policy()
    assert check_export(Path(settings.LEDGER_PUBLISHED), policy).size == Head.objects.get().size
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=60) == 0


def test_a_search_waits_for_its_proof_and_without_one_does_not_run(
    record, process, settings, monkeypatch, as_role
):
    index = append()
    with as_role("worker"), monkeypatch.context() as patch:
        patch.setattr(proofs, "PATIENCE", 0.1)
        assert proofs.await_proof(index) is None
    process()
    wait_until(lambda: published_size(settings) > index)
    index = append()
    with as_role("worker"):
        assert f"index {index}" in proofs.await_proof(index).text
    path = Path(settings.LEDGER_PUBLISHED) / SIGNED
    path.write_bytes(path.read_bytes().replace(b"3", b"4", 1))
    assert proofs.await_proof(0) is None


def test_the_cadence_is_read_from_settings(settings):
    settings.LEDGER_CADENCE = timedelta(seconds=5)
    assert Configuration.from_settings().cadence == timedelta(seconds=5)
