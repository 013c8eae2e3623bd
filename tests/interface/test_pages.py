import json

import pytest
from django.contrib.messages import ERROR, INFO, SUCCESS
from django.contrib.messages.storage.base import Message
from django.shortcuts import render
from django.test import override_settings
from django.utils import translation

from oversight.interface.components import SummaryRow
from tests.interface.markup import Page, faults


@pytest.fixture
def get(client):
    def fetch(path: str, **options: object) -> Page:
        response = client.get(path, **options)
        assert response.status_code == 200
        return Page(response.content.decode())

    return fetch


@pytest.mark.parametrize("query", ["", "?errors=1", "?alert=1", "?words=cat&sort=-how_many&page=3"])
def test_the_style_guide_is_sound_in_every_state(get, query):
    assert faults(get(f"/style-guide/{query}")) == []


def test_the_style_guide_is_for_development_only(client):
    with override_settings(DEBUG=False):
        assert client.get("/style-guide/").status_code == 404


def test_the_title_is_the_heading(get):
    page = get("/style-guide/")
    assert page.one("title").text == "Style guide - Oversight"
    assert page.one("h1").text == "Style guide"


def test_errors_come_first_in_the_title(client):
    page = Page(client.post("/form/", {}).content.decode())
    assert page.one("title").text == "Error: About the case - Oversight"
    assert faults(page) == []


def test_the_head_says_whose_service_it_is_and_where_one_is(get):
    page = get("/style-guide/")
    assert "An official service of the City of Springfield" in page.one("p", "cityline__text").text
    assert "Springfield Police" in page.one("a", "brand").text
    current = [each.text for each in page.all("a", aria_current="page")]
    assert "Components" in current


def test_one_can_skip_to_the_content(get):
    page = get("/style-guide/")
    assert page.all("a")[0].attrs["href"] == "#main"
    assert page.one(id="main").tag == "main"


def test_a_form_page_can_be_sent_without_javascript(get):
    page = get("/form/")
    form = page.one("form", "form")
    assert (form.attrs["method"], form.attrs["enctype"]) == ("post", "multipart/form-data")
    assert page.one("input", name="csrfmiddlewaretoken")
    assert page.one("button", type="submit").text == "Save and continue"
    assert "Step 1 of 2" in page.one("p", "steps__now").text


def test_a_confirmation_offers_both_ways(get):
    page = get("/confirm/")
    assert page.one("button", type="submit").text == "Yes, go on"
    assert page.one("a", "usa-button--outline").attrs["href"] == "/list/"


def test_htmx_is_kept_within_the_policy_and_keeps_no_pages(get):
    config = json.loads(get("/style-guide/").one("meta", name="htmx-config").attrs["content"])
    assert config["includeIndicatorStyles"] is False
    assert config["allowEval"] is False
    assert config["selfRequestsOnly"] is True
    assert config["historyCacheSize"] == 0


def test_messages_are_spoken_and_told_apart(rf):
    request = rf.get("/")
    given = [Message(SUCCESS, "Saved."), Message(ERROR, "<b>Not</b> sent."), Message(INFO, "New.")]
    response = render(request, "tests/one_form.html", {"messages": given})
    page = Page(response.content.decode())
    assert faults(page) == []
    kinds = [each.attrs["class"].split()[1] for each in page.all("div", "usa-alert")]
    assert kinds == ["usa-alert--success", "usa-alert--error", "usa-alert--info"]
    assert [each.attrs["role"] for each in page.all("div", "usa-alert")] == [
        "status",
        "alert",
        "status",
    ]
    assert "&lt;b&gt;Not" in page.source


def test_pages_are_kept_out_of_search_engines_unless_public(get):
    assert "noindex" in get("/style-guide/").one("meta", name="robots").attrs["content"]


def test_a_page_says_its_language(get):
    with translation.override("es"):
        assert get("/style-guide/").one("html").attrs["lang"] == "es"


def test_what_was_typed_comes_back_when_a_record_changed_meanwhile(rf):
    typed = [SummaryRow("What happened", "A long\nstory")]
    request = rf.get("/")
    response = render(request, "interface/stale_form.html", {"typed": typed, "current_url": "/7/"})
    page = Page(response.content.decode())
    assert faults(page) == []
    assert "A long<br>story" in page.source
    assert page.one("a", "usa-button").attrs["href"] == "/7/"
