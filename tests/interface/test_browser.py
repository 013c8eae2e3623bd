"""The style guide in a real browser: accessible, within the policy, whole without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests import browsing
from tests.interface.conftest import ALONE

DESKTOP, TELEPHONE = 1280, 320
# The rule for WCAG 2.2 is off unless asked for.
RULES = {"rules": {"target-size": {"enabled": True}}}
WIDTHS = pytest.mark.parametrize("width", [DESKTOP, TELEPHONE])

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with override_settings(**ALONE), browsing.served(threads=True) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsing.chromium() as browser:
        yield browser


def _bad(told: ConsoleMessage) -> bool:
    # That an error page came with an error status is no complaint.
    return told.type in {"error", "warning"} and "Failed to load resource" not in told.text


Open = Callable[..., Page]


@pytest.fixture
def visit(address: str, chromium: Browser) -> Iterator[Open]:
    """Opens a path; at the end of the test the browser must have had nothing to complain of."""
    complaints: list[str] = []
    contexts = []

    def go(path: str, width: int = DESKTOP, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: complaints.append(told.text) if _bad(told) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


@WIDTHS
@pytest.mark.parametrize(
    "path", ["/style-guide/?alert=1", "/style-guide/?errors=1", "/confirm/", "/busy/"]
)
def test_accessible_by_the_rules_of_axe(visit: Open, path: str, width: int) -> None:
    found = Axe().run(visit(path, width), options=RULES).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


@WIDTHS
@pytest.mark.parametrize("path", ["/style-guide/?alert=1", "/style-guide/?errors=1"])
def test_nothing_is_wider_than_the_screen(visit: Open, path: str, width: int) -> None:
    assert visit(path, width).evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("javascript", [True, False])
def test_the_error_summary_takes_focus(visit: Open, javascript: bool) -> None:
    page = visit("/style-guide/?errors=1", java_script_enabled=javascript)
    assert page.locator("#error-summary:focus").count() == 1


def test_an_entry_of_the_summary_leads_to_its_field(visit: Open) -> None:
    page = visit("/style-guide/?errors=1")
    page.get_by_role("link", name="Choose an answer for “Code”.").press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "combobox"
    page.get_by_role("link", name="Choose an answer for “Was it seen before?”.").press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_answer_0"


def test_characters_are_counted_and_never_cut_off(visit: Open) -> None:
    page = visit("/style-guide/")
    page.get_by_label("What happened").fill("x" * 290)
    assert page.locator("#id_facts_count").inner_text() == "Characters left: 10"
    page.get_by_label("What happened").fill("x" * 303)
    assert page.locator("#id_facts_count").inner_text() == "Characters over the limit: 3"


def test_a_long_list_can_be_searched_by_typing(visit: Open) -> None:
    page = visit("/style-guide/")
    page.get_by_role("combobox", name="Code").fill("17")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("select[name=code]").input_value() == "17"


def test_a_long_list_keeps_what_was_chosen_before(visit: Open) -> None:
    page = visit("/form/")
    page.get_by_role("combobox", name="Code").fill("17")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save and continue").click()
    assert page.title().startswith("Error: ")
    assert page.get_by_role("combobox", name="Code").input_value() == "17 Sample code"
    assert page.locator("select[name=code]").input_value() == "17"


def test_without_javascript_a_form_is_filled_and_sent(visit: Open) -> None:
    page = visit("/form/", java_script_enabled=False)
    page.get_by_label("Case number").fill("26-0412")
    page.get_by_label("Code").select_option("07")
    page.get_by_text("An inquiry is open").click()
    page.get_by_role("button", name="Save and continue").click()
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Case number").input_value() == "26-0412"
    assert page.locator("#id_basis_1").is_checked()


def test_what_is_under_way_is_asked_for_until_it_is_done(visit: Open) -> None:
    page = visit("/running/")
    page.get_by_text("Done.").wait_for()
    assert page.locator(".progress").count() == 0
    assert page.locator("h1").inner_text() == "Running"


def test_without_javascript_one_asks_oneself(visit: Open) -> None:
    page = visit("/running/", java_script_enabled=False)
    page.get_by_role("link", name="Check again now").click()
    assert page.locator("h1").inner_text() == "Running"


def test_a_double_press_sends_once(visit: Open) -> None:
    page = visit("/form/")
    sent = page.evaluate(
        """() => {
          let sent = 0;
          window.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) sent += 1;
            event.preventDefault();
          });
          const button = document.querySelector("form.form button[type=submit]");
          button.click();
          button.click();
          return sent;
        }"""
    )
    assert sent == 1


def test_every_control_is_reached_by_keyboard_with_a_visible_focus(visit: Open) -> None:
    page = visit("/style-guide/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    unseen = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter((each) => each.offsetParent && !each.disabled && each.tabIndex >= 0)
        .filter((each) => {
          each.focus();
          const style = getComputedStyle(each), label = each.labels?.[0];
          const seen = style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
          const shown = label && getComputedStyle(label, '::before').outlineStyle !== 'none';
          return !seen && !shown;
        }).map((each) => each.outerHTML.slice(0, 120))"""
    )
    assert unseen == []


def test_in_print_the_frame_is_left_out_and_the_content_is_there(visit: Open) -> None:
    page = visit("/style-guide/?alert=1")
    page.emulate_media(media="print")
    for hidden in (".nav", ".account", ".buttons", ".filters", ".usa-pagination"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", ".notice", ".reasons__item", ".data-table table", ".footer__name"):
        assert page.locator(shown).first.is_visible(), shown
    white = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
        .filter((each) => each.offsetParent && each.innerText && !each.querySelector('*'))
        .filter((each) => getComputedStyle(each).color === 'rgb(255, 255, 255)')
        .map((each) => each.outerHTML.slice(0, 120))"""
    )
    # Printers leave out backgrounds, so that white words would be lost.
    assert white == []
