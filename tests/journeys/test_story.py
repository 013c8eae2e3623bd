"""The main job as its people see it, from an officer's question to a figure that anyone can read."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oversight.site.settings.django import TIME_ZONE
from tests.journeys.examiner import Examiner
from tests.journeys.officer import Officer
from tests.journeys.person import Person
from tests.journeys.supervisor import Supervisor

pytestmark = [pytest.mark.journey, pytest.mark.stack]


def test_a_still_from_a_body_worn_camera_is_refused_with_rule_citation_and_remedy(enter):
    officer = enter(Officer, "officer")
    officer.begin().fill_case("26-0001").go_on()
    officer.fill_legal_basis().go_on()
    officer.upload().choose_face().go_on()
    officer.fill_source("body_worn").press("See what the rules say")
    outlook = officer.page.locator("#outlook")
    officer.wait_for(outlook.get_by_text("lapd-2021/officer-camera"))
    officer.look("officer-preview-of-a-refusal")
    assert "As it stands" in outlook.inner_text()

    officer.go_on().fill_scope().go_on()
    officer.look("officer-check-before-a-refusal").press("Submit the request")

    officer.look("officer-refused")
    reason = officer.page.locator(".reasons__item").filter(has_text="lapd-2021/officer-camera")
    assert "R14" in reason.inner_text()
    for part in ("Source", "What would cure it"):
        assert part.casefold() in reason.inner_text().casefold()
    assert officer.open("/requests/").page.get_by_text("Refused by the rules").count()


def test_a_lawful_request_becomes_a_lead_and_a_published_figure(town, enter):
    enter(Person).open("/accounts/login/").look("sign-in").open("/nowhere/").look("not-found")
    officer, supervisor = enter(Officer, "officer"), enter(Supervisor, "supervisor")
    first, second = enter(Examiner, "examiner1"), enter(Examiner, "examiner2")
    known = first.waiting()
    request = ask_looking_at_each_page(officer)
    assert "Waiting for sign-off" in officer.words

    town.later(minutes=6)
    supervisor.open("/sign-off/").look("supervisor-queue")
    supervisor.open_newest_sheet().look("supervisor-sheet")
    supervisor.follow("Approve").look("supervisor-step-up")
    supervisor.confirm().look("supervisor-approve")
    supervisor.tick(supervisor.page.get_by_label("I have read the facts"))
    supervisor.press("Approve this one search").look("supervisor-approved")

    comparison = first.wait_for_work(known)
    examine_looking_at_each_page(first, comparison)
    assert "With examiners" in officer.open(request).words
    second.examine(comparison, finds=True)

    officer.wait_for_result(request).look("officer-notice")
    assert not officer.page.get_by_alt_text("Photograph of the lead").count()
    officer.tick(officer.page.get_by_label("I have read this notice"))
    officer.press("Show the lead").look("officer-lead")
    assert officer.page.get_by_alt_text("Photograph of the lead").is_visible()
    assert "BK-2019-004417" in officer.words
    assert "%" not in officer.words
    officer.open(request).look("officer-status-of-a-lead")
    officer.open("/requests/").look("officer-requests")

    enter(Person).open("/").look("public-landing-before-the-first-report")
    edition = publish_this_month(town)
    the_public_reads_the_figures(enter(Person), edition)


def ask_looking_at_each_page(officer: Officer) -> str:
    """Go through the five steps; returns the request's address."""
    officer.open("/requests/").begin().look("officer-1-case")
    officer.fill_case("26-0002").go_on().look("officer-2-legal-basis")
    officer.fill_legal_basis().go_on().look("officer-3-image")
    officer.upload().look("officer-3-face")
    officer.choose_face().go_on().look("officer-3-source")
    officer.fill_source().go_on().look("officer-4-scope")
    officer.fill_scope().go_on().look("officer-5-check")
    officer.press("Submit the request").look("officer-waiting")
    return officer.request


def examine_looking_at_each_page(examiner: Examiner, comparison: str) -> None:
    """Find the person sought among the candidates."""
    examiner.open("/comparisons/").look("examiner-queue")
    examiner.open(comparison).look("examiner-start")
    examiner.begin(comparison).follow("Hand back").look("examiner-hand-back").follow("No, go back")
    assert "%" not in examiner.look("examiner-compare").words
    examiner.judge(same=examiner.shown_is_known()).press("Check before recording")
    examiner.look("examiner-check").press("Record it")
    examiner.compare_all(finds=True).look("examiner-conclude")
    examiner.conclude().look("examiner-closed")
    assert "You named candidate" in examiner.words


def publish_this_month(town) -> Mapping[str, object]:
    """Freeze the figures of this month, today and yesterday included: midnight may have passed."""
    today = datetime.now(ZoneInfo(TIME_ZONE)).date()
    first = (today - timedelta(days=1)).replace(day=1)
    return town.publish(f"{first}", f"{today + timedelta(days=1)}")


def the_public_reads_the_figures(reader: Person, edition: Mapping[str, object]) -> None:
    """What stands on the pages is what was frozen."""
    frozen = reader.page.request.get(f"/reports/{edition['number']}.json").json()["figures"]
    assert frozen["requests"]["value"] >= 2
    assert frozen["leads"]["value"] >= 1
    reader.open("/").look("public-landing")
    figures = reader.page.locator(".figure")
    for name in ("requests", "leads"):
        figure = figures.filter(has=reader.page.locator(f"a[href$='#{name}']"))
        assert figure.locator(".figure__value").inner_text() == str(frozen[name]["value"])
    for path, name in (
        ("/statistics/", "public-statistics"),
        ("/reports/", "public-reports"),
        (edition["address"], "public-report"),
        ("/open-data/", "public-open-data"),
        ("/rules/", "public-rules"),
        ("/rules/lapd-2021/", "public-instrument"),
        ("/rules/lapd-2021/officer-camera/", "public-rule"),
        ("/ledger/", "public-record"),
        ("/ledger/entries/1/", "public-entry"),
    ):
        reader.open(path).look(name)
