"""The regular look at unusual use, and notices of halts: owed to named offices, without details."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from oversight.council.board import services
from oversight.council.board.events import USE_REVIEWED
from oversight.council.board.models import Notice, UsageReview
from oversight.council.board.services.letters import LETTERS
from oversight.council.board.tasks import review_unusual_use, send_notices
from oversight.council.models import StandingChange
from oversight.council.services.technologies import change_standing
from oversight.ledger.models import Entry
from oversight.policy.services.suspending import lift_suspension, suspend_use
from tests.council.board.reading import words
from tests.council.board.test_sampling import name_recipient
from tests.council.town import drone

pytestmark = pytest.mark.django_db


def unusual(desk):
    """One officer's twelve requests yesterday under one case number."""
    yesterday = timezone.now() - timedelta(days=1)
    for _number in range(12):
        desk.ask(at=yesterday, case_number="26-0114")


def test_what_is_unusual_is_pushed_to_the_named_offices_and_tells_nothing(desk):
    unusual(desk)
    name_recipient(desk, "inspector_general")
    review = services.review_use()
    assert review.hits["cases"] == 1
    assert {each.office for each in review.notices.all()} == {"board", "inspector_general"}
    assert services.send_due_notices() == 1
    (letter,) = mail.outbox
    assert letter.subject == "Unusual use of face recognition was noticed"
    for secret in ("26-0114", desk.office.officer.name, desk.office.unit.name):
        assert secret not in letter.subject + letter.body
    told = Entry.objects.filter(kind=USE_REVIEWED.number).get().document
    assert "26-0114" not in str(told)
    page = words(desk.browser(desk.board), "/board/unusual-use/")
    assert "Inspector General: told in time" in page
    assert "CJIS Security Policy 5.9.5, AU-6: review weekly" in page


def test_use_is_looked_at_once_a_week_and_ordinary_work_is_told_to_nobody(desk, time_machine):
    desk.ask(at=timezone.now() - timedelta(days=1))
    assert review_unusual_use()
    assert not review_unusual_use()
    assert not Notice.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(days=6), tick=True)
    assert not review_unusual_use()
    time_machine.move_to(timezone.now() + timedelta(days=1), tick=True)
    assert review_unusual_use()
    assert [review.found for review in UsageReview.objects.all()] == [0, 0]


def test_a_suspension_and_its_end_are_pushed_once_each(desk):
    name_recipient(desk, "press")
    suspend_use(person=desk.board, reason="A stranger was arrested.")
    send_notices()
    send_notices()
    lift_suspension(person=desk.board, reason="It is mended.")
    send_notices()
    assert [letter.subject for letter in mail.outbox] == [
        LETTERS["suspension"].subject,
        LETTERS["lifting"].subject,
    ]
    assert "A stranger was arrested." not in mail.outbox[0].body
    owed = Notice.objects.filter(suspension__isnull=False)
    assert {each.due_at - each.suspension.suspended_at for each in owed} == {timedelta(hours=24)}


def test_a_halt_of_a_technology_is_pushed_and_one_of_long_ago_is_not(desk, time_machine):
    class Town:
        agency, administrator = desk.office.agency, desk.administrator

    one = drone(Town)
    change_standing(
        technology=one, act=StandingChange.Act.SUSPENDED, reason="It fell.", person=desk.board
    )
    time_machine.move_to(timezone.now() + timedelta(days=8), tick=True)
    assert services.owe_halt_notices() == 0
    change_standing(
        technology=one, act=StandingChange.Act.REINSTATED, reason="It flies.", person=desk.board
    )
    assert services.owe_halt_notices() == 1
    assert services.owe_halt_notices() == 0
    page = words(desk.browser(desk.auditor), "/board/notices/")
    assert "A surveillance technology was suspended, reinstated or retired" in page
    assert "not told yet" in page
    assert "Mayor" in page
    assert Client().get("/board/notices/").status_code == 302


def test_late_notices_lead_to_the_notices(desk, time_machine):
    suspend_use(person=desk.board, reason="A stranger was arrested.")
    services.owe_halt_notices()
    time_machine.move_to(timezone.now() + timedelta(days=2), tick=True)
    browser = desk.browser(desk.board)
    assert "5 offices were not told in time. See which" in words(browser, "/board/")
    assert words(browser, "/board/notices/").count("not told, and late") == 5


def test_a_notice_is_about_one_thing(desk):
    with pytest.raises(IntegrityError, match="one_thing"), transaction.atomic():
        Notice.objects.create(
            office="board", duty="x", owed_at=timezone.now(), due_at=timezone.now()
        )
