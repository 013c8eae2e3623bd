"""What changes in a gallery is in the record, whoever changes it."""

import pytest
from django.db import connection

from oversight.ledger.facts import fact_tables, findings_in
from recognition.gallery.registry import open_gallery
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db


def entries_of(kind: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE kind = %s", [kind])
        return cursor.fetchone()[0]


def test_opening_a_gallery_and_activating_a_model_are_recorded(city):
    assert entries_of(410) == 1
    assert entries_of(412) == 1


def test_the_enroller_cannot_leave_the_entry_out(city):
    with acting_as("enroller"):
        open_gallery(slug="second", name="Second", kind="booking", custodian="Sheriff")
    assert entries_of(410) == 2


def test_every_fact_of_the_city_has_its_entry(city):
    with acting_as("owner"):
        assert [finding for table in fact_tables() for finding in findings_in(table)] == []
