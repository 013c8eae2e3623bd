"""What happens to people at their browsers: sessions end, tabs go stale, buttons are pressed twice."""

import pytest

from tests.journeys.officer import FACTS, Officer
from tests.journeys.supervisor import Supervisor
from tests.journeys.town import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.stack]


def test_a_session_that_ends_mid_form_loses_nothing_that_was_typed(town, enter):
    officer = enter(Officer, "officer")
    officer.begin().fill_case("26-0201").go_on().fill_legal_basis()
    officer.page.context.clear_cookies(name="sessionid")
    officer.go_on().look("sign-in-after-the-session-ended")
    assert officer.status == 401
    assert "Nothing you typed is lost" in officer.words

    sign_in(officer.page, "officer", town.password)
    assert officer.heading == "The legal basis"
    assert officer.page.get_by_label("Facts", exact=True).input_value() == FACTS
    officer.go_on()
    assert officer.heading == "The image"


def test_a_stale_tab_is_told_so_and_shows_what_was_typed(enter):
    officer = enter(Officer, "officer")
    officer.begin().fill_case("26-0202").go_on()
    other = officer.another_tab()
    other.fill_legal_basis("What the other tab says.").go_on()
    officer.fill_legal_basis("What this tab says.").go_on().look("officer-stale-tab")
    assert officer.status == 409
    assert "What this tab says." in officer.words
    officer.follow("Open it as it is now")
    assert (
        officer.page.get_by_label("Facts", exact=True).input_value() == "What the other tab says."
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_a_request_sent_twice_is_there_once(enter, javascript):
    officer = enter(Officer, "officer").fill_all(f"26-021{javascript:d}")
    again = enter(Officer, "officer", javascript=javascript).open(officer.page.url)
    again.page.get_by_role("button", name="Submit the request").dblclick()
    again.wait_for(again.page.get_by_role("heading", name="History"))
    officer.press("Submit the request")
    for tab in (again, officer):
        assert tab.heading.startswith("Request ")
        assert tab.page.get_by_text("Sent; permitted by the rules").count() == 1


def test_a_request_is_approved_once_however_many_tabs(enter):
    officer, supervisor = enter(Officer, "officer"), enter(Supervisor, "supervisor")
    officer.ask("26-0203")
    supervisor.open_newest_sheet()
    other = supervisor.another_tab()
    other.follow("Approve")
    supervisor.approve()
    if other.page.get_by_label("Password").count():
        other.confirm()
    if other.page.get_by_label("I have read the facts").count():
        other.tick(other.page.get_by_label("I have read the facts"))
        other.press("Approve this one search")
        assert other.status == 409
    assert officer.open(officer.request).page.get_by_text("Approved", exact=True).count() == 1
    # A search that runs later would look like that of the next journey.
    officer.wait_for_examiners()


def test_a_file_that_is_no_image_is_refused_and_the_way_goes_on(enter):
    officer = enter(Officer, "officer")
    officer.begin().fill_case("26-0204").go_on().fill_legal_basis().go_on()
    file = {"name": "still.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>"}
    officer.page.get_by_label("Image", exact=True).set_input_files(file)
    officer.press("Upload and check")
    officer.wait_for(
        officer.page.get_by_text("cannot be used").or_(officer.page.locator("#error-summary"))
    )
    officer.look("officer-image-refused").upload()
    assert officer.heading == "The face"
