"""A process that cannot trust its rules says that it is not ready, or does not start."""

import shutil

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from oversight.policy import gate, standing
from oversight.policy.engine import adoption
from tests.policy.web.scene import adopted

pytestmark = pytest.mark.django_db


def emptied(folder):
    shutil.rmtree(folder)
    folder.mkdir()


def edited(folder):
    path = folder / "sf-19b-2019.toml"
    path.write_text(path.read_text().replace("forbid (", "permit ("))


def added(folder):
    (folder / "more.toml").write_text("")


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
    monkeypatch.setattr(standing, "_kept", {})
    monkeypatch.setattr(adoption, "LARGEST_PACK", 100)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "Keep it under" in answer.json()["rules"]
