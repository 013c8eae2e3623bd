"""Facts changed past every trigger are named by the audit, with what is no longer as it was told."""

import json

import pytest
from django.db import connection, transaction

from oversight.leads.models import Result
from oversight.ledger.facts import fact_tables, findings_in
from oversight.ledger.selectors import entries_telling, open_fields
from oversight.requests.events import SEARCH_RUN
from recognition.models import Candidate, Run
from tests.conftest import acting_as
from tests.leads import scene as scenes

TAMPERED = (
    ("recognition_run", "templates_compared = 9", "recognition.Run", "templates"),
    ("recognition_run", "candidate_count = 2", "recognition.Run", "candidates"),
    ("recognition_run", "model_sha256 = repeat('0', 64)", "recognition.Run", "model"),
    ("recognition_run", "finished_at = finished_at + '1 s'", "recognition.Run", "at"),
    ("recognition_candidate", "image_id = 4 - image_id", "recognition.Run", "candidates_digest"),
    ("recognition_opening", "opened_at = now() + '1 d'", "recognition.Opening", "at"),
    ("requests_signoff", "verdict = 'returned', reasons = '[1]'", "requests.SignOff", "@event"),
    ("requests_decision", "document = '{}'", "requests.Decision", "document"),
    ("requests_decision", "facts = facts - 'case'", "requests.Decision", "facts"),
    ("leads_judgement", "support = 'limited_same'", "leads.Judgement", "support"),
    ("leads_judgement", "note = note || ' and the ear'", "leads.Judgement", "content"),
    ("leads_judgement", "features = '{}'", "leads.Judgement", "content"),
    ("leads_judgement", "recorded_at = recorded_at + '1 s'", "leads.Judgement", "at"),
    ("leads_viewing", "viewed_at = viewed_at + '-1 d'", "leads.Viewing", "at"),
    ("leads_result", "kind = 'no_lead', candidate = NULL", "leads.Result", "@event candidate"),
    ("people_certificate", "expires_on = '2099-01-01'", "people.Certificate", "expires_on"),
)


def findings():
    return [finding for table in fact_tables() for finding in findings_in(table)]


@pytest.fixture
def lead(scene, comparison):
    """A search from request to lead."""
    with acting_as("owner"):
        named = Candidate.objects.get(rank=1).pk
    for examiner in (scene.first, scene.second):
        scenes.examine(comparison, examiner, named)
    assert Result.objects.get().kind == Result.Kind.LEAD


def test_a_run_commits_to_all_its_figures(scene, comparison):
    run = Run.objects.get()
    [entry] = entries_telling([SEARCH_RUN], "run", [str(run.pk)])
    told = {one.name: json.loads(one.value) for one in open_fields(entry, [*SEARCH_RUN.committed])}
    assert (told["templates"], told["candidates"]) == (run.templates_compared, 3)
    assert told["model"] == run.model_sha256
    assert told["gallery_digest"] == run.gallery_digest
    assert told["candidates_digest"] == run.candidates_sha256


def test_what_a_superuser_changes_in_facts_is_named_with_the_field(lead):
    assert findings() == []
    for table, change, model, fields in TAMPERED:
        with transaction.atomic():
            with acting_as("owner"), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                cursor.execute(f"UPDATE {table} SET {change}")
                assert cursor.rowcount > 0
            found = [one for one in findings() if one.startswith(f"{model}: ")]
            transaction.set_rollback(True)
        assert [one for one in found if "not as recorded" in one and f": {fields}" in one], change
    assert findings() == []
