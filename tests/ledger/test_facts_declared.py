"""No kind of fact without its entry: every table that is closed to change is declared, or says why."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from oversight.ledger.facts import fact_tables, findings_in
from oversight.transparency.services import publish_edition
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db

TOLD_OTHERWISE = {
    "council.DocumentContent": "the bytes of a document, whose entry holds their digest",
    "requests.SearchRequest": "a draft is no act yet; its submission is one",
    "requests.Permission": "told by the entry of its authorization",
    "requests.Duty": "imposed by a decision, whose entry holds the digest of all it says",
    "leads.Comparison": "inserted by the database with its run, whose entry tells of it",
    "policy.ReplayResult": "computed from facts and rules that the entry of its run names",
    "recognition.FaceModel": "a description; using it is an activation, which is told",
    "recognition.Subject": "told by the entry of the batch that enrolled it",
    "recognition.Image": "told by the entry of the batch that enrolled it",
    "recognition.SealedPhotograph": "told by the entry of the batch that enrolled it",
    "recognition.Template": "told by the entry of the batch that enrolled it",
    "recognition.EnrolmentLine": "told by the entry of its batch",
    "recognition.Probe": "an upload to a draft; the entry of the submission names it",
    "recognition.ProbeImage": "a form of its probe",
    "recognition.Inspection": "what the machine saw on a probe; the facts of the decision hold it",
    "recognition.Handover": "an id given to the broker; it permits nothing",
    "recognition.OpeningVector": "told by the entry of its opening, which holds its digest",
    "recognition.Candidate": "told by the entry of its run, which holds the candidates' digest",
    "recognition.Proof": "a copy of the proof of an entry",
}
"""Each with what tells of it instead. Add to it only what no entry of its own is owed for."""

OPEN = {"people.Person": "an account: its password and standing change, its creation is the fact"}
"""Declared tables that stay open to change, each with the reason."""

CLOSED = """
SELECT c.relname, bit_or(t.tgtype::integer) FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgenabled = 'A' AND (p.proname = 'ledger_refuse_change'
    OR c.relname LIKE 'recognition%%'
        AND p.proname IN ('recognition_refuse_change', 'recognition_only_expunge'))
GROUP BY c.relname"""
"""The record's one function, or those of the machine, which knows no record."""

OWN_WAYS = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgtype & 32 <> 0 AND c.relname NOT LIKE ALL (ARRAY['ledger%%', 'recognition%%'])
AND p.proname <> 'ledger_refuse_change'"""

ONLY_ADDED_TO = """
SELECT table_name FROM information_schema.role_table_grants
WHERE grantee IN (SELECT rolname FROM pg_roles WHERE NOT rolsuper) AND table_schema = 'public'
AND grantee <> (SELECT tableowner FROM pg_tables WHERE tablename = table_name
    AND schemaname = 'public')
GROUP BY table_name HAVING bool_or(privilege_type = 'INSERT')
    AND NOT bool_or(privilege_type IN ('UPDATE', 'DELETE'))"""

REFUSED = 2 | 8 | 16 | 32  # pg_trigger.tgtype: before, on delete, update and truncate


def closed_models():
    """Labels of the models whose tables refuse update, delete and truncate, always."""
    labels = {model._meta.db_table: model._meta.label for model in apps.get_models()}
    with connection.cursor() as cursor:
        cursor.execute(CLOSED)
        found = cursor.fetchall()
    return {labels[table] for table, kinds in found if kinds & REFUSED == REFUSED}


def test_every_table_closed_to_change_is_declared_or_says_what_tells_of_it():
    declared = {table.model for table in fact_tables()}
    closed = closed_models()
    assert len(closed) > 30
    assert sorted(closed - declared - TOLD_OTHERWISE.keys()) == []


def test_every_table_of_facts_is_closed_by_the_record():
    declared = {table.model for table in fact_tables()}
    assert sorted(declared - closed_models() - OPEN.keys()) == []
    assert sorted(OPEN.keys() & closed_models()) == []


def test_no_room_closes_tables_in_a_way_of_its_own():
    with connection.cursor() as cursor:
        cursor.execute(OWN_WAYS)
        assert cursor.fetchall() == []


def test_a_table_that_services_can_only_add_to_is_closed():
    with connection.cursor() as cursor:
        cursor.execute(ONLY_ADDED_TO)
        added_to = {table for (table,) in cursor.fetchall()}
    labels = {model._meta.label for model in apps.get_models() if model._meta.db_table in added_to}
    assert len(labels) > 20
    assert sorted(labels - closed_models()) == []


def test_the_list_of_exceptions_names_closed_tables_that_are_not_declared():
    declared = {table.model for table in fact_tables()}
    assert sorted(TOLD_OTHERWISE.keys() - closed_models()) == []
    assert sorted(TOLD_OTHERWISE.keys() & declared) == []


def test_a_new_closed_table_without_an_entry_would_fail(monkeypatch):
    monkeypatch.delitem(TOLD_OTHERWISE, "recognition.Proof")
    with pytest.raises(AssertionError, match=r"recognition\.Proof"):
        test_every_table_closed_to_change_is_declared_or_says_what_tells_of_it()


def test_an_edition_is_told_by_its_entry_and_one_slipped_in_is_found():
    [table] = [table for table in fact_tables() if table.model == "transparency.Edition"]
    edition = publish_edition(start=date(2026, 3, 1), end=date(2026, 4, 1))
    assert findings_in(table) == []
    edition.pk, edition.period_from = 2, date(2026, 2, 1)
    with acting_as("owner"):
        edition.save(force_insert=True)
    assert findings_in(table) == ["transparency.Edition: 1 rows without an entry (2)"]
