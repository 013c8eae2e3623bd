"""The nightly self-audit: entries rehashed, facts and entries matched one to one, both ways."""

import hashlib
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from oversight.ledger import contents, services, tasks
from oversight.ledger.audit import audit_record, check_database, check_published
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.contents import findings_in_contents
from oversight.ledger.facts import INDEX, FactTable, declare, fact_tables, findings_in
from oversight.ledger.models import Entry
from oversight.ledger.registry import RecordError
from oversight.ledger.selectors import DatabaseEntries, open_fields
from oversight.people import events
from oversight.people.models import RoleGrant
from oversight.requests import services as requests
from oversight.requests.events import WITHDRAWN
from oversight.requests.models import SignOff
from tests import world
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db

PUBLIC = {"agency": "lapd", "day": "2026-03-04"}
COMMITTED = dict.fromkeys(WITHDRAWN.committed)


@pytest.fixture
def published(settings, tmp_path):
    """Publishes what the test's transaction holds, and gives the settings of the record."""
    settings.LEDGER_PUBLISHED = str(tmp_path / "published")
    settings.LEDGER_STATE = str(tmp_path / "state")
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0

    def publish():
        with Checkpointer(Configuration.from_settings(), DatabaseEntries()) as checkpointer:
            checkpointer.publish()

    return publish


@pytest.fixture
def city():
    return world.make_city()


def grant_without_entry(city):
    """A role given past the service, by someone with the powers of the owner."""
    with acting_as("owner"):
        RoleGrant(person=city.officer, role="auditor", held_from="2026-01-01").save()


def findings():
    return [finding for table in fact_tables() for finding in findings_in(table)]


def test_a_search_from_request_to_authorization_leaves_every_fact_with_its_entry(city, published):
    request = world.draft_with_image(city.officer)
    submission, _ = requests.submit_request(request=request, version=request.draft.version)
    requests.sign_off_submission(
        submission=submission,
        supervisor=city.supervisor,
        verdict=SignOff.Verdict.APPROVED,
        opened_at=submission.submitted_at,
    )
    refused = world.draft_with_image(city.officer, source="body_worn")
    requests.submit_request(request=refused, version=refused.draft.version)
    assert findings() == []
    published()
    done = audit_record()
    assert list(done.findings) == []
    assert b'"findings":0' in bytes(Entry.objects.get(index=done.index).entry)


def test_a_fact_without_an_entry_is_found(city):
    grant_without_entry(city)
    [finding] = findings()
    assert finding.startswith("people.RoleGrant: 1 rows without an entry (")


def test_an_entry_without_its_fact_and_one_told_twice_are_found(city):
    for person in (city.officer.pk, 987_654):
        services.append_entry(
            event=events.ACCOUNT_CREATED,
            public={"agency": "lapd"},
            committed={"person": person, "username": "x"},
        )
    told = findings()
    assert any("people.Person: 1 entries without a row" in one for one in told)
    assert any(
        f"people.Person: 1 rows with several entries ({city.officer.pk})" in one for one in told
    )


def test_a_sealed_entry_excuses_its_own_fact_and_no_other(city):
    entry = Entry.objects.filter(kind=events.ROLE_GRANTED.number).first()
    services.propose_sealing(entry=entry.index, basis="Order 1", person="a")
    services.confirm_sealing(entry=entry.index, person="b")
    assert findings() == []
    grant_without_entry(city)
    assert len(findings()) == 1


def test_findings_are_recorded_and_the_command_fails(city, published):
    published()
    grant_without_entry(city)
    with pytest.raises(CommandError, match=r"people\.RoleGrant: 1 rows without an entry"):
        call_command("audit_record")
    entry = Entry.objects.order_by("-index").first()
    assert b'"event":"self-audit"' in bytes(entry.entry)
    assert b'"findings":1' in bytes(entry.entry)
    [opened] = open_fields(entry.index, ["sentences"])
    assert "people.RoleGrant" in opened.value


def test_an_edited_entry_is_found(city, published):
    published()
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER only_grows")
        cursor.execute("UPDATE ledger_entry SET entry = entry || ' '::bytea WHERE index = 0")
    done = audit_record()
    assert any("an entry was changed" in finding for finding in done.findings)


def test_the_nightly_task_records_what_it_found(city, published):
    published()
    tasks.audit()
    assert b'"event":"self-audit"' in bytes(Entry.objects.order_by("-index").first().entry)


def test_declarations_that_could_not_be_checked_are_refused():
    with pytest.raises(RecordError, match="declared twice"):
        declare(FactTable("people.Person", (events.ACCOUNT_CREATED,), "person"))
    with pytest.raises(RecordError, match="does not commit to grant"):
        declare(FactTable("people.X", (events.ACCOUNT_CREATED,), "grant"))


