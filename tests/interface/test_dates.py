import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from oversight.interface import forms
from oversight.interface.forms import MemorableDateField
from tests.interface.markup import Page


def clean(month: object, day: object, year: object, **options: object) -> dt.date | None:
    return MemorableDateField(**options).clean([month, day, year])


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_any_date_comes_back_as_it_was_entered(day):
    assert clean(str(day.month), str(day.day), str(day.year)) == day
    shown = MemorableDateField().widget.decompress(day)
    assert MemorableDateField().clean(shown) == day


class Optional(forms.Form):
    day = MemorableDateField(required=False)


@given(st.lists(st.text(max_size=6), min_size=3, max_size=3))
def test_whatever_is_typed_gives_a_date_or_one_message(typed):
    form = Optional(dict(zip(("day_month", "day_day", "day_year"), typed, strict=True)))
    if form.is_valid():
        assert isinstance(form.cleaned_data["day"], dt.date | None)
    else:
        assert len(form.errors["day"]) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("", "", ""), "Enter the date: month, day and year."),
        (("3", "", "2026"), "The date must include a day."),
        (("", "", "2026"), "The date must include a month and day."),
        (("2", "30", "2026"), "This is not a real date. Check the month, day and year."),
        (("x", "1", "2026"), "This is not a real date. Check the month, day and year."),
        (("3", "4", "26"), "The year must have four digits, for example 2026."),
        (("3", "4", "٢٠٢٦"), "The year must have four digits, for example 2026."),
    ],
)
def test_each_mistake_has_one_message(typed, told):
    with pytest.raises(ValidationError) as refused:
        clean(*typed)
    assert refused.value.messages == [told]


def test_limits_are_inclusive_and_named_in_words():
    first, last = dt.date(2026, 1, 1), dt.date(2026, 3, 4)
    assert clean(1, 1, 2026, earliest=first) == first
    assert clean(3, 4, 2026, latest=last) == last
    with pytest.raises(ValidationError, match=r"must not be before January 1, 2026\."):
        clean(12, 31, 2025, earliest=first)
    with pytest.raises(ValidationError, match=r"must not be after March 4, 2026\."):
        clean(3, 5, 2026, latest=last)


class Asked(forms.Form):
    day = MemorableDateField(label="Day of the report")


def test_what_was_typed_is_kept_and_one_message_shown():
    form = Asked({"day_month": "2", "day_day": "31", "day_year": "2026"})
    page = Page(str(form))
    assert len(page.all(css="usa-error-message")) == 1
    assert page.one(id="id_day_1").attrs["value"] == "31"
    assert page.one("option", value="2").attrs.keys() >= {"selected"}
    assert form["day"].error_target == "id_day_0"


def test_a_stored_date_is_shown_and_counts_as_unchanged():
    stored = {"day": dt.date(2026, 3, 4)}
    page = Page(str(Asked(initial=stored)))
    assert page.one(id="id_day_2").attrs["value"] == "2026"
    same = {"day_month": "03", "day_day": "4", "day_year": "2026"}
    assert not Asked(same, initial=stored).has_changed()
    assert Asked(same | {"day_day": "5"}, initial=stored).has_changed()
    assert Asked(same | {"day_day": "50"}, initial=stored).has_changed()
