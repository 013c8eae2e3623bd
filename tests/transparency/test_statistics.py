"""The page of all figures: a period to choose, definitions, tables with their files, comparison."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from oversight.transparency.services import publish_edition
from tests.interface.markup import Page, faults
from tests.transparency.rows import Office, moment


@pytest.fixture(scope="module")
def site(shared_database):
    """February, March and their quarter; March has two requests more than February."""
    office = Office()
    for month, requests in ((2, 6), (3, 8)):
        for day in range(1, requests + 1):
            at = moment(f"2026-{month:02}-{day:02}T14:05")
            if day % 2:
                office.run(office.send(at), "lead")
            else:
                office.refuse(office.send(at, nibrs="23C"))
    publish_edition(start=date(2026, 2, 1), end=date(2026, 3, 1))
    publish_edition(start=date(2026, 3, 1), end=date(2026, 4, 1))
    publish_edition(start=date(2026, 1, 1), end=date(2026, 4, 1))
    return shared_database


@pytest.fixture
def shown(site):
    return lambda query="": Client().get(f"/statistics/{query}")


def row_of(response, name):
    """The cells of a figure's row, as text."""
    row = re.search(rf'<tr id="{name}">(.*?)</tr>', response.content.decode(), re.DOTALL)[1]
    cells = re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)
    return [unescape(" ".join(re.sub(r"<[^>]+>", " ", cell).split())) for cell in cells]


def test_the_latest_period_is_shown_and_another_can_be_chosen(shown):
    latest = Page(shown().content.decode())
    assert [option.attrs["value"] for option in latest.all("option")] == ["3", "2", "1"]
    assert latest.one("option", selected="").attrs["value"] == "3"
    assert row_of(shown(), "requests")[1] == "14"
    assert row_of(shown("?edition=1"), "requests")[1] == "6"


def test_each_figure_stands_beside_its_definition_and_the_period_before(shown):
    requests = row_of(shown("?edition=2"), "requests")
    assert requests[0].startswith("Requests Each request for a search is counted once")
    assert requests[1:] == ["8", "6", "2 more"]
    assert row_of(shown("?edition=2"), "withdrawn")[1:] == ["0", "0", "the same"]
    assert row_of(shown("?edition=2"), "arrests")[1:] == ["not yet recorded"] * 2 + ["–"]
    assert "there is nothing to compare with" in shown("?edition=1").content.decode()


def test_every_table_has_a_caption_and_its_file(shown):
    response = shown("?edition=2")
    markup = Page(response.content.decode())
    assert len(markup.all("caption")) == len(markup.all("table")) > 8
    files = set(
        re.findall(r'href="(/open-data/editions/2/[a-z-]+\.csv)"', response.content.decode())
    )
    assert len(files) >= 6
    for address in files:
        assert Client().get(address).status_code == 200, address


def test_tables_and_what_is_not_recorded_are_folded_and_a_list_leads_to_each(shown):
    """Else the page is a long way down on a telephone; what is linked to is on the page."""
    content = shown("?edition=2").content.decode()
    assert len(Page(content).all("details")) > 8
    ids = set(re.findall(r'id="([^"]+)"', content))
    links = set(re.findall(r'href="#([^"]+)"', content))
    assert links <= ids | {"main"}
    assert {"table-months", "table-units", "fold-figures-later", "figures-requests"} <= links


def test_it_says_that_nothing_is_held_of_race_sex_or_age(shown):
    assert "This system holds none of these" in shown().content.decode()


@pytest.mark.parametrize(
    "query", ["?edition=9", "?edition=x", "?edition=", "?edition=1&edition=99"]
)
def test_a_period_that_is_not_there_is_not_found(shown, query):
    assert shown(query).status_code == 404


@pytest.mark.parametrize("query", ["", "?edition=1"])
def test_the_page_is_sound_markup(shown, query):
    assert faults(Page(shown(query).content.decode())) == []
