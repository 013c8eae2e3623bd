"""Finished pages: handed out at no cost, and never a moment longer than they are true."""

import re
from datetime import date

import pytest
from django.db import DatabaseError
from django.test import Client
from django.test.signals import template_rendered
from django.utils import timezone

from oversight.people.models import RoleGrant
from oversight.policy import services as policy
from oversight.transparency import frozen, statistics
from oversight.transparency.services import publish_edition
from tests.transparency.rows import Office, moment

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}
APRIL = {"start": date(2026, 4, 1), "end": date(2026, 5, 1)}


@pytest.fixture
def office(live_database):
    return Office()


@pytest.fixture
def client(office):
    return Client()


@pytest.fixture
def made():
    """The names of the pages that were made since, in order."""
    names = []

    def note(template, **_):
        if re.fullmatch(r"transparency/(landing|statistics|reports)\.html", template.name or ""):
            names.append(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def test_a_page_is_made_once_and_shown_again_with_all_its_headers(client, made):
    first, again = client.get("/statistics/"), client.get("/statistics/")
    assert len(made) == 1
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"):
        assert again[name]
    assert first["Cache-Control"] == "public, no-cache"
    assert "Cookie" in first["Vary"]


def test_a_browser_with_the_page_is_told_at_once_of_a_new_edition(client):
    """It was told to keep the page for a minute once, and showed an old one after a publication."""
    before = client.get("/statistics/")
    assert "Nothing has been published yet" in before.content.decode()
    has_it = {"if-none-match": before["ETag"]}
    same = client.get("/statistics/", headers=has_it)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", before["ETag"])
    publish_edition(**MARCH)
    fresh = client.get("/statistics/", headers=has_it)
    assert fresh.status_code == 200
    assert "return of zero" in fresh.content.decode()
    assert fresh["ETag"] != before["ETag"]


def test_a_halt_and_its_end_show_at_once_on_a_kept_page(client, office):
    RoleGrant.objects.create(person=office.officer, role="board", held_from=date(2020, 1, 1))
    halted = "All use of face recognition is suspended"
    assert halted not in client.get("/").content.decode()
    policy.suspend_use(person=office.officer, reason="An error was found.")
    assert halted in client.get("/").content.decode()
    policy.lift_suspension(person=office.officer, reason="It was corrected.")
    assert halted not in client.get("/").content.decode()


def test_a_publication_while_a_page_is_made_is_not_missed(client, monkeypatch):
    render = statistics.render_to_string

    def publish_meanwhile(*arguments):
        monkeypatch.undo()
        publish_edition(**MARCH)
        return render(*arguments)

    monkeypatch.setattr(statistics, "render_to_string", publish_meanwhile)
    assert "Nothing has been published yet" in client.get("/statistics/").content.decode()
    assert "return of zero" in client.get("/statistics/").content.decode()


def test_each_address_has_a_page_of_its_own(client, made):
    english, spanish = client.get("/statistics/"), client.get("/es/statistics/")
    assert english.content != spanish.content
    assert client.get("/reports/").content not in (english.content, spanish.content)
    assert client.get("/statistics/", headers={"host": "localhost"}).status_code == 200
    assert client.get("/statistics/", headers={"host": "evil.example"}).status_code == 400
    assert len(made) == 4


def test_invented_parameters_fill_no_memory(client, made):
    for number in range(3):
        client.get(f"/reports/?x={number}")
        client.get(f"/reports/?x={number}")
    assert len(made) == 6


def test_whoever_is_signed_in_gets_a_page_that_nobody_keeps(client, office):
    client.get("/")
    client.force_login(
        office.officer, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    own = client.get("/")
    assert own["Cache-Control"] == "private, no-cache"
    assert "Sign out" in own.content.decode()
    assert "Sign out" not in Client().get("/").content.decode()


def test_a_page_is_made_again_after_a_minute_whatever_happens(client, made, monkeypatch):
    client.get("/")
    later = frozen.time.monotonic() + 61
    monkeypatch.setattr(frozen.time, "monotonic", lambda: later)
    client.get("/")
    assert len(made) == 2


def test_no_page_is_handed_out_that_cannot_be_checked(client, monkeypatch):
    client.get("/")

    def broken():
        raise DatabaseError

    monkeypatch.setattr(frozen, "state_of_publication", broken)
    client.raise_request_exception = False
    assert client.get("/").status_code >= 500


def test_memory_is_bounded(client, made, monkeypatch):
    monkeypatch.setattr(frozen, "_ROOM", 1)
    for address in ("/", "/reports/", "/"):
        client.get(address)
    assert len(made) == 3


def test_what_is_not_there_and_what_is_not_asked_by_get_is_never_kept(client):
    assert client.get("/reports/9/").status_code == 404
    assert client.post("/").status_code == 405
    assert client.head("/").status_code == 200
    Office("glendale-pd").refuse(Office("lasd").send(moment("2026-04-04T14:05")))
    assert publish_edition(**APRIL).created_at <= timezone.now()
    assert client.get("/reports/1/").status_code == 200
