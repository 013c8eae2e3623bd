"""The auditor's pages: finding entries, and reading them on the record."""

import json

import pytest
from django.urls import reverse

from oversight.ledger import services
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.models import Entry
from oversight.ledger.selectors import DatabaseEntries, open_fields
from oversight.people.models import Role
from oversight.requests.events import DECIDED, WITHDRAWN
from tests import world
from tests.conftest import acting_as
from tests.interface.markup import Page, faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return world.make_city()


@pytest.fixture
def auditor(client, city):
    with acting_as("owner"):
        person = world.make_person("auditor", Role.AUDITOR, city.agency, None)
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def published(settings, tmp_path):
    """Publishes the record; gives its policy."""
    settings.LEDGER_PUBLISHED = str(tmp_path / "published")
    settings.LEDGER_STATE = str(tmp_path / "state")
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0

    def publish():
        with Checkpointer(Configuration.from_settings(), DatabaseEntries()) as checkpointer:
            checkpointer.publish()
        return tmp_path / "published" / "policy.txt"

    return publish


@pytest.fixture
def entries():
    """A refused decision of March 4 and a withdrawal of April 1."""
    public = dict.fromkeys(DECIDED.public)
    return [
        services.append_entry(
            event=DECIDED,
            public=public
            | {"agency": "lapd", "day": "2026-03-04", "effect": "refuse", "rules": ["house/r1"]},
            committed=dict.fromkeys(DECIDED.committed) | {"decision": 5, "facts": "<b>26-0114</b>"},
        ),
        services.append_entry(
            event=WITHDRAWN,
            public={"agency": "glendale-pd", "day": "2026-04-01"},
            committed=dict.fromkeys(WITHDRAWN.committed),
        ),
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [True, True]),
        ("?kind=301", [True, False]),
        ("?agency=glendale-pd", [False, True]),
        ("?day=2026-03", [True, False]),
        ("?day=2026-03-04&agency=lapd&kind=301", [True, False]),
        ("?day=2026-04-01", [False, True]),
    ],
)
def test_entries_are_found_by_kind_agency_and_day(auditor, entries, query, shown):
    page = Page(auditor.get(f"/ledger/entries/{query}").content.decode())
    assert faults(page) == []
    links = {link.attrs["href"] for link in page.all("a")}
    found = [reverse("ledger:read", args=[index]) in links for index in entries]
    assert found == shown


def test_a_malformed_day_is_told_and_filters_nothing(auditor, entries):
    page = Page(auditor.get("/ledger/entries/?day=March").content.decode())
    assert "Write the day as 2026-03-04" in page.one("main").text


def test_the_list_downloads(auditor, entries):
    text = b"".join(auditor.get("/ledger/entries/?format=csv&kind=301")).decode()
    assert "house/r1" in text


def test_reading_shows_the_fields_escaped_and_is_recorded_with_the_purpose(auditor, entries):
    address = reverse("ledger:read", args=[entries[0]])
    page = Page(auditor.get(address).content.decode())
    assert faults(page) == []
    assert "26-0114" not in page.one("main").text
    answer = auditor.post(address, {"fields_to_read": ["facts"], "purpose": "Complaint 17"})
    page = Page(answer.content.decode())
    assert faults(page) == []
    assert "<b>26-0114</b>" in page.one("main").text
    assert b"<b>26-0114" not in answer.content
    last = Entry.objects.order_by("-index").first()
    names = ["reader", "entry", "fields", "purpose"]
    told = {one.name: json.loads(one.value) for one in open_fields(last.index, names)}
    assert told == {
        "reader": f"person:{auditor.person.pk}",
        "entry": entries[0],
        "fields": ["facts"],
        "purpose": "Complaint 17",
    }


def test_one_field_is_given_with_its_proof_and_the_others_stay_closed(
    auditor, entries, published, newspaper, tmp_path
):
    address = reverse("ledger:read", args=[entries[0]])
    asked = {"fields_to_read": ["facts"], "purpose": "Subpoena 4", "as_file": "yes"}
    before = Entry.objects.count()
    answer = auditor.post(address, asked)
    assert "No checkpoint covers this entry yet" in Page(answer.content.decode()).one("main").text
    assert Entry.objects.count() == before
    policy = published()
    answer = auditor.post(address, asked)
    assert answer["Content-Disposition"] == (
        f'attachment; filename="entry-{entries[0]}-opened.json"'
    )
    file = tmp_path / "opened.json"
    file.write_bytes(answer.content)
    code, said = newspaper("bundle", file, "--policy", policy)
    assert (code, f"in entries {entries[0]}" in said) == (0, True)
    [item] = json.loads(answer.content)["entries"]
    assert set(item["opened"]) == {"facts"}
    assert set(item["commitments"]) == set(DECIDED.committed)
    assert Entry.objects.count() == before + 1


@pytest.mark.parametrize(
    "typed",
    [{"purpose": "x"}, {"fields_to_read": ["facts"]}, {"fields_to_read": ["key"], "purpose": "x"}],
)
def test_without_purpose_or_field_nothing_is_shown_or_recorded(auditor, entries, typed):
    before = Entry.objects.count()
    answer = auditor.post(reverse("ledger:read", args=[entries[0]]), typed)
    page = Page(answer.content.decode())
    assert page.one("title").text.startswith("Error:")
    assert "26-0114" not in page.one("main").text
    assert Entry.objects.count() == before


def test_a_sealed_entry_says_so(auditor, entries):
    services.propose_sealing(entry=entries[0], basis="Order 1", person="a")
    services.confirm_sealing(entry=entries[0], person="b")
    answer = auditor.post(
        reverse("ledger:read", args=[entries[0]]), {"fields_to_read": ["facts"], "purpose": "x"}
    )
    assert "Nothing can be opened" in Page(answer.content.decode()).one("main").text


def test_others_do_not_find_these_pages(client, city, entries):
    client.force_login(city.officer)
    for address in (reverse("ledger:search"), reverse("ledger:read", args=[entries[0]])):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
