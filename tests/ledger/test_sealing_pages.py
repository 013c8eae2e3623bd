"""Sealing and legal holds as two people do them, on the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from oversight.ledger import services
from oversight.ledger.events import ENTRY_READ
from oversight.ledger.models import Entry
from oversight.ledger.selectors import commitments_of
from oversight.people.models import Role
from oversight.requests.events import WITHDRAWN
from tests import world
from tests.conftest import acting_as
from tests.interface.markup import Page, faults

pytestmark = pytest.mark.django_db

BASIS = "Penal Code 851.8, order of the Superior Court"


@pytest.fixture
def city():
    return world.make_city()


@pytest.fixture
def people(city):
    """An administrator and an auditor, signed in, identity just confirmed."""
    return [browser(city, role) for role in (Role.ADMINISTRATOR, Role.AUDITOR)]


def browser(city, role):
    with acting_as("owner"):
        person = world.make_person(str(role), role, city.agency, None)
    client = Client()
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": world.PASSWORD})
    return client


@pytest.fixture
def entry(city):
    return services.append_entry(
        event=WITHDRAWN,
        public={"agency": "lapd", "day": "2026-03-04"},
        committed={"request": "26-0114", "at": "2026-03-04T14:05:00-08:00"},
    )


def page(answer):
    shown = Page(answer.content.decode())
    assert faults(shown) == []
    return shown.one("main").text


def address(name, entry):
    return reverse(f"ledger:{name}", args=[entry])


def test_one_proposes_another_confirms_and_the_key_is_gone(people, entry):
    administrator, auditor = people
    assert "An officer withdrew a request" in page(administrator.get(address("seal", entry)))
    answer = administrator.post(address("seal", entry), {"basis": BASIS}, follow=True)
    text = page(answer)
    assert BASIS in text
    assert "Waiting for a second person" in text
    assert "Administrator Example" in text
    text = page(administrator.get(address("seal", entry)))
    assert "You have proposed this" in text
    assert "Destroy the key" not in text
    assert commitments_of(entry) != {}
    text = page(auditor.get(address("seal", entry)))
    assert "Administrator Example proposed to seal this entry" in text
    assert BASIS in text
    answer = auditor.post(address("seal", entry), {"sure": "on", "basis": BASIS}, follow=True)
    assert commitments_of(entry) == {}
    sealing = Entry.objects.order_by("-index").first()
    assert str(sealing.index) in page(answer)
    assert sealing.document["public"]["basis"] == BASIS
    text = page(auditor.get(address("seal", entry)))
    assert "This entry is sealed" in text
    assert "Propose to seal" not in text


def test_without_a_word_or_a_second_person_nothing_is_sealed(people, entry):
    administrator, auditor = people
    administrator.post(address("seal", entry), {"basis": BASIS})
    for client, typed in ((auditor, {}), (administrator, {"sure": "on", "basis": "Another law"})):
        client.post(address("seal", entry), typed)
        assert commitments_of(entry) != {}
    assert "Another law" in page(auditor.get(address("seal", entry)))


def test_a_basis_that_changed_while_the_second_person_read_it_is_read_again(people, entry):
    administrator, auditor = people
    administrator.post(address("seal", entry), {"basis": BASIS})
    shown = Page(auditor.get(address("seal", entry)).content.decode())
    read = shown.one("input", name="basis").attrs["value"]
    assert read == BASIS
    administrator.post(address("seal", entry), {"basis": "Another law"})
    answer = auditor.post(address("seal", entry), {"sure": "on", "basis": read})
    assert answer.status_code == 422
    assert "changed since you read it" in page(answer)
    assert commitments_of(entry) != {}
    auditor.post(address("seal", entry), {"sure": "on", "basis": "Another law"})
    assert commitments_of(entry) == {}


def test_a_basis_is_asked_for_and_what_was_typed_is_kept(people, entry):
    administrator, _ = people
    answer = administrator.post(address("seal", entry), {"basis": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()
    assert "Enter “Legal basis”" in page(administrator.post(address("seal", entry), {"basis": ""}))


def test_a_hold_forbids_the_sealing_until_it_is_lifted(people, entry):
    administrator, auditor = people
    administrator.post(address("seal", entry), {"basis": BASIS})
    answer = auditor.post(address("hold", entry), {"reference": "Doe v. City"}, follow=True)
    assert "Propose to lift this hold Doe v. City" in page(answer)
    assert "Doe v. City" in page(auditor.get(reverse("ledger:sealings")))
    assert "under a legal hold" in page(auditor.get(address("seal", entry)))
    text = page(auditor.post(address("seal", entry), {"sure": "on"}))
    assert "It cannot be sealed until every hold on it is lifted" in text
    assert "Destroy the key" not in text
    assert commitments_of(entry) != {}
    held = {"reference": "Doe v. City"}
    where = address("lift", entry)
    text = page(auditor.post(where, held | {"act": "propose"}, follow=True))
    assert "You have proposed to lift it" in text
    assert "Confirm" not in text
    answer = auditor.post(where, held | {"act": "lift"}, follow=True)
    assert "must be lifted by a second person" in answer.content.decode()
    text = page(administrator.get(address("hold", entry)))
    assert "Auditor Example has proposed to lift it" in text
    assert "Auditor Example" in page(administrator.get(reverse("ledger:sealings")))
    text = page(administrator.post(where, held | {"act": "keep"}, follow=True))
    assert "Propose to lift this hold" in text
    auditor.post(where, held | {"act": "propose"})
    text = page(administrator.post(where, held | {"act": "lift"}, follow=True))
    assert "No hold is in force" in text
    auditor.post(address("seal", entry), {"sure": "on", "basis": BASIS})
    assert commitments_of(entry) == {}
    assert "could not bring it back" in page(auditor.get(address("hold", entry)))


def test_a_hold_that_stands_or_was_lifted_already_is_told(people, entry):
    _, auditor = people
    for _ in range(2):
        answer = auditor.post(address("hold", entry), {"reference": "Doe"})
    assert "refused" in page(answer)
    answer = auditor.post(address("lift", entry), {"reference": "Roe"}, follow=True)
    assert f"entry {entry} is under no open hold Roe" in answer.content.decode()


def test_a_proposal_is_withdrawn_by_its_author_or_refused_by_another(people, entry):
    administrator, auditor = people
    for client, button in ((administrator, "Withdraw the proposal"), (auditor, "Refuse the propo")):
        administrator.post(address("seal", entry), {"basis": BASIS})
        assert button in page(client.get(address("seal", entry)))
        answer = client.post(address("withdraw", entry), follow=True)
        assert "The entry stays as it is" in answer.content.decode()
        assert "Withdrawn, entry" in page(answer)
        assert button not in page(client.get(address("seal", entry)))
    answer = auditor.post(address("withdraw", entry), follow=True)
    assert f"nobody has proposed to seal entry {entry}" in answer.content.decode()
    assert client.get(address("withdraw", entry)).status_code == 405
    assert commitments_of(entry) != {}


def test_entries_of_the_record_itself_are_never_sealed(people):
    _, auditor = people
    committed = dict.fromkeys(ENTRY_READ.committed)
    reading = services.append_entry(
        event=ENTRY_READ, public={"day": "2026-03-04"}, committed=committed
    )
    text = page(auditor.get(address("seal", reading)))
    assert "stays open" in text
    assert "Propose to seal" not in text
    answer = auditor.post(address("seal", reading), {"basis": BASIS})
    assert "stays open" in page(answer)
    assert commitments_of(reading) != {}


@pytest.mark.parametrize(("to", "name"), [("seal", "seal"), ("hold", "hold"), ("", "seal")])
def test_an_entry_is_found_by_its_number(people, entry, to, name):
    _, auditor = people
    answer = auditor.get(reverse("ledger:sealings"), {"entry": entry, "to": to})
    assert answer["Location"] == address(name, entry)
    for wrong in ("999999", "-1", "twelve", ""):
        answer = auditor.get(reverse("ledger:sealings"), {"entry": wrong})
        assert answer.status_code == 422
        page(answer)


def test_sealing_asks_again_who_one_is_and_others_do_not_find_the_pages(city, entry):
    with acting_as("owner"):
        fresh = world.make_person("fresh", Role.AUDITOR, city.agency, None)
    client = Client()
    client.force_login(fresh)
    assert "reauthenticate" in client.get(address("seal", entry)).url
    for person in (city.officer, city.supervisor):
        client.force_login(person)
        for where in (address("seal", entry), address("hold", entry), reverse("ledger:sealings")):
            assert client.get(where).status_code == 404
