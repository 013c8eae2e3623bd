"""The public pages in a real browser: accessible, whole at 320 pixels, in print, without script."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from oversight.transparency.history import import_history
from oversight.transparency.reports.services import file_report
from oversight.transparency.services import publish_edition
from tests import browsing
from tests.transparency.rows import RULE, Office, earlier_lines, moment

pytestmark = pytest.mark.journey

ADDRESSES = (
    *("/", "/statistics/", "/reports/", "/reports/1/", "/open-data/"),
    *("/demographics/", "/concerns/", "/api/"),
    *("/reports/due/", "/reports/filed/1/"),
)
RULES = {"rules": {"target-size": {"enabled": True}}}


@pytest.fixture
def address(live_database, settings):
    """The site with a report of March 2026 and its correction, served by one thread."""
    settings.DEBUG = True
    _publish()
    with browsing.served() as address:
        yield address


def _publish():
    office = Office()
    for day in range(1, 25):
        at = moment(f"2026-03-{day:02}T14:05")
        office.refuse(office.send(at, "identity_fraud", nibrs="26F", source="social_media"))
        office.run(office.send(at), ("lead", "no_lead", "no_candidate")[day % 3])
        if day % 4 == 0:
            found = "no_candidate" if day % 8 else "lead"
            office.run(office.send(at, "missing_or_endangered", nibrs=""), found)
    march = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}
    publish_edition(**march)
    office.refuse(office.send(moment("2026-03-30T12:00")), RULE)
    publish_edition(**march, corrects=1, because="One request had been left out.")
    earlier = [json.dumps(line).encode() for line in earlier_lines(300)]
    import_history(lines=earlier, source="old-system")
    publish_edition(start=date(2025, 1, 1), end=date(2026, 1, 1))
    file_report(pack="sf-19b", start=date(2024, 7, 1), end=date(2026, 7, 1))


@pytest.fixture
def chromium():
    with browsing.chromium() as browser:
        yield browser


def test_public_pages_are_accessible_at_every_width_and_need_no_script(address, chromium):
    for width, script in ((1280, True), (320, True), (320, False)):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        page = context.new_page()
        complaints = []
        page.on("console", lambda told, to=complaints: to.append(told.text))
        for each in ADDRESSES:
            page.goto(address + each)
            assert page.locator("h1").count() == 1
            if script:
                found = Axe().run(page, options=RULES)
                assert not found.response["violations"], (each, found.generate_report())
                over = "document.documentElement.scrollWidth - window.innerWidth"
                assert page.evaluate(over) <= 0, f"{each} is wider than {width} pixels"
            _keep(page, f"{each.strip('/').replace('/', '-') or 'landing'}-{width}", script)
        assert not complaints
        context.close()


def test_a_printed_report_holds_its_tables_and_no_menus(address, chromium):
    page = chromium.new_page(viewport={"width": 800, "height": 900})
    page.emulate_media(media="print")
    page.goto(f"{address}/reports/2/")
    assert not page.locator("nav").first.is_visible()
    assert page.get_by_text("withheld").first.is_visible()
    assert page.locator("caption").first.is_visible()


def _keep(page, name, script):
    """Screenshots for whoever wants to look: set OVERSIGHT_SCREENSHOTS to a folder."""
    folder = os.environ.get("OVERSIGHT_SCREENSHOTS")
    if folder and script:
        page.screenshot(path=Path(folder) / f"public-{name}.png", full_page=True)
