"""Receipts: whoever acted gets the proof of it, and nobody else does."""

import json

import pytest
from django.urls import reverse

from oversight.ledger import services as record
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.models import Entry
from oversight.ledger.selectors import DatabaseEntries
from oversight.ledger.verifier import main
from oversight.people.models import Role
from oversight.requests import services
from oversight.requests.models import SignOff
from tests import world
from tests.conftest import acting_as
from tests.interface.markup import Page, faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(settings, tmp_path):
    settings.LEDGER_PUBLISHED = str(tmp_path / "published")
    settings.LEDGER_STATE = str(tmp_path / "state")
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0

    def run():
        with Checkpointer(Configuration.from_settings(), DatabaseEntries()) as checkpointer:
            checkpointer.publish()
        return tmp_path / "published" / "policy.txt"

    return run


@pytest.fixture
def submission(city):
    request = world.draft_with_image(city.officer)
    sent, _decision = services.submit_request(request=request, version=request.draft.version)
    return sent


@pytest.fixture
def signed(city, submission):
    sign_off, _decision = services.sign_off_submission(
        submission=submission,
        supervisor=city.supervisor,
        verdict=SignOff.Verdict.APPROVED,
        opened_at=submission.submitted_at,
    )
    return sign_off


def fetch(client, person, address):
    client.force_login(person)
    return client.get(address)


def opened(answer):
    """Kind of the one entry in a receipt, and what it says."""
    [item] = json.loads(answer.content)["entries"]
    told = {name: json.loads(one["value"]) for name, one in item["opened"].items()}
    return json.loads(item["entry"])["event"], told


def check(answer, policy, tmp_path):
    file = tmp_path / "receipt.json"
    file.write_bytes(answer.content)
    return main(["bundle", str(file), "--policy", str(policy)])


def test_the_officer_gets_the_proof_of_the_request_from_its_page(
    client, city, submission, publish, tmp_path
):
    policy = publish()
    address = reverse("requests:receipt", args=[submission.request.key])
    page = Page(
        fetch(client, city.officer, reverse("requests:status", args=[submission.request.key]))
        .content.decode()
    )  # fmt: skip
    assert address in {link.attrs["href"] for link in page.all("a")}
    before = Entry.objects.count()
    answer = fetch(client, city.officer, address)
    assert check(answer, policy, tmp_path) == 0
    event, told = opened(answer)
    assert event == "request-submitted"
    assert (told["submission"], told["case"]) == (submission.pk, "26-0114")
    assert b'"event":"receipt-given"' in bytes(Entry.objects.get(index=before).entry)
    assert Entry.objects.count() == before + 1


def test_the_supervisor_gets_the_proof_of_the_verdict_from_the_sheet(
    client, city, signed, publish, tmp_path
):
    policy = publish()
    address = reverse("requests:sign_off_receipt", args=[signed.submission_id])
    sheet = reverse("requests:sheet", args=[signed.submission_id])
    page = Page(fetch(client, city.supervisor, sheet).content.decode())
    assert address in {link.attrs["href"] for link in page.all("a")}
    answer = fetch(client, city.supervisor, address)
    assert check(answer, policy, tmp_path) == 0
    event, told = opened(answer)
    assert event == "request-approved"
    assert (told["sign_off"], told["supervisor"]) == (signed.pk, city.supervisor.pk)


def test_nobody_gets_anyone_elses_receipt(client, city, signed, publish):
    publish()
    own = reverse("requests:receipt", args=[signed.submission.request.key])
    verdict = reverse("requests:sign_off_receipt", args=[signed.submission_id])
    with acting_as("owner"):
        other = world.make_person("supervisor2", Role.SUPERVISOR, city.agency, city.unit)
    for person, address in (
        (city.colleague, own),
        (city.supervisor, own),
        (city.officer, verdict),
        (other, verdict),
    ):
        assert fetch(client, person, address).status_code == 404
    sheet = fetch(client, other, reverse("requests:sheet", args=[signed.submission_id]))
    assert verdict not in sheet.content.decode()


def test_a_draft_and_an_open_sheet_have_no_receipt(client, city, submission, publish):
    publish()
    draft = services.start_request(requester=city.officer)
    address = reverse("requests:receipt", args=[draft.key])
    assert fetch(client, city.officer, address).status_code == 404
    address = reverse("requests:sign_off_receipt", args=[submission.pk])
    assert fetch(client, city.supervisor, address).status_code == 404


def test_an_entry_not_signed_yet_or_sealed_gives_a_page_that_says_so(
    client, city, submission, publish
):
    address = reverse("requests:receipt", args=[submission.request.key])
    answer = fetch(client, city.officer, address)
    assert answer.status_code == 409
    page = Page(answer.content.decode())
    assert faults(page) == []
    assert "try again" in page.one("main").text
    [index] = [e.index for e in Entry.objects.filter(kind=300)]
    record.propose_sealing(entry=index, basis="Order 1", person="a")
    record.confirm_sealing(entry=index, person="b")
    publish()
    assert fetch(client, city.officer, address).status_code == 409
