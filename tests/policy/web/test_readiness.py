"""A process that cannot trust its rules says that it is not ready, or does not start."""

import shutil

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from oversight.policy import gate, standing
from oversight.policy.engine import adoption
from tests.interface.markup import Page, faults
from tests.policy.documents import facts
from tests.policy.web.scene import adopted, browser_of

pytestmark = pytest.mark.django_db


def emptied(folder):
    shutil.rmtree(folder)
    folder.mkdir()


def edited(folder):
    path = folder / "sf-19b-2019.toml"
    path.write_text(path.read_text().replace("forbid (", "permit ("))


def added(folder):
    (folder / "more.toml").write_text("")


def valid_no_more(monkeypatch):
    """What was adopted has become invalid, as it may with a new version of this program."""
    monkeypatch.setattr(standing, "_kept", {})
    monkeypatch.setattr(adoption, "LARGEST_PACK", 100)


@pytest.fixture
def packs(tmp_path, monkeypatch):
    copy = tmp_path / "packs"
    shutil.copytree(gate.PACKS, copy)
    monkeypatch.setattr(gate, "PACKS", copy)
    return copy


def test_whole_rules_are_ready(client, packs):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.parametrize(
    ("change", "told"),
    [(emptied, "is missing"), (edited, "sf-19b-2019.toml: differs"), (added, "more.toml: differs")],
)
def test_rules_that_were_emptied_or_changed_are_not(client, packs, change, told):
    change(packs)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert told in answer.json()["rules"]
    gate.load_policy.cache_clear()
    try:
        with pytest.raises(ImproperlyConfigured, match="The gate does not start"):
            apps.get_app_config("policy").ready()
    finally:
        gate.load_policy.cache_clear()


def test_an_adopted_instrument_that_is_valid_no_more_is_told(client, house, monkeypatch):
    adopted(house)
    assert client.get("/readyz").status_code == 200
    valid_no_more(monkeypatch)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "Keep it under" in answer.json()["rules"]


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/rules/", "The rules cannot be applied right now"),
        ("/es/rules/", "Las reglas no se pueden aplicar en este momento"),
        ("/would-it-be-allowed/", "The rules cannot be applied right now"),
    ],
)
def test_pages_that_need_the_law_say_that_nothing_is_decided(
    client, house, monkeypatch, path, heading
):
    adopted(house)
    assert client.get(path).status_code == 200
    valid_no_more(monkeypatch)
    answer = client.get(path)
    page = Page(answer.content.decode())
    assert (answer.status_code, page.one("h1").text) == (503, heading)
    assert "Keep it under 500,000 bytes." in page.one("main").text
    assert answer["Cache-Control"] == "no-store"
    assert faults(page) == []


def test_an_office_gets_the_same_answer_and_can_still_suspend(house, monkeypatch):
    adopted(house)
    board = browser_of(house.board)
    administrator = browser_of(house.administrator)
    valid_no_more(monkeypatch)
    answer = administrator.get(reverse("policy:sunset"))
    assert answer.status_code == 503
    assert "no search is permitted" in answer.content.decode()
    with pytest.raises(gate.PackError, match="Keep it under"):
        gate.decide_request(facts())
    assert board.get(reverse("policy:suspend")).status_code == 200
