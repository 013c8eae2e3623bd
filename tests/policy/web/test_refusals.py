"""How often a rule refused: read from what was published of the last year, and from nothing else."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from oversight.policy import figures
from oversight.transparency import refusals
from oversight.transparency.services import publish_edition
from tests.interface.markup import Page, faults
from tests.transparency.rows import PACIFIC, RULE, Office


def days_ago(days):
    return timezone.localdate() - timedelta(days)


def at(day):
    return datetime.combine(day, time(12), PACIFIC)


def told(rule="lapd-2021/officer-camera"):
    page = Page(Client().get(f"/rules/{rule}/").content.decode())
    assert faults(page) == []
    text = " ".join(page.one("main").text.split())
    return re.search(r"How often it refused last year (.*?) Requests that show", text)[1]


@pytest.fixture
def office(live_database, monkeypatch):
    refusals._told.cache_clear()
    monkeypatch.setattr(figures, "_sources", [refusals.published_refusals])
    return Office()


def test_nothing_is_told_before_it_is_published(office):
    office.refuse(office.send(at(days_ago(20))), RULE)
    assert told() == "Not yet published."


def test_refusals_of_the_last_year_are_told_and_the_same_days_count_once(office):
    for day in (390, 80, 80, 40):
        office.refuse(office.send(at(days_ago(day))), RULE)
    publish_edition(start=days_ago(400), end=days_ago(380))  # longer ago than a year
    assert told() == "Not yet published."
    publish_edition(start=days_ago(90), end=days_ago(60))
    assert told().startswith("2 · ")
    assert "as published in report 2" in told()
    publish_edition(start=days_ago(50), end=days_ago(30))
    assert told().startswith("3 · ")
    assert "as published in reports 2, 3" in told()
    publish_edition(start=days_ago(100), end=days_ago(20))  # encloses both
    assert told().startswith("3 · ")
    assert "as published in report 4" in told()
    assert told("lapd-2021/no-live-video").startswith("0 · ")


def test_an_edition_that_began_before_the_year_is_read_only_alone(office):
    for day in (390, 80, 20):
        office.refuse(office.send(at(days_ago(day))), RULE)
    publish_edition(start=days_ago(400), end=days_ago(60))
    assert told().startswith("2 · ")
    publish_edition(start=days_ago(30), end=days_ago(10))
    assert told().startswith("1 · ")
    assert "as published in report 2" in told()


def test_a_correction_takes_the_place_of_what_it_corrects(office):
    period = {"start": days_ago(90), "end": days_ago(60)}
    office.refuse(office.send(at(days_ago(80))), RULE)
    publish_edition(**period)
    office.refuse(office.send(at(days_ago(70))), RULE)
    assert told().startswith("1 · ")
    publish_edition(**period, corrects=1, because="One was left out.")
    assert told().startswith("2 · ")
    assert "report 2" in told()


def test_a_count_that_was_withheld_stays_withheld(office, monkeypatch):
    office.refuse(office.send(at(days_ago(80))), RULE)
    edition = publish_edition(start=days_ago(90), end=days_ago(60))
    edition.document["refusals_by_rule"][0]["requests"] = None
    monkeypatch.setattr(refusals, "current_editions", lambda: [edition])
    refusals._told.cache_clear()
    assert told().startswith("fewer than 5 · ")
