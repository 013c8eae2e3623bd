"""No proof, no search: and the proof of another search's entry is none."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from oversight.ledger import proofs
from oversight.ledger import services as record
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.selectors import DatabaseEntries
from oversight.requests import services
from oversight.requests.models import Permission, SignOff
from oversight.requests.proving import prove_authorization
from recognition.models import Authorization
from tests import world
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def authorize(city):
    def run():
        request = world.draft_with_image(city.officer)
        submission, _ = services.submit_request(request=request, version=request.draft.version)
        services.sign_off_submission(
            submission=submission,
            supervisor=city.supervisor,
            verdict=SignOff.Verdict.APPROVED,
            opened_at=submission.submitted_at,
        )
        named = Permission.objects.get(submission=submission).authorization
        return Authorization.objects.get(pk=named)

    return run


@pytest.fixture
def publish(settings, tmp_path, monkeypatch):
    settings.LEDGER_PUBLISHED = str(tmp_path / "published")
    settings.LEDGER_STATE = str(tmp_path / "state")
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0
    monkeypatch.setattr(proofs, "PATIENCE", 0.2)

    def run():
        with Checkpointer(Configuration.from_settings(), DatabaseEntries()) as checkpointer:
            checkpointer.publish()

    return run


def test_the_worker_gets_the_proof_of_its_own_authorization_and_of_no_other(authorize, publish):
    one, other = authorize(), authorize()
    publish()
    with acting_as("worker"):
        for each in (one, other):
            proof = prove_authorization(each.ledger_index, each.pk)
            assert f"\nindex {each.ledger_index}\n" in proof
        assert prove_authorization(one.ledger_index, other.pk) is None
        assert prove_authorization(other.ledger_index, one.pk) is None
        assert prove_authorization(one.ledger_index, uuid4()) is None


def test_an_entry_of_another_kind_proves_nothing(authorize, publish):
    one = authorize()
    publish()
    with acting_as("worker"):
        assert prove_authorization(one.ledger_index - 1, one.pk) is None


def test_an_unsigned_and_a_sealed_entry_prove_nothing(authorize, publish):
    one = authorize()
    with acting_as("worker"):
        assert prove_authorization(one.ledger_index, one.pk) is None
    publish()
    record.propose_sealing(entry=one.ledger_index, basis="Order 1", person="a")
    record.confirm_sealing(entry=one.ledger_index, person="b")
    with acting_as("worker"):
        assert prove_authorization(one.ledger_index, one.pk) is None


def test_a_database_that_lies_about_the_field_is_not_believed(authorize, publish):
    one, other = authorize(), authorize()
    publish()
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_secret DISABLE TRIGGER only_sealed")
        cursor.execute(
            "UPDATE ledger_secret SET fields = jsonb_set(fields, '{authorization}', to_jsonb(%s::text))"
            " WHERE entry = %s",
            [str(other.pk), one.ledger_index],
        )
        cursor.execute("ALTER TABLE ledger_secret ENABLE ALWAYS TRIGGER only_sealed")
    with acting_as("worker"):
        assert prove_authorization(one.ledger_index, other.pk) is None


def test_the_worker_learns_that_one_field_and_nothing_else(authorize):
    one = authorize()
    with acting_as("worker"), connection.cursor() as cursor:
        cursor.execute("SELECT value FROM requests_authorization_told(%s)", [one.ledger_index])
        assert cursor.fetchall() == [(f'"{one.pk}"',)]
        cursor.execute("SELECT value FROM requests_authorization_told(%s)", [one.ledger_index - 1])
        assert cursor.fetchall() == []
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("SELECT * FROM ledger_open(%s, ARRAY['probe'])", [one.ledger_index])
