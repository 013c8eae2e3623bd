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
    "requests.SearchRequest": "a draft is no act yet; its submission is one",
    "requests.Permission": "told by the entry of its authorization",
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
    "transparency.EarlierSearch": "told by the thousand: the entry of an import holds their digest",
}
"""Each with what tells of it instead. Add to it only what no entry of its own is owed for."""

CLOSED = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal
AND (p.proname LIKE '%refuse%' OR p.proname LIKE '%only_expunge')
AND c.relname NOT LIKE 'ledger%'"""


def closed_models():
    """Labels of the models whose tables refuse change; the record's own tables are the record."""
    labels = {model._meta.db_table: model._meta.label for model in apps.get_models()}
    with connection.cursor() as cursor:
        cursor.execute(CLOSED)
        return {labels[table] for (table,) in cursor.fetchall()}


def test_every_table_closed_to_change_is_declared_or_says_what_tells_of_it():
    declared = {table.model for table in fact_tables()}
    closed = closed_models()
    assert len(closed) > 30
    assert sorted(closed - declared - TOLD_OTHERWISE.keys()) == []


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
