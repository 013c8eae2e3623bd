"""The board's pages as its members, auditors, the department and everyone see them."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import ProgrammingError, connection
from django.db.transaction import atomic
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oversight.council.board.events import CASE_OPENED, ROWS_OPENED
from oversight.council.board.lots import draw_again
from oversight.council.board.models import (
    Answer,
    Finding,
    Meeting,
    Pack,
    Publication,
    RecipientChange,
    Sample,
)
from oversight.ledger.models import Entry
from oversight.ledger.selectors import values_told
from tests.conftest import acting_as
from tests.council.board.reading import read, words
from tests.interface.markup import faults

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def inside(busy):
    """Addresses of the board's own pages."""
    return [
        "/board/",
        "/board/?period=365d",
        "/board/figures/requests/",
        "/board/figures/waited/",
        "/board/supervisors/",
        "/board/unusual-use/",
        "/board/samples/",
        f"/board/samples/{busy.sample.number}/",
        f"/board/samples/{busy.sample.number}/1/",
        f"/board/findings/{busy.finding.pk}/",
        "/board/violations/",
        "/board/notices/",
        "/board/recipients/",
        f"/board/recipients/{busy.change.pk}/",
        "/board/meetings/",
        f"/board/meetings/{busy.meeting.pk}/",
        f"/board/packs/{busy.pack.number}/",
    ]


PUBLIC = ("/audits/", "/audits/1/", "/meetings/", "/meetings/{meeting}/")


# Every page


def test_the_board_and_auditors_read_every_page_and_it_is_sound(busy):
    for person in (busy.board, busy.auditor):
        browser = busy.browser(person)
        for address in inside(busy):
            assert faults(read(browser, address)) == [], address


def test_nobody_else_finds_them(busy):
    for person in (busy.office.officer, busy.supervisor):
        browser = busy.browser(person)
        for address in [*inside(busy), "/board/samples/announce/", "/board/packs/1.pdf"]:
            assert browser.get(address).status_code == 404, address
    assert busy.browser(busy.auditor).get("/board/samples/announce/").status_code == 404


def test_everyone_reads_what_is_published_in_both_languages(busy):
    stranger = Client()
    for address in PUBLIC:
        for prefix in ("", "/es"):
            page = read(stranger, prefix + address.format(meeting=busy.meeting.pk))
            assert faults(page) == [], prefix + address
    for address in ("/audits/9/", "/audits/9.json", "/meetings/99/", "/meetings/99.pdf"):
        assert stranger.get(address).status_code == 404


def test_auditors_write_nothing(busy):
    browser = busy.browser(busy.auditor)
    before = Entry.objects.exclude(kind__in=[ROWS_OPENED.number, CASE_OPENED.number]).count()
    for address in (
        "/board/samples/1/1/",
        f"/board/findings/{busy.finding.pk}/",
        "/board/meetings/",
        f"/board/meetings/{busy.meeting.pk}/",
        "/board/recipients/",
    ):
        assert browser.post(address, {"kind": "compliant"}).status_code == 404, address
    after = Entry.objects.exclude(kind__in=[ROWS_OPENED.number, CASE_OPENED.number]).count()
    assert after == before


# A sample, through its pages


def test_papers_shown_after_a_wrong_finding_are_recorded_too(busy):
    page = busy.browser(busy.member).post("/board/samples/1/2/", {})
    assert page.status_code == 422
    assert "120" in page.content.decode(), "the papers are shown"
    readers = [reader for _index, reader in values_told(CASE_OPENED, "reader")]
    assert readers == [busy.member.pk]


