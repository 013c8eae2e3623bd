"""What an address may ask for: declared parameters and no others, each given once."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict
from rest_framework import serializers

from oversight.transparency.api.problems import WrongParametersError

MONTH: Final = r"^[0-9]{4}-(0[1-9]|1[0-2])\Z"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")
_SHOWN: Final = 20
_Row = TypeVar("_Row", bound=Model)


class Day(serializers.DateField):
    """A day as RFC 3339 writes it, and in no other way."""

    def to_internal_value(self, value: Any) -> Any:
        """Return the date; raises ValidationError."""
        if not _DAY.fullmatch(str(value)):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class Whole(serializers.IntegerField):
    """A whole number in digits, and in no other way."""

    def to_internal_value(self, data: Any) -> int:
        """Return the number; raises ValidationError."""
        if not _WHOLE.fullmatch(str(data)):
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.ChoiceField):
    """``true`` or ``false``, and nothing that only looks like it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(choices=["true", "false"], **given)


class Filters(serializers.Serializer[Any]):
    """Parameters of an address; a room's lists derive theirs from it."""

    @classmethod
    def read(cls, query: QueryDict) -> dict[str, Any]:
        """Return the values that were given; raises WrongParametersError for all faults at once."""
        form = cls(data=query.dict())
        names = list(form.get_fields())
        faults = [_unknown(name, names) for name in query if name not in names]
        faults += [
            _fault(name, "It was given more than once.", "Give it once.")
            for name in names
            if len(query.getlist(name)) > 1
        ]
        if not form.is_valid():
            faults += [
                _fault(name, " ".join(map(str, details)), remedy_of(form.fields[name]))
                for name, details in form.errors.items()
            ]
        if faults:
            raise WrongParametersError(faults)
        return dict(form.validated_data)

    def offer(self, name: str, choices: Iterable[str]) -> None:
        """Say which values a choice has now; those of a list change with what is listed."""
        self.fields[name].choices = sorted(set(choices))  # type: ignore[attr-defined]  # a choice field's own


class Paged(Filters):
    """A part of a list."""

    page = Whole(min_value=1, max_value=10**9, required=False, help_text="Page, from 1.")
    page_size = Whole(
        min_value=1, max_value=1000, required=False, help_text="Rows on a page; 100 unless given."
    )


class Publications(Paged):
    """Which publications, by their period and by whether another corrects them."""

    since = Day(required=False, help_text="Periods with this day or a later one.")
    until = Day(required=False, help_text="Periods with a day before this one.")
    current = Flag(
        required=False, help_text="Without (true) or only (false) those corrected since."
    )


def chosen(found: QuerySet[_Row], asked: Mapping[str, Any]) -> QuerySet[_Row]:
    """The publications that were asked for with ``Publications``."""
    if "since" in asked:
        found = found.filter(period_to__gt=asked["since"])
    if "until" in asked:
        found = found.filter(period_from__lt=asked["until"])
    if "current" in asked:
        found = found.filter(correction__isnull=asked["current"] == "true")
    return found


def remedy_of(field: Any) -> str:
    """What a value of this parameter looks like."""
    if isinstance(field, serializers.ChoiceField):
        return f"Use one of: {_named(map(str, field.choices))}."
    if isinstance(field, serializers.IntegerField):
        return f"Use a whole number from {field.min_value} to {field.max_value}."
    if isinstance(field, serializers.DateField):
        return "Write the day as 2026-03-31."
    return "Write the month as 2026-03."


def _unknown(name: str, known: Iterable[str]) -> dict[str, str]:
    names = _named(known)
    remedy = f"Use one of: {names}." if names else "This address takes no parameters."
    return _fault(name, "There is no such parameter.", remedy)


def _fault(name: str, detail: str, remedy: str) -> dict[str, str]:
    return {"name": name[:80], "detail": detail, "remedy": remedy}


def _named(words: Iterable[str]) -> str:
    found = sorted(words)
    more = ["..."] if len(found) > _SHOWN else []
    return ", ".join([*found[:_SHOWN], *more])
