"""The comparison in a real browser: two photographs of one size, closer by keys, whole without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from django.test import Client

from oversight.leads import services
from oversight.leads.models import Support
from oversight.leads.selectors import examination_of, places_of
from oversight.site.roles import WEB
from tests import browsing
from tests.conftest import acting_as
from tests.leads import scene as scenes
from tests.leads.test_result_pages import path_of, reach

DESKTOP, TELEPHONE = 1440, 320
RULES = {"rules": {"target-size": {"enabled": True}}}

pytestmark = pytest.mark.journey


def _bad(told):
    # An image opened by itself has no icon, and a refused form comes with an error status.
    return told.type in {"error", "warning"} and "Failed to load resource" not in told.text


@pytest.fixture
def address(scene, settings, monkeypatch):
    """The application with the scene's database, for as long as the test runs."""
    # Playwright runs a loop in this thread; what the test itself asks of the database is brief.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    monkeypatch.setitem(connections["default"].settings_dict, "CONN_MAX_AGE", 0)
    with browsing.served(threads=True) as address:
        yield address


@pytest.fixture
def visit(address):
    """Opens a path as a person; the browser must have had nothing to complain of."""
    complaints = []
    with browsing.chromium() as browser:

        def go(person, path, width=DESKTOP, **options):
            client = Client()
            client.force_login(person)
            context = browser.new_context(viewport={"width": width, "height": 900}, **options)
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}]
            )
            page = context.new_page()
            page.on("console", lambda told: complaints.append(told.text) if _bad(told) else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(address + path)
            return page

        with acting_as(WEB):
            yield go
    assert complaints == []


@pytest.fixture
def begun(scene, comparison):
    return scenes.begin(comparison, scene.first)


def compare(examination, position=1):
    return f"/examinations/{examination.key}/candidates/{position}/"


def test_every_page_is_accessible_and_fits_a_telephone(visit, scene, begun, comparison):
    for place in places_of(begun)[:2]:
        scenes.judge(begun, place.candidate, Support.STRONG_SAME)
    waiting = scene.search()
    found = reach_lead(scene)
    pages = [
        (scene.first, "/comparisons/"),
        (scene.first, f"/comparisons/{waiting.run}/start/"),
        (scene.first, compare(begun, 1)),
        (scene.first, compare(begun, 3)),
        (scene.first, f"/examinations/{begun.key}/release/"),
        (scene.city.officer, path_of(found)),
    ]
    for width in (DESKTOP, TELEPHONE):
        for person, path in pages:
            look_at(visit(person, path, width), width)
    scenes.judge(begun, places_of(begun)[2].candidate, Support.STRONG_DIFFERENT)
    services.acknowledge_notice(result=found.result, officer=scene.city.officer)
    for width in (DESKTOP, TELEPHONE):
        look_at(visit(scene.first, f"/examinations/{begun.key}/conclusion/", width), width)
        look_at(visit(scene.city.officer, path_of(found), width), width)


def reach_lead(scene):
    comparison = scene.search()
    return reach(scene, comparison, lead=True).comparison


def look_at(page, width):
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width, page.url


@pytest.mark.parametrize("width", [DESKTOP, TELEPHONE])
def test_both_photographs_have_one_size_and_are_there(visit, scene, begun, width):
    page = visit(scene.first, compare(begun), width)
    boxes = [frame.bounding_box() for frame in page.locator(".pair__frame img").all()]
    assert len(boxes) == 2
    for side in ("width", "height", "y"):
        assert boxes[0][side] == pytest.approx(boxes[1][side], abs=1)
    assert page.evaluate(
        "[...document.querySelectorAll('.pair__frame img')].every(each => each.naturalWidth > 60)"
    )


def test_keys_and_buttons_bring_both_closer_and_back(visit, scene, begun):
    page = visit(scene.first, compare(begun))

    def drawn():
        return page.evaluate(
            "[...document.querySelectorAll('.pair__frame img')].map(each => each.style.transform)"
        )

    page.locator(".pair__frame").first.press("+")
    page.locator(".pair__frame").first.press("ArrowDown")
    one, other = drawn()
    assert one == other
    assert "scale(1.25)" in one
    page.get_by_role("button", name="Closer").click()
    assert "scale(1.5625)" in drawn()[1]
    page.get_by_role("button", name="Whole face").click()
    assert drawn() == ["translate(0%, 0%) scale(1)"] * 2
    for _step in range(20):
        page.locator(".pair__frame").last.press("-")
    assert drawn() == ["translate(0%, 0%) scale(1)"] * 2


def test_without_javascript_all_of_it_works(visit, address, scene, begun):
    page = visit(scene.first, compare(begun), java_script_enabled=False)
    assert page.get_by_role("button", name="Closer").count() == 0
    page.locator("label[for=id_feature_nose_1]").click()
    page.get_by_text("Strong support that they are different people").click()
    page.get_by_label("Dissimilarities").fill("Another nose.")
    page.get_by_role("button", name="Check before recording").click()
    page.get_by_role("button", name="Change something").click()
    assert page.get_by_label("Dissimilarities").input_value() == "Another nose."
    page.get_by_role("button", name="Check before recording").click()
    page.get_by_role("button", name="Record it").click()
    assert page.get_by_role("heading", name="Candidate 2 of 3").count() == 1
    judged = examination_of(scene.first, begun.key).judgements.get()
    assert judged.features["nose"] == "different"
    # Chromium's own page around an image would break the policy with its styles, so ask directly.
    larger = page.get_by_role("link", name="Larger, by itself").last.get_attribute("href")
    assert larger.endswith("/candidates/2/photograph/")
    assert page.request.get(address + larger).headers["content-type"] == "image/jpeg"
