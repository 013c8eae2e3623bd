"""A member's evening at a real browser: from the dashboard to the published papers of a meeting."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from oversight.council.board import services
from oversight.council.board.models import Finding, Meeting, Sample
from oversight.site.paths import BASE_DIR
from oversight.site.roles import WEB
from tests import browsing
from tests.accessibility.checks import DESKTOP, TELEPHONE, faults_at, faults_in_markup
from tests.conftest import acting_as
from tests.council.board.conftest import make_desk

pytestmark = pytest.mark.journey

SCREENSHOTS = BASE_DIR / "var" / "screenshots"


@pytest.fixture
def address(live_database, settings, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    for alias in connections:
        monkeypatch.setitem(connections[alias].settings_dict, "CONN_MAX_AGE", 0)
    with browsing.served(threads=True) as address:
        yield address


@pytest.fixture
def town(live_database, monkeypatch):
    """The desk in a database of its own; the public's pages read it under the public's role."""
    monkeypatch.undo()
    with acting_as(WEB):
        desk = make_desk()
        for number in range(12):
            lead = desk.ask(case_number="26-0114" if number < 4 else f"26-{number}")
            desk.office.run(lead, "lead" if number % 3 else "no_candidate")
        for _number in range(6):
            desk.office.refuse(desk.ask(source="social_media"))
        yield desk
        connections.close_all()


class Watcher:
    """A browser whose every page is looked at: markup, axe at two widths, a picture of it."""

    def __init__(self, browser, address):
        self.browser, self.address, self.complaints = browser, address, []

    def sit_down(self, person=None):
        context = self.browser.new_context(
            viewport={"width": DESKTOP, "height": 900}, base_url=self.address
        )
        if person is not None:
            client = Client()
            client.force_login(person)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
            context.add_cookies([{**cookie, "url": self.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def look(self, page, name, *, narrow=False):
        """Look at a page at both widths, or where it is like others at the narrow one only."""
        page.wait_for_load_state()
        faults = faults_in_markup(page.content(), page.content())
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for width in (TELEPHONE,) if narrow else (TELEPHONE, DESKTOP):
            faults += faults_at(page, width)
            page.screenshot(path=SCREENSHOTS / f"board-{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": DESKTOP, "height": 900})
        self.complaints += [f"{name} {fault}" for fault in faults]


@pytest.fixture
def watcher(town, address):
    with browsing.chromium() as browser:
        watching = Watcher(browser, address)
        yield watching
    assert not watching.complaints, "\n".join(watching.complaints)


def fill_day(page, name, day):
    page.locator(f"[name={name}_month]").fill(str(day.month)) if page.locator(
        f"input[name={name}_month]"
    ).count() else page.locator(f"[name={name}_month]").select_option(str(day.month))
    page.locator(f"[name={name}_day]").fill(str(day.day))
    page.locator(f"[name={name}_year]").fill(str(day.year))


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def tile(page, text):
    page.locator("label", has_text=text).first.click()


def test_from_the_dashboard_to_the_papers(town, watcher):
    board = watcher.sit_down(town.board)
    board.goto("/desk/")
    watcher.look(board, "dashboard")

    # A figure and its rows
    board.get_by_role("link", name="Refused by the rules").first.click()
    assert board.get_by_role("heading", level=1).inner_text() == "Refused by the rules"
    assert board.locator("tbody tr").count() == 6
    watcher.look(board, "figure")
    for path, name in (("/board/supervisors/", "supervisors"), ("/board/unusual-use/", "unusual")):
        board.goto(path)
        watcher.look(board, name, narrow=True)

    announce(board, watcher)
    sample = town.draw(Sample.objects.get())
    board.reload()
    watcher.look(board, "sample", narrow=True)

    record(board, watcher)
    finding = Finding.objects.get()
    answer(watcher, town, finding)
    board.goto(f"/board/findings/{finding.pk}/")
    watcher.look(board, "finding", narrow=True)
    tile(board, "Settled by the answer")
    press(board, "Close it")
    board.goto("/board/violations/")
    watcher.look(board, "violations", narrow=True)

    meet(board, watcher)
    assert services.draw_announced_samples() == 0
    number = Meeting.objects.get().pk
    stranger = watcher.sit_down()
    for path, name in (
        ("/audits/", "audits"),
        (f"/audits/{sample.number}/", "audit"),
        ("/es/audits/", "audits-es"),
        ("/meetings/", "meetings-public"),
        (f"/meetings/{number}/", "meeting-public"),
    ):
        assert stranger.goto(path).status == 200
        watcher.look(stranger, name, narrow=name != "audit")
    file = stranger.request.get(watcher.address + f"/meetings/{number}.pdf")
    assert file.headers["content-type"] == "application/pdf"
    (SCREENSHOTS / "board-pack.pdf").write_bytes(file.body())


def announce(board, watcher):
    board.goto("/board/samples/")
    watcher.look(board, "samples", narrow=True)
    board.get_by_role("link", name="Announce a sample").click()
    tile(board, "Weighted by risk")
    today = timezone.localdate()
    fill_day(board, "since", today - timedelta(days=3))
    fill_day(board, "until", today)
    board.get_by_label("How many requests").fill("3")
    watcher.look(board, "announce", narrow=True)
    press(board, "Announce")
    assert "Waiting for the signed record" in board.locator("main").inner_text()


def record(board, watcher):
    board.goto("/board/samples/1/1/")
    watcher.look(board, "member")
    tile(board, "Violation")
    board.locator("select[name=safeguard]").select_option("R06")
    board.get_by_label("What you found").fill("The picture was taken at a protest.")
    press(board, "Record")
    assert "Recorded." in board.locator("main").inner_text()


def answer(watcher, town, finding):
    department = watcher.sit_down(town.supervisor)
    department.goto("/answers/")
    watcher.look(department, "answers", narrow=True)
    department.get_by_role("link", name=str(finding)).click()
    watcher.look(department, "answer")
    department.get_by_label("Answer").fill("It should not have been signed off.")
    press(department, "Send the answer")
    assert "Your answer was sent" in department.locator("main").inner_text()


def meet(board, watcher):
    board.goto("/board/meetings/")
    fill_day(board, "starts_at", timezone.localdate() + timedelta(days=8))
    board.locator("[name=starts_at_time]").fill("18:00")
    board.get_by_label("Place").fill("City Hall, room 340")
    watcher.look(board, "meetings", narrow=True)
    press(board, "Call the meeting")
    watcher.look(board, "meeting", narrow=True)
    press(board, "Freeze and publish")
    watcher.look(board, "pack")
