"""The demonstration's past: made up, imported as such, published once, the same every time."""

from datetime import date

import pytest

from oversight.site.demo.past import make_past
from oversight.transparency.models import EarlierSearch, Edition

pytestmark = pytest.mark.django_db


def test_last_year_the_ended_quarters_and_the_months_since_are_published_once():
    assert make_past(date(2026, 5, 10)) == 3
    assert [f"{e.period_from} {e.period_to}" for e in Edition.objects.order_by("number")] == [
        "2025-01-01 2026-01-01",
        "2026-01-01 2026-04-01",
        "2026-04-01 2026-05-01",
    ]
    assert make_past(date(2026, 5, 10)) == 0
    assert EarlierSearch.objects.filter(day__gte=date(2026, 5, 2)).count() == 0
    assert EarlierSearch.objects.filter(lead=True).exists()
    assert EarlierSearch.objects.filter(decision="refuse", run_at=None).exists()
