"""What all steps share: a version against stale tabs, and the way to answers and back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from oversight.interface.forms import Form

Answers = dict[str, Any]


class StepForm(Form):
    """One step of a request. ``version`` is the draft's when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def answers(self) -> Answers:
        """Return this step's answers, ready for JSON; None takes an answer back.

        Call it on a valid form.
        """
        return {
            name: plain(value) for name, value in self.cleaned_data.items() if name != "version"
        }

    @classmethod
    def initial_from(cls, answers: Mapping[str, Any]) -> Answers:
        """Return what the form shows for answers given before."""
        return dict(answers)


def plain(value: Any) -> Any:
    """Return a form's value as JSON can hold it; moments in RFC 3339, blank text as None."""
    if isinstance(value, datetime):
        return value.astimezone(_zone()).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if value == "":
        return None
    return value


def start_of(day: date) -> str:
    """Return the first moment of a day where we are, in RFC 3339."""
    return datetime.combine(day, datetime.min.time(), tzinfo=_zone()).isoformat(timespec="seconds")


def day_in(moment: str | None) -> date | None:
    """Return the day of a moment that ``start_of`` wrote."""
    return datetime.fromisoformat(moment).astimezone(_zone()).date() if moment else None


def day_of(text: str | None) -> date | None:
    """Return a day that ``plain`` wrote; drafts of before hold the day's first moment."""
    return date.fromisoformat(text[:10]) if text else None


def moment_of(text: str | None) -> datetime | None:
    """Return a moment that ``plain`` wrote."""
    return datetime.fromisoformat(text) if text else None


def _zone() -> ZoneInfo:
    zone = timezone.get_current_timezone()
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC")
