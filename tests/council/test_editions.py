"""What editions get from this room."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from oversight.council.editions import council_figures
from oversight.council.models import StandingChange
from oversight.council.services.complaints import Told, submit_complaint
from oversight.council.services.records import enter_records_request
from oversight.council.services.technologies import Spent, change_standing, enter_cost
from oversight.transparency.sources import Period, supplied_figures
from tests.council.town import drone

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def now():
    today = timezone.localdate()
    return Period(today - timedelta(days=3), today + timedelta(days=1))


def test_before_the_system_was_in_use_nothing_was_recorded(town):
    assert set(council_figures(YEAR).values()) == {None}


def test_what_is_recorded_is_counted_and_what_is_not_is_not_zero(town):
    found = council_figures(now())
    assert found["complaints"] == 0
    assert found["technologies"] == 0
    assert found["records_requests"] is None
    assert found["cost"] is None
    submit_complaint(told=Told("other", "It hums all night."))
    one = drone(town, kind="face_recognition")
    drone(town, "drone-2")
    change_standing(
        technology=one, act=StandingChange.Act.RETIRED, reason="Old.", person=town.administrator
    )
    today = timezone.localdate()
    enter_records_request(number="R-1", received_on=today, person=town.administrator)
    found = supplied_figures(now())
    assert (found["complaints"], found["complaints_open"]) == (1, 1)
    assert found["technologies"] == 1
    assert found["records_requests"] == 1


def test_cost_is_told_for_whole_years_that_were_entered_for_every_technology(town):
    year = timezone.localdate().year
    period = Period(date(year, 1, 1), date(year + 1, 1, 1))
    one = drone(town, kind="face_recognition")
    assert council_figures(period)["cost"] is None
    for personnel in ("10.50", "20.50"):
        spent = Spent(year, Decimal(personnel), Decimal(5), "Fund")
        enter_cost(technology=one, spent=spent, person=town.administrator)
    assert council_figures(period)["cost"] == Decimal("25.50")
    assert council_figures(now())["cost"] is None
    drone(town, "drone-2", kind="face_recognition")
    assert council_figures(period)["cost"] is None
