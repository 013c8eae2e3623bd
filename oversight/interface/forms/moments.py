"""A date and a time of day, with the time zone said."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oversight.interface.display import moment_text
from oversight.interface.forms.dates import MemorableDateField, MemorableDateWidget

_TIME: Final = re.compile(
    r"(\d{1,2})[:.h](\d{2})\s*([ap])?\.?\s*(?:m\.?)?", re.ASCII | re.IGNORECASE
)
_NOON: Final = 12


class MomentWidget(MemorableDateWidget):
    """Month, day, year and time of day; the time zone is shown beside the time."""

    template_name = "interface/forms/widgets/moment.html"

    def parts(self) -> dict[str, forms.Widget | type[forms.Widget]]:
        time = {"class": "usa-input", "maxlength": 11, "autocomplete": "off"}
        return {**super().parts(), "time": forms.TextInput(attrs=time)}

    def decompress(self, value: object) -> list[str]:
        if isinstance(value, str):
            value = dt.datetime.fromisoformat(value) if value else None
        if isinstance(value, dt.datetime):
            local = timezone.localtime(value)
            return [*super().decompress(local), f"{local:%H:%M}"]
        return ["", "", "", ""]

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, dict(attrs or {}))
        context["widget"]["zone"] = timezone.get_current_timezone_name().replace("_", " ")
        return context


class MomentField(forms.Field):
    """An aware `datetime.datetime` in the current time zone, to the minute.

    The time is taken as "2:05 PM" or "14:05". A time that clocks skipped is refused; one that they
    showed twice is taken as the first. `latest` (an aware moment, inclusive) may be a function, so
    that "not in the future" is asked when the form is sent.
    """

    widget = MomentWidget
    default_error_messages = {
        "required": _("Enter the date and the time."),
        "no_time": _("Enter the time too, for example 2:05 PM or 14:05."),
        "not_a_time": _("This is not a time of day. Enter it like 2:05 PM or 14:05."),
        "skipped": _("There was no such time on that day: clocks were put forward."),
        "too_late": _("This must not be after %(limit)s."),
    }

    def __init__(self, *, latest: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.latest = latest

    def to_python(self, value: Any) -> dt.datetime | None:
        if value is None or isinstance(value, dt.datetime):
            return value
        *date_parts, time = [str(part or "").strip() for part in value]
        if not any((*date_parts, time)):
            return None
        day = MemorableDateField().clean(date_parts)
        return self._aware(dt.datetime.combine(day, self._time(time)))

    def validate(self, value: Any) -> None:
        super().validate(value)
        latest = self.latest() if callable(self.latest) else self.latest
        if value and latest and value > latest:
            raise self._error("too_late", limit=moment_text(latest))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def _time(self, text: str) -> dt.time:
        if not text:
            raise self._error("no_time")
        match = _TIME.fullmatch(text)
        if match is None:
            raise self._error("not_a_time")
        hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
        if half:
            hour = hour % _NOON + (_NOON if half == "p" else 0) if 1 <= hour <= _NOON else 99
        try:
            return dt.time(hour, minute)
        except ValueError as error:
            raise self._error("not_a_time") from error

    def _aware(self, naive: dt.datetime) -> dt.datetime:
        moment = timezone.make_aware(naive)
        if timezone.make_naive(moment.astimezone(dt.UTC)) != naive:
            raise self._error("skipped")
        return moment

    def _error(self, code: str, **params: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)
