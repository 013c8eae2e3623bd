"""A date that people know by heart: month, day and year apart, one clear message."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from oversight.interface.display import date_text

PARTS: Final = (_("month"), _("day"), _("year"))
_DIGITS: Final = {"inputmode": "numeric", "autocomplete": "off"}


class MemorableDateWidget(forms.MultiWidget):
    """Month (chosen by name, so that no order can be mistaken), day and year.

    In the submitted data the parts are `<name>_month`, `<name>_day` and `<name>_year`.
    The value is what was typed, as a list of three texts, so that a wrong date is shown again.
    """

    template_name = "interface/forms/widgets/memorable_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(self.parts(), attrs)

    def parts(self) -> dict[str, forms.Widget | type[forms.Widget]]:
        """The controls in their order, each under the ending of its name."""
        months = [("", _("- Month -")), *((str(number), name) for number, name in MONTHS.items())]
        return {
            "month": forms.Select(attrs={"class": "usa-select"}, choices=months),
            "day": forms.TextInput(attrs={"class": "usa-input", "maxlength": 2, **_DIGITS}),
            "year": forms.TextInput(attrs={"class": "usa-input", "maxlength": 4, **_DIGITS}),
        }

    def decompress(self, value: object) -> list[str]:
        if isinstance(value, str):
            value = dt.date.fromisoformat(value[:10]) if value else None
        if isinstance(value, dt.date):
            return [str(value.month), str(value.day), str(value.year)]
        return ["", "", ""]


class MemorableDateField(forms.Field):
    """A `datetime.date` from month, day and year.

    `earliest` and `latest` are inclusive. Each kind of mistake has one message that says what is
    missing or wrong and what to enter.
    """

    widget = MemorableDateWidget
    default_error_messages = {
        "required": _("Enter the date: month, day and year."),
        "incomplete": _("The date must include a %(missing)s."),
        "not_a_date": _("This is not a real date. Check the month, day and year."),
        "year": _("The year must have four digits, for example 2026."),
        "too_early": _("The date must not be before %(limit)s."),
        "too_late": _("The date must not be after %(limit)s."),
    }

    def __init__(
        self, *, earliest: dt.date | None = None, latest: dt.date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value: Any) -> dt.date | None:
        if value is None or isinstance(value, dt.date):
            return value
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        self._refuse_missing(parts)
        month, day, year = parts
        if not (year.isascii() and year.isdigit() and len(year) == len("2026")):
            raise self._error("year")
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError as error:
            raise self._error("not_a_date") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise self._error("too_early", limit=date_text(self.earliest))
        if value and self.latest and value > self.latest:
            raise self._error("too_late", limit=date_text(self.latest))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def _refuse_missing(self, parts: Sequence[str]) -> None:
        missing = [str(name) for name, part in zip(PARTS, parts, strict=True) if not part]
        if missing:
            raise self._error("incomplete", missing=get_text_list(missing, str(_("and"))))

    def _error(self, code: str, **params: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)
