"""The pages for everyone in a real browser and in both languages: WCAG 2.2 AA, 320 px, print, keys."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import expect

from tests import browsing
from tests.accessibility.checks import (
    DESKTOP,
    TELEPHONE,
    faults_at,
    faults_in_markup,
    faults_in_print,
)
from tests.accessibility.keyboard import Keyboard
from tests.accessibility.town import every_address, fill_town, keep_record
from tests.accessibility.watching import Watch
from tests.conftest import IN_PROCESS

pytestmark = pytest.mark.journey

_MORE = (
    "/reports/2/",
    "/rules/lapd-2021/",
    "/rules/va-2022/accuracy/",
    "/rules/?safeguard=R02",
    "/would-it-be-allowed/?agencies=lapd&source=body_worn&purpose=personal",
    "/ledger/entries/0/",
    "/no-such-page/",
)
# Pages are laid out alike in both languages; Spanish has the longer words, and so the telephone.
_SEEN = {"": DESKTOP, "/es": TELEPHONE}


@pytest.fixture(scope="module")
def site(shared_database, tmp_path_factory):
    with override_settings(DEBUG=False, **IN_PROCESS):
        fill_town()
        keep_record(tmp_path_factory.mktemp("record"), settings)
        with browsing.served() as address:
            yield address


@pytest.fixture(scope="module")
def paths(site):
    """Asked for before the browser starts: its driver would not let us ask the database here."""
    return [*every_address(), *_MORE]


@pytest.fixture(scope="module")
def browser_here(paths):
    with browsing.chromium() as browser:
        yield browser


def test_every_page_is_accessible_in_both_languages(site, paths, browser_here):
    watch, context = Watch(site), browser_here.new_context()
    watch.over(context)
    page, faults = context.new_page(), []
    for prefix, width in _SEEN.items():
        for path in paths:
            page.goto(f"{site}{prefix}{path}")
            found = faults_in_markup(watch.document_of(page), page.content())
            found += faults_at(page, width)
            _keep(page, f"{prefix}{path}", width)
            found += faults_in_print(page)
            faults += [f"{prefix}{path}: {fault}" for fault in found]
    context.close()
    assert not faults, "\n".join(faults)
    assert watch.complaints == []


def test_the_keyboard_leads_through_a_page_and_from_one_language_to_the_other(site, browser_here):
    page = browser_here.new_page(viewport={"width": DESKTOP, "height": 900})
    page.goto(f"{site}/rules/?safeguard=R02")
    keyboard = Keyboard(page)
    keyboard.skip_to_content()
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    keyboard.to(page.get_by_role("link", name="Español"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{site}/es/rules/?safeguard=R02"
    assert page.locator("html").get_attribute("lang") == "es"
    keyboard.skip_to_content("Ir al contenido principal")
    last = page.locator("a[href], button, select, input:not([type=hidden])").last
    keyboard.to(last)  # focus is seen at each stop, goes downwards, and is not trapped
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_form_that_was_filled_in_wrongly_says_so_in_spanish(site, browser_here, script):
    page = browser_here.new_page(java_script_enabled=script)
    page.goto(f"{site}/es/would-it-be-allowed/?day_month=2&day_day=31&day_year=2026")
    assert page.title().startswith("Error: ¿Se permitiría mi búsqueda?")
    summary = page.locator("#error-summary")
    expect(summary).to_contain_text("Hay un problema")
    expect(summary).to_contain_text("Esta fecha no existe. Revise el mes, el día y el año.")
    summary.get_by_role("link").first.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_day_0"
    page.close()


def test_in_forced_colors_controls_and_focus_can_be_seen(site, browser_here):
    page = browser_here.new_page(forced_colors="active")
    page.goto(f"{site}/es/would-it-be-allowed/")
    button = page.get_by_role("button", name="Preguntar a las reglas").first
    button.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    style = (
        "(each) => { const s = getComputedStyle(each); return [s.outlineStyle, s.borderStyle]; }"
    )
    outline, border = button.evaluate(style)
    assert outline != "none"
    assert border != "none"
    page.close()


def _keep(page, path, width):
    """Screenshots for whoever wants to look: set OVERSIGHT_SCREENSHOTS to a folder."""
    folder = os.environ.get("OVERSIGHT_SCREENSHOTS")
    if folder:
        name = path.partition("?")[0].strip("/").replace("/", "-") or "landing"
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