def test_a_member_announces_looks_and_finds(desk):
    desk.ask_many(4)
    browser = desk.browser(desk.board)
    today = TODAY()
    answer = browser.post(
        "/board/samples/announce/",
        {
            "kind": "random",
            "size": "2",
            **parts("since", today - timedelta(days=3)),
            **parts("until", today),
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    sample = desk.draw(Sample.objects.get())
    assert "Not looked at yet" in words(browser, f"/board/samples/{sample.number}/")
    place = f"/board/samples/{sample.number}/1/"
    assert "Investigate a crime" in words(browser, place)
    assert [*dict(values_told(CASE_OPENED, "place")).values()] == [1]
    refused = browser.post(place, {"kind": "violation", "text": "", "safeguard": ""})
    assert refused.status_code == 422
    for words_ in ("Choose the rule", "Say what you found", "Give a day to come"):
        assert words_ in refused.content.decode()
    due = parts("answer_due", today + timedelta(days=5))
    found = {"kind": "violation", "text": "No facts.", "safeguard": "R04", **due}
    assert browser.post(place, found).status_code == 302
    finding = Finding.objects.get()
    register = words(browser, "/board/violations/")
    assert "not told yet" in register
    assert "Nobody is named to be told" in register
    chief = desk.browser(desk.supervisor)
    assert str(finding) in words(chief, "/answers/")
    assert chief.post(f"/answers/{finding.pk}/", {"text": ""}).status_code == 422
    assert chief.post(f"/answers/{finding.pk}/", {"text": "We shall train."}).status_code == 302
    assert Answer.objects.get().text == "We shall train."
    closing = {"outcome": "upheld", "action": "Training for all."}
    assert browser.post(f"/board/findings/{finding.pk}/", closing).status_code == 302
    text = words(browser, f"/board/findings/{finding.pk}/")
    assert "Upheld. Training for all." in text
    assert "Close this finding" not in text


def parts(name, day):
    return {f"{name}_month": day.month, f"{name}_day": day.day, f"{name}_year": day.year}


def test_the_published_facts_of_a_sample_draw_it_again(busy):
    answer = Client().get("/audits/1.json")
    document = json.loads(answer.content)
    assert draw_again(document) == document["draw"]["members"]
    assert b"def draw_members" in Client().get("/audits/lots.py").content


def test_an_overdue_answer_is_told_to_everyone(busy, days_pass):
    days_pass(days=30)
    assert "1 answer is overdue" in words(Client(), "/audits/")
    assert "1 finding has had no answer in time" in words(busy.browser(busy.board), "/board/")


@pytest.fixture
def days_pass():
    """Let days pass."""
    travels = []

    def pass_days(days):
        travel = time_machine.travel(timezone.now() + timedelta(days=days), tick=True)
        travels.append(travel)
        travel.start()

    yield pass_days
    for travel in travels:
        travel.stop()


def test_public_pages_ask_for_publications_alone(busy):
    for address in PUBLIC:
        with CaptureQueriesContext(connection) as captured:
            read(Client(), address.format(meeting=busy.meeting.pk))
        tables = set(re.findall(r'FROM "(\w+)"', " ".join(q["sql"] for q in captured)))
        assert tables <= {"board_publication", "policy_suspension"}, address


def test_the_public_role_reads_publications_and_nothing_else_of_the_board(busy):
    with acting_as("public"):
        assert Publication.objects.exists()
        for model in (Sample, Finding, Pack, Meeting, RecipientChange):
            with pytest.raises(ProgrammingError), atomic():
                model.objects.exists()


# Meetings


def test_a_pack_is_frozen_for_the_board_and_its_public_part_names_no_request(busy):
    inner = words(busy.browser(busy.board), "/board/packs/1/")
    outer = words(Client(), f"/meetings/{busy.meeting.pk}/")
    assert "Figures for the board" in inner
    assert "Figures for the board" not in outer
    assert str(busy.finding) in inner
    assert str(busy.finding) not in outer
    for text in (inner, outer):
        assert "Requests that the rules refused" in text
        assert "lapd-2021/officer-camera" in text


def test_both_are_tagged_pdf(busy):
    inner = busy.browser(busy.board).get("/board/packs/1.pdf")
    outer = Client().get(f"/meetings/{busy.meeting.pk}.pdf")
    for answer in (inner, outer):
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert b"pdfuaid" in answer.content
    assert inner.content != outer.content
    assert Client().get(f"/meetings/{busy.meeting.pk}.pdf").content == outer.content


def test_a_meeting_is_called_and_its_papers_frozen_through_the_pages(desk):
    desk.ask_many(2)
    browser = desk.browser(desk.board)
    day = TODAY() + timedelta(days=8)
    called = browser.post(
        "/board/meetings/",
        {
            "place": "City Hall, room 340",
            **parts("starts_at", day),
            "starts_at_time": "18:00",
        },
    )
    assert called.status_code == 302, called.content.decode()
    meeting = Meeting.objects.get()
    told = words(browser, f"/board/meetings/{meeting.pk}/")
    assert "Due 72 hours before it begins: California Government Code section 54954.2" in told
    assert "Not verified" in told
    assert "City Hall, room 340" in words(Client(), "/meetings/")
    assert "The papers are not out yet" in words(Client(), f"/meetings/{meeting.pk}/")
    frozen = browser.post(f"/board/meetings/{meeting.pk}/", {"period": "30d"})
    assert frozen.status_code == 302
    assert Pack.objects.get().document["sheets"][0]["title"] == "Agenda"
    browser.post(f"/board/meetings/{meeting.pk}/", {"period": "7d"})
    assert "take the place of earlier ones" in words(Client(), f"/meetings/{meeting.pk}/")
    assert browser.get("/board/packs/1/").status_code == 200
    past = {
        "place": "x",
        **parts("starts_at", TODAY() - timedelta(days=8)),
        "starts_at_time": "9:00",
    }
    assert browser.post("/board/meetings/", past).status_code == 422


# Recipients


def test_recipients_are_proposed_by_one_and_confirmed_by_another(desk):
    administrator, board = desk.browser(desk.administrator), desk.browser(desk.board)
    given = {"office": "mayor", "name": "Office of the Mayor", "address": "mayor@example.org"}
    assert board.post("/board/recipients/", given).status_code == 404
    assert administrator.post("/board/recipients/", given | {"address": "x"}).status_code == 422
    assert administrator.post("/board/recipients/", given).status_code == 302
    change = RecipientChange.objects.get()
    address = f"/board/recipients/{change.pk}/"
    assert administrator.post(address).status_code == 404
    assert "Waits for a second person" in words(board, address)
    assert board.post(address).status_code == 302
    assert "Office of the Mayor" in words(board, "/board/recipients/")
    assert administrator.post(address).status_code == 302
    assert RecipientChange.objects.get(ends=change)


def test_navigation_leads_the_board_to_its_dashboard(desk):
    browser = desk.browser(desk.board)
    assert browser.get(reverse("desk"))["Location"] == "/board/"
