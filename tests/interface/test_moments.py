import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from oversight.interface import forms
from oversight.interface.forms import MomentField, MomentWidget
from tests.interface.markup import Page, faults

PACIFIC = ZoneInfo("America/Los_Angeles")


@pytest.fixture(autouse=True)
def _in_los_angeles():
    with timezone.override(PACIFIC):
        yield


def clean(*typed: str, **options: object) -> dt.datetime:
    return MomentField(**options).clean(typed)


@pytest.mark.parametrize(
    ("time", "hour", "minute"),
    [
        ("14:05", 14, 5),
        ("2:05 PM", 14, 5),
        ("2:05pm", 14, 5),
        ("2:05 p.m.", 14, 5),
        ("12:00 AM", 0, 0),
        ("12:30 PM", 12, 30),
        ("0:00", 0, 0),
        ("23.59", 23, 59),
    ],
)
def test_times_are_taken_as_people_write_them(time, hour, minute):
    expected = dt.datetime(2026, 3, 4, hour, minute, tzinfo=PACIFIC)
    assert clean("3", "4", "2026", time) == expected


@pytest.mark.parametrize(
    "time", ["24:00", "13:05 PM", "0:05 AM", "2", "noon", "2:5", "٢:٠٥", "2:05 xm"]
)
def test_what_is_no_time_is_refused(time):
    with pytest.raises(ValidationError, match="This is not a time of day"):
        clean("3", "4", "2026", time)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("", "", "", ""), "Enter the date and the time."),
        (("3", "4", "2026", ""), "Enter the time too, for example 2:05 PM or 14:05."),
        (("", "", "", "2:05 PM"), "Enter the date: month, day and year."),
        (("2", "30", "2026", "2:05 PM"), "This is not a real date. Check the month, day and year."),
        (
            ("3", "8", "2026", "2:30"),
            "There was no such time on that day: clocks were put forward.",
        ),
    ],
)
def test_each_mistake_has_one_message(typed, told):
    with pytest.raises(ValidationError) as refused:
        clean(*typed)
    assert refused.value.messages == [told]


def test_a_time_shown_twice_is_the_first():
    assert clean("11", "1", "2026", "1:30").utcoffset() == dt.timedelta(hours=-7)


def test_the_future_is_refused_when_the_form_is_sent():
    limit = dt.datetime(2026, 3, 4, 14, 5, tzinfo=PACIFIC)
    assert clean("3", "4", "2026", "14:05", latest=lambda: limit) == limit
    with pytest.raises(ValidationError, match="not be after March 4, 2026, 2:05 PM PST"):
        clean("3", "4", "2026", "14:06", latest=limit)


@given(st.integers(min_value=10**7, max_value=6 * 10**7))
def test_any_stored_moment_comes_back_to_the_minute(minutes):
    moment = dt.datetime.fromtimestamp(minutes * 60, dt.UTC)
    with timezone.override(PACIFIC):
        back = MomentField().clean(MomentWidget().decompress(moment))
    first = timezone.localtime(moment, PACIFIC).replace(fold=0)
    assert back.astimezone(dt.UTC) == first.astimezone(dt.UTC)


class Seen(forms.Form):
    at = MomentField(label="Seen at")


def test_the_zone_is_named_and_what_was_typed_is_kept():
    page = Page(f"<h1>x</h1>{Seen({'at_month': '3', 'at_time': 'late'})}")
    assert faults(page) == []
    assert "America/Los Angeles" in page.one("label", **{"for": "id_at_3"}).text
    assert page.one(id="id_at_3").attrs["value"] == "late"
    assert len(page.all(css="usa-error-message")) == 1


def test_an_unchanged_moment_counts_as_unchanged():
    initial = {"at": dt.datetime(2026, 3, 4, 22, 5, tzinfo=dt.UTC)}
    same = {"at_month": "3", "at_day": "4", "at_year": "2026", "at_time": "2:05 PM"}
    assert not Seen(same, initial=initial).has_changed()
    assert Seen(same | {"at_time": "2:06 PM"}, initial=initial).has_changed()
