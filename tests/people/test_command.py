"""``manage.py people``: how an installation comes by its people, and how they go."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from oversight.ledger.facts import fact_tables, findings_in
from oversight.ledger.models import Entry
from oversight.people.models import Person
from oversight.people.selectors import current_training, roles_of
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db

# Far enough from today on either side, whatever the clock says when a test runs.
LAST_WEEK = str(timezone.localdate() - timedelta(days=7))
NEXT_YEAR = str(timezone.localdate() + timedelta(days=365))


def people(*words: str) -> str:
    out = StringIO()
    with acting_as("owner"):
        call_command("people", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def officer(db) -> str:
    """An officer made from nothing; returns the first password."""
    people("agency", "lapd", "Los Angeles Police Department")
    people("unit", "lapd", "Robbery-Homicide Division", "--area", "Central")
    unit = ("--agency", "lapd", "--unit", "Robbery-Homicide Division")
    said = people("add", "ortiz", "Dana Ortiz", *unit, "--email", "ortiz@example.org")
    people("grant", "ortiz", "officer", "--from", LAST_WEEK, "--until", NEXT_YEAR)
    days = ("--completed", LAST_WEEK, "--expires", NEXT_YEAR)
    people("train", "ortiz", "Facial comparison", "--level", "review", *days)
    return re.search(r"changed: (\S+)", said)[1]


def test_an_officer_made_from_nothing_signs_in_and_may_ask(client, officer):
    answer = client.post(reverse("account_login"), {"login": "ortiz", "password": officer})
    assert answer.status_code == 302
    page = client.get(reverse("requests:mine")).content.decode()
    assert "Start a request" in page
    person = Person.objects.get()
    assert roles_of(person, on=timezone.localdate()) == {"officer"}
    assert current_training(person, on=timezone.localdate()).expires_on.isoformat() == NEXT_YEAR
    assert "ortiz · Dana Ortiz · Robbery-Homicide Division · officer" in people("list")


def test_every_act_has_its_entry_and_none_tells_a_name(officer):
    people("suspend", "ortiz", "--reason", "An inquiry")
    people("reinstate", "ortiz", "--reason", "It found nothing")
    people("password", "ortiz", "--reason", "Forgotten")
    people("close", "ortiz", "--reason", "Retired")
    entries = [bytes(each.entry).decode() for each in Entry.objects.order_by("index")]
    told = re.findall(r'"event":"([a-z-]+)"', " ".join(entries))
    assert told == [
        *("account-created", "role-granted", "training-recorded", "account-suspended"),
        *("account-reinstated", "password-reset", "account-closed"),
    ]
    assert not any("ortiz" in entry.lower() or "Retired" in entry for entry in entries)
    ours = [each for each in fact_tables() if each.model.startswith("people.")]
    assert [finding for table in ours for finding in findings_in(table)] == []


def test_a_new_password_ends_the_session_and_a_closed_account_its_roles(client, officer):
    client.post(reverse("account_login"), {"login": "ortiz", "password": officer})
    said = people("password", "ortiz", "--reason", "Forgotten")
    assert client.get(reverse("requests:mine")).status_code == 302
    signing_in = {"login": "ortiz", "password": re.search(r"changed: (\S+)", said)[1]}
    client.post(reverse("account_login"), signing_in)
    assert client.get(reverse("requests:mine")).status_code == 200
    people("close", "ortiz", "--reason", "Retired")
    assert client.get(reverse("requests:mine")).status_code == 302
    assert roles_of(Person.objects.get(), on=timezone.localdate()) == frozenset()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "ortiz", "Another", "--agency", "lapd"], "taken"),
        (["add", "new", "New", "--agency", "nowhere"], "Agency"),
        (["add", "new", "New", "--agency", "lapd", "--unit", "None such"], "Unit"),
        (["add", "new", "New", "--agency", "lapd", "--email", "nobody"], "email"),
        (["grant", "nobody", "officer", "--until", NEXT_YEAR], "Person"),
        (["grant", "ortiz", "officer", "--until", "2020-01-01"], "before its beginning"),
        (["agency", "Not a slug", "Name"], "slug"),
        (["reinstate", "ortiz", "--reason", "None"], "so already"),
    ],
)
def test_unusable_input_says_why_and_changes_nothing(officer, words, said):
    before = Person.objects.count(), Entry.objects.count()
    with pytest.raises(CommandError, match=said) as refused:
        people(*words)
    assert refused.value.returncode == 2
    assert (Person.objects.count(), Entry.objects.count()) == before
