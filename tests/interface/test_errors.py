"""No database fixture anywhere here: an error page that asked for one would fail."""

import pytest
import structlog
from django.test import Client, override_settings

from oversight.interface import views
from tests.interface.markup import Page, faults


@pytest.fixture
def visitor():
    with override_settings(DEBUG=False):
        yield Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/suspicious/", 400, "This request could not be understood"),
        ("/forbidden/", 403, "You cannot open this page"),
        ("/nothing/here/", 404, "Page not found"),
        ("/busy/", 429, "Too many requests"),
        ("/broken/", 500, "Sorry, something went wrong on our side"),
        ("/closed/", 503, "The service is not available right now"),
    ],
)
def test_each_error_has_a_page_that_tells_nothing_but_what_to_do(visitor, path, status, heading):
    response = visitor.get(path)
    page = Page(response.content.decode())
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert page.one("h1").text == heading
    assert faults(page) == []
    assert page.all("a", "usa-button")
    for word in ("secret", "name of a case", "forged", "Traceback", path):
        assert word not in page.source


def test_waiting_times_are_told(visitor):
    busy = visitor.get("/busy/")
    assert busy["Retry-After"] == "30"
    assert "Wait 30 seconds" in busy.content.decode()
    assert visitor.get("/closed/")["Retry-After"] == "120"


def test_a_form_of_an_ended_session_leads_back_to_the_form(visitor):
    referrer = "http://testserver/form/?case=12"
    response = visitor.post("/form/", {"name": "x"}, headers={"referer": referrer})
    page = Page(response.content.decode())
    assert response.status_code == 403
    assert page.one("h1").text == "This form is no longer valid"
    assert page.all("a", "usa-button")[0].attrs["href"] == "/form/"
    assert faults(page) == []


@pytest.mark.parametrize(
    "referrer",
    [
        "https://evil.example/form/",
        "http://testserver//evil.example/",
        "javascript:alert(1)",
        "http://[bad",
        "",
    ],
)
def test_the_way_back_never_leads_elsewhere(visitor, referrer):
    response = visitor.post("/form/", {}, headers={"referer": referrer})
    page = Page(response.content.decode())
    assert {each.attrs["href"] for each in page.all("a", "usa-button")} == {"/"}


def test_a_failure_can_be_found_again_by_its_reference(visitor):
    with structlog.contextvars.bound_contextvars(request_id="0b51-77aa-42"):
        assert "0b51-77aa-42" in visitor.get("/broken/").content.decode()
    with structlog.contextvars.bound_contextvars(request_id="<script>"):
        assert "reference" not in visitor.get("/broken/").content.decode().lower()


def test_something_comes_through_when_not_even_the_page_can_be_made(rf, monkeypatch, caplog):
    def fail(*_args):
        raise ValueError("no manifest")

    monkeypatch.setattr(views, "render_to_string", fail)
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"something went wrong" in response.content
    assert "could not be rendered" in caplog.text
