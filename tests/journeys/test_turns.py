"""The other ways that a request can go, each as its people see it."""

import pytest

from tests.journeys.examiner import Examiner
from tests.journeys.officer import Officer
from tests.journeys.photographs import STRANGER
from tests.journeys.supervisor import Supervisor

pytestmark = [pytest.mark.journey, pytest.mark.stack]


def test_examiners_differ_and_a_third_decides(enter):
    officer, supervisor = enter(Officer, "officer"), enter(Supervisor, "supervisor")
    first, second, third = (enter(Examiner, f"examiner{n}") for n in (1, 2, 3))
    known = first.waiting()
    request = officer.ask("26-0101").request
    supervisor.open_newest_sheet().approve()
    comparison = first.wait_for_work(known)

    first.examine(comparison, finds=True)
    second.examine(comparison, finds=False)
    assert "You named no candidate" in second.words
    assert "With examiners" in officer.open(request).words
    third.examine(comparison, finds=True)

    officer.wait_for_result(request)
    officer.tick(officer.page.get_by_label("I have read this notice"))
    officer.press("Show the lead")
    assert "Two of three examiners agree" in officer.words
    assert comparison not in third.waiting()


def test_examiners_who_find_nobody_make_no_lead(enter):
    officer, supervisor = enter(Officer, "officer"), enter(Supervisor, "supervisor")
    first, second = enter(Examiner, "examiner1"), enter(Examiner, "examiner2")
    known = first.waiting()
    request = officer.ask("26-0102").request
    supervisor.open_newest_sheet().approve()
    comparison = first.wait_for_work(known)
    for examiner in (first, second):
        examiner.examine(comparison, finds=False)

    officer.wait_for_result(request).look("officer-no-lead")
    assert "No lead" in officer.words
    assert not officer.page.locator("main img").count()


def test_someone_who_is_not_in_the_gallery_gives_no_candidate(enter):
    officer, supervisor = enter(Officer, "officer"), enter(Supervisor, "supervisor")
    request = officer.ask("26-0103", side=STRANGER).request
    supervisor.open_newest_sheet().approve()
    officer.wait_for_result(request).look("officer-no-candidate")
    assert "No candidate" in officer.words
    assert not officer.page.locator("main img").count()


def test_a_returned_request_is_mended_and_comes_back_marked(enter):
    officer, supervisor = enter(Officer, "officer"), enter(Supervisor, "supervisor")
    request = officer.ask("26-0104").request
    supervisor.open_newest_sheet().follow("Return").look("supervisor-return")
    supervisor.press("Return it").look("supervisor-return-without-a-reason")
    assert supervisor.page.title().startswith("Error: ")
    supervisor.give_reasons("The facts do not show", note="Who saw the gun?").press("Return it")

    officer.open(request).look("officer-returned")
    assert "Who saw the gun?" in officer.words
    officer.follow("Change and send again")
    officer.page.get_by_role("link", name="Change").filter(has_text="Facts").click()
    officer.page.get_by_label("Facts", exact=True).fill(
        "Two customers saw the gun, and the till camera."
    )
    officer.go_on().open(f"{request}check/").press("Submit the request")
    assert "Waiting for sign-off" in officer.words

    supervisor.open("/sign-off/").look("supervisor-queue-with-what-came-back")
    supervisor.open_newest_sheet().look("supervisor-sheet-of-what-came-back")
    changed = supervisor.page.locator("main").inner_text()
    assert "What has changed since it was last sent" in changed
    assert "Two customers saw the gun" in changed


def test_an_officer_withdraws_and_the_supervisor_cannot_approve_any_more(enter):
    officer, supervisor = enter(Officer, "officer"), enter(Supervisor, "supervisor")
    request = officer.ask("26-0105").request
    supervisor.open_newest_sheet().follow("Approve")
    officer.follow("Withdraw").look("officer-withdraw")
    officer.page.get_by_label("Why").fill("The suspect came in by himself.")
    officer.press("Yes, withdraw it")
    assert "Withdrawn" in officer.open(request).look("officer-withdrawn").words

    if supervisor.page.get_by_label("Password").count():
        supervisor.confirm()
    supervisor.tick(supervisor.page.get_by_label("I have read the facts"))
    supervisor.press("Approve this one search")
    assert supervisor.status in {404, 409}
    supervisor.look("supervisor-too-late")


def test_a_supervisor_refuses_and_the_officer_reads_why(enter):
    officer, supervisor = enter(Officer, "officer"), enter(Supervisor, "supervisor")
    request = officer.ask("26-0106").request
    supervisor.open_newest_sheet().follow("Refuse").look("supervisor-refuse")
    supervisor.give_reasons("Other means have not been tried", note="Ask the bus company first.")
    supervisor.press("Refuse it")

    officer.open(request).look("officer-refused-by-the-supervisor")
    assert "Ask the bus company first." in officer.words
    assert not officer.page.get_by_role("link", name="Change and send again").count()
    officer.press("Start a new request with these answers")
    assert officer.heading == "Check and submit"
