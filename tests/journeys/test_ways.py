"""The officer's five steps for those who come another way: without scripts, or without a mouse."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.accessibility.checks import TELEPHONE
from tests.accessibility.keyboard import Keyboard
from tests.journeys.officer import FACTS, Officer
from tests.journeys.town import PATIENCE_MS

pytestmark = [pytest.mark.journey, pytest.mark.stack]


class PlainOfficer(Officer):
    """An officer whose browser runs no scripts."""

    def choose_offence(self) -> None:
        """The long list is an ordinary one."""
        self.page.get_by_label(re.compile("^Offence")).select_option("120")

    def wait_for_faces(self) -> None:
        """Ask again oneself."""
        while self.heading == "Checking the image":
            self.follow("Check again now")

    def no_wider(self) -> "PlainOfficer":
        """Nothing needs scrolling sideways."""
        assert self.page.evaluate("document.documentElement.scrollWidth") == TELEPHONE, (
            self.page.url
        )
        return self


def test_without_scripts_and_320_pixels_wide_all_five_steps_work(enter):
    officer = enter(PlainOfficer, "colleague", javascript=False, width=TELEPHONE)
    officer.begin().no_wider().go_on()
    assert officer.page.title().startswith("Error: ")
    assert officer.page.locator("#error-summary:focus").count() == 1
    officer.no_wider().fill_case("26-0301").press("See what the rules say")
    assert officer.heading == "The case"
    assert officer.page.get_by_label("Case number").input_value() == "26-0301"
    officer.go_on().no_wider().fill_legal_basis().go_on().no_wider()
    officer.upload().no_wider().choose_face().go_on()
    officer.no_wider().fill_source("body_worn").press("See what the rules say")
    assert "lapd-2021/officer-camera" in officer.no_wider().page.locator("#outlook").inner_text()
    officer.fill_source().go_on().no_wider().fill_scope().go_on().no_wider()
    officer.press("Submit the request").no_wider()
    assert "Waiting for sign-off" in officer.words
    officer.follow("Withdraw").press("Yes, withdraw it")
    assert officer.heading == "My requests"


def test_with_the_keyboard_alone_all_five_steps_work(town, enter):
    officer = enter(Officer, "colleague")
    keys, page = Keyboard(officer.page), officer.page
    # Listening begins long before the key is pressed: the browser takes a moment to hear of it.
    page.on("filechooser", lambda chooser: chooser.set_files(town.photographs.still))
    officer.open("/requests/")
    keys.skip_to_content()
    keys.press("Start a request")

    mistakes_lead_to_their_fields(officer, keys)
    fill_case(officer, keys)
    keys.skip_to_content()
    keys.choose(page.get_by_role("group", name="How firm is the suspicion?"), 2)
    keys.write(page.get_by_label("Facts", exact=True), FACTS)
    keys.choose(page.get_by_role("group", name="Is this person suspected of a crime"), 0)
    keys.choose(page.get_by_role("group", name="Does the request rest on speech"), 1)
    keys.press("Save and continue")
    give_image(officer, keys)
    keys.write(page.get_by_label("Candidates at most"), "10")
    keys.press("Save and continue")
    keys.skip_to_content()
    keys.press("Submit the request")
    assert "Waiting for sign-off" in officer.words
    officer.follow("Withdraw").press("Yes, withdraw it")


def mistakes_lead_to_their_fields(officer: Officer, keys: Keyboard) -> None:
    """The summary of errors takes the focus, and its entries lead to what is to be mended."""
    keys.press("Save and continue")
    assert officer.page.locator("#error-summary:focus").count() == 1
    keys.to(officer.page.locator(".error-summary a").first)
    officer.page.keyboard.press("Enter")
    assert officer.page.get_by_label("Case number").evaluate("(e) => e === document.activeElement")


def fill_case(officer: Officer, keys: Keyboard) -> None:
    """From the first field, which has the focus, to the next step."""
    page, opened = officer.page, date.today() - timedelta(days=4)  # noqa: DTZ011  (the officer's day)
    page.keyboard.type("26-0302")
    keys.write(page.get_by_label("Month"), opened.strftime("%B"))
    keys.write(page.get_by_label("Day"), str(opened.day))
    keys.write(page.get_by_label("Year"), str(opened.year))
    keys.write(page.get_by_label("What is the search for?"), "Investigate a crime")
    keys.write(page.get_by_role("combobox", name=re.compile("^Offence")), "120 ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    keys.write(page.get_by_label("Severity of the offence"), "Violent")
    keys.press("Save and continue")


def give_image(officer: Officer, keys: Keyboard) -> None:
    """The file, the face, where it comes from."""
    page = officer.page
    image = page.get_by_label("Image", exact=True)
    keys.to(image)
    page.keyboard.press("Space")
    expect(image).not_to_have_value("", timeout=PATIENCE_MS)
    keys.press("Upload and check")
    officer.wait_for_faces()
    keys.choose(page.get_by_role("group", name="Whose face is to be searched?"), 0)
    keys.press("Save and continue")
    keys.choose(page.get_by_role("group", name="What kind of image is it?"), 1)
    keys.write(page.get_by_label("Where does it come from?"), "Fixed camera, private")
    keys.choose(page.get_by_role("group", name="How is it searched?"), 0)
    keys.choose(page.get_by_role("group", name="Does it show the person who is sought?"), 0)
    keys.choose(page.get_by_role("group", name="Does the person appear to be under 18?"), 1)
    keys.press("Save and continue")