def test_a_table_that_cannot_be_read_is_a_finding_and_stops_nothing(city):
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("REVOKE ALL ON people_certificate FROM oversight_web")
    assert findings() == ["people.Certificate: could not be compared (ProgrammingError)"]


def test_moments_are_compared_however_they_are_written(city):
    request = world.draft_with_image(city.officer)
    submission, _ = requests.submit_request(request=request, version=request.draft.version)
    assert findings() == []
    with past_the_triggers("requests_submission") as cursor:
        cursor.execute(
            "UPDATE requests_submission SET submitted_at = submitted_at - interval '1 s'"
        )
    assert findings() == [
        f"requests.Submission: 1 rows that are not as recorded ({submission.pk}: at)"
    ]


def test_what_is_compared_and_what_is_not_is_published_with_its_digest(city, published, client):
    published()
    entry = Entry.objects.get(index=audit_record().index)
    text = client.get("/ledger/compared.txt").content
    assert b"leads.Judgement: compared at, candidate, content" in text
    assert b"not compared adopter" in text
    digest = hashlib.sha256(text).hexdigest()
    assert entry.document["public"]["document"] == f"sha256:{digest}"


def test_every_declared_table_and_column_exists():
    assert len(fact_tables()) >= 15
    for table in fact_tables():
        apps.get_model(table.model)._default_manager.values_list(table.column).order_by().exists()
        assert table.field == INDEX or all(table.field in kind.committed for kind in table.kinds)


@contextmanager
def past_the_triggers(*tables):
    """As someone with the database's highest powers, who takes the triggers away first."""
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor


def test_a_value_changed_alike_in_the_row_and_beside_its_entry_is_found(city):
    """The leaf stays as it was, and so does the signed root: only the commitment tells."""
    entry = Entry.objects.filter(kind=events.ROLE_GRANTED.number).first().index
    with past_the_triggers("ledger_secret") as cursor:
        cursor.execute(
            "UPDATE ledger_secret SET fields = jsonb_set(fields, '{role}', '\"none\"')"
            " WHERE entry = %s",
            [entry],
        )
    [finding] = findings_in_contents()
    assert finding == (
        f"the record: 1 entries whose closed part is not what they committed to ({entry})"
    )


def test_an_entry_filed_under_another_kind_hides_no_missing_row(city):
    entry = Entry.objects.filter(kind=events.ROLE_GRANTED.number).first()
    with past_the_triggers("ledger_entry", "people_rolegrant") as cursor:
        cursor.execute("UPDATE ledger_entry SET kind = 1 WHERE index = %s", [entry.index])
        [told] = open_fields(entry.index, ["grant"])
        cursor.execute("DELETE FROM people_rolegrant WHERE id = %s", [int(told.value)])
    assert findings() == []
    [finding] = findings_in_contents()
    assert f"filed under another kind of event than they state ({entry.index})" in finding


def test_a_key_destroyed_without_two_people_is_found(city, published):
    entry = Entry.objects.filter(kind=events.ROLE_GRANTED.number).first().index
    with past_the_triggers("ledger_secret") as cursor:
        cursor.execute(
            "UPDATE ledger_secret SET key = NULL, fields = NULL, sealed_by = 0 WHERE entry = %s",
            [entry],
        )
    published()
    [finding] = audit_record().findings
    assert finding == (
        f"the record: 1 entries whose key is gone although nobody sealed them ({entry})"
    )


def test_sealing_as_the_law_asks_is_no_finding_and_one_that_opened_again_is(city):
    entry = Entry.objects.filter(kind=events.ROLE_GRANTED.number).first().index
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT key, fields::text FROM ledger_secret WHERE entry = %s", [entry])
        kept = cursor.fetchone()
    services.propose_sealing(entry=entry, basis="Order 1", person="a")
    services.confirm_sealing(entry=entry, person="b")
    assert findings_in_contents() == []
    with past_the_triggers("ledger_secret") as cursor:
        cursor.execute(
            "UPDATE ledger_secret SET key = %s, fields = %s, sealed_by = NULL WHERE entry = %s",
            [*kept, entry],
        )
    [finding] = findings_in_contents()
    assert f"sealed entries that can still be opened ({entry})" in finding


def test_an_old_entry_with_a_field_that_its_kind_has_no_more_is_no_finding(city, monkeypatch):
    monkeypatch.setattr(contents, "kinds", list)
    assert Entry.objects.exists()
    assert findings_in_contents() == []


def test_what_is_recorded_while_the_audit_counts_is_no_finding(city, published):
    """The entries and their number are read as of one moment."""
    published()
    checkpoint = check_published(Configuration.from_settings())

    def append_meanwhile(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "count(" in sql.lower() and not appended:
            appended.append(True)
            services.append_entry(event=WITHDRAWN, public=PUBLIC, committed=COMMITTED)
        return result

    appended: list[bool] = []
    with connection.execute_wrapper(append_meanwhile):
        check_database(checkpoint)
    assert appended
