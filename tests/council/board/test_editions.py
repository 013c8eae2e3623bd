"""What editions count of the board's work, and the frame when an entry was sealed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from oversight.council.board import services
from oversight.council.board.editions import board_figures
from oversight.council.board.frames import frame_of
from oversight.council.board.models import Finding
from oversight.council.board.periods import period_of, periods
from oversight.ledger.services import confirm_sealing, propose_sealing
from oversight.transparency.sources import Period, supplied_figures
from tests.council.board.test_sampling import find

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def counted(start, end):
    return board_figures(
        Period(timezone.localdate() + start * DAY, timezone.localdate() + end * DAY)
    )


def test_audits_findings_and_violations_are_counted(desk):
    sample = desk.drawn()
    find(desk, sample, place=1)
    find(desk, sample, place=2, kind=Finding.Kind.QUESTION)
    find(desk, sample, place=3, kind=Finding.Kind.COMPLIANT)
    today = {"audits": 1, "audit_findings": 2, "audit_answers_overdue": 0, "violations": 1}
    assert counted(0, 1) == today
    assert counted(0, 20) == today | {"audit_answers_overdue": 2}
    period = Period(timezone.localdate(), timezone.localdate() + DAY)
    assert today.items() <= supplied_figures(period).items()


def test_an_answer_in_time_is_not_overdue(desk):
    finding = find(desk, desk.drawn())
    services.answer_finding(person=desk.supervisor, finding=finding, text="Yes.")
    assert counted(0, 20)["audit_answers_overdue"] == 0


def test_before_adoption_nothing_is_recorded_which_is_not_zero(desk):
    assert set(counted(-30, -9).values()) == {None}
    assert set(counted(-30, 1).values()) == {0}


def test_a_request_whose_entry_was_sealed_is_left_out_and_counted(desk):
    desk.ask_many(3)
    today = timezone.localdate()
    before = frame_of(today - DAY, today + DAY, weighted=False)
    entry = before.members[1].entry
    propose_sealing(entry=entry, basis="An order of the court", person="person:1")
    confirm_sealing(entry=entry, person="person:2")
    after = frame_of(today - DAY, today + DAY, weighted=False)
    assert after.left_out == 1
    assert [each.entry for each in after.members] == [
        each.entry for each in before.members if each.entry != entry
    ]


def test_every_period_lies_in_order_beside_the_one_before():
    today = timezone.localdate().replace(month=3, day=31)
    for period in periods(today):
        start, end = period.before
        assert start < end == period.start < period.end <= today + DAY, period.code
    assert period_of("2026-13", today).code == "30d"
    february = period_of(f"{today:%Y}-02", today)
    assert (february.start.day, february.end.month, february.before[0].month) == (1, 3, 1)
