"""Small checkers from which the form of the facts document is put together.

A checker takes a value, its path and the reference tables, and gives the value back, or raises
`FactsError`. Nothing is coerced: ``"1"`` is not a number and ``1`` is not a boolean.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any

from oversight.policy.engine.reference import Reference

Document = dict[str, Any]
Checker = Callable[[Any, str, Reference], Any]

RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
LARGEST = 10**9
FIRST_YEAR, LAST_YEAR = 1000, 9000
"""Far enough from the ends of the calendar for every zone and every term."""
LONGEST = 20_000

JSON_NAMES = {
    type(None): "null",
    bool: "true or false",
    int | float: "a number",
    list | tuple: "a list",
    Mapping: "an object",
}


class FactsError(ValueError):
    """The facts cannot be used. ``path`` names the field, ``remedy`` says what to do about it."""

    def __init__(self, path: str, message: str, remedy: str) -> None:
        super().__init__(f"{path or 'facts'}: {message}. {remedy}")
        self.path = path
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[FactsError], tuple[str, str, str]]:
        """What is needed to raise it again in another process."""
        return FactsError, (self.path, self.message, self.remedy)


def record(
    forms: Mapping[str, Checker], *, optional: AbstractSet[str] | bool = frozenset()
) -> Checker:
    """An object with these keys and no others; ``optional=True`` lets every key be absent."""

    def check(value: Any, path: str, reference: Reference) -> Document:
        if not isinstance(value, Mapping):
            raise FactsError(path, "must be an object", f"Give {_list(forms)}.")
        for key in value:
            if key not in forms:
                raise FactsError(
                    join(path, printable(key)), "is not a known key", _nearest(key, forms)
                )
        if optional is not True:
            _all_there(forms, value, path, optional or frozenset())
        return {
            key: form(value[key], join(path, key), reference)
            for key, form in forms.items()
            if key in value
        }

    return check


def listing(form: Checker) -> Checker:
    """A list, each element of which passes ``form``."""

    def check(value: Any, path: str, reference: Reference) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise FactsError(path, "must be a list", "Give a list, empty if there is nothing.")
        return [form(item, f"{path}[{index}]", reference) for index, item in enumerate(value)]

    return check


def nullable(form: Checker) -> Checker:
    """Null, or what passes ``form``."""

    def check(value: Any, path: str, reference: Reference) -> Any:
        return None if value is None else form(value, path, reference)

    return check


def code(kind: str, codes: Collection[str]) -> Checker:
    """One of a closed list; ``"agencies"`` and ``"exceptions"`` name lists of the packs."""

    def check(value: Any, path: str, reference: Reference) -> str:
        known = codes
        if isinstance(codes, str):
            known = reference.agencies if codes == "agencies" else reference.exceptions
        if not isinstance(value, str) or value not in known:
            raise FactsError(path, f"{_shown(value)} is not a known {kind}", _nearest(value, known))
        return value

    return check


def text(*, blank: bool = True) -> Checker:
    """A string of at most 20,000 characters."""

    def check(value: Any, path: str, _reference: Reference) -> str:
        if not isinstance(value, str):
            raise FactsError(path, "must be text", "Write it as a string.")
        if not blank and not value.strip():
            raise FactsError(path, "must not be empty", "State this fact.")
        if len(value) > LONGEST or not _is_unicode(value):
            raise FactsError(path, "is too long or is not Unicode text", "Shorten or correct it.")
        return value

    return check


def boolean(value: Any, path: str, _reference: Reference) -> bool:
    if not isinstance(value, bool):
        raise FactsError(path, "must be true or false", "Answer with true or false.")
    return value


def integer(lowest: int) -> Checker:
    """A whole number between ``lowest`` and a thousand million."""

    def check(value: Any, path: str, _reference: Reference) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise FactsError(path, "must be a whole number", "Give a whole number.")
        if not lowest <= value <= LARGEST:
            raise FactsError(path, f"{value} is out of range", f"Give {lowest} or more.")
        return value

    return check


def number(lowest: float, highest: float = LARGEST) -> Checker:
    """A finite number between the two bounds, both included."""

    def check(value: Any, path: str, _reference: Reference) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FactsError(path, "must be a number", "Give a number.")
        if not math.isfinite(value) or not lowest <= value <= highest:
            raise FactsError(
                path, f"{value} is out of range", f"Give a number from {lowest} to {highest}."
            )
        return value

    return check


def moment(value: Any, path: str, _reference: Reference) -> str:
    """A time in the form of RFC 3339, with its offset from UTC."""
    return moment_text(value, path)


def day(value: Any, path: str, _reference: Reference) -> str:
    """A calendar day."""
    return day_text(value, path)


def moment_or_day(value: Any, path: str, _reference: Reference) -> str:
    """A time, or a calendar day where a document names no hour."""
    return moment_or_day_text(value, path)


def moment_or_day_text(value: Any, path: str) -> str:
    """The time or the day; `FactsError` unless it is one of them."""
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return day_text(value, path)
    return moment_text(value, path)


def moment_text(value: Any, path: str) -> str:
    """The time in upper case; `FactsError` unless it is RFC 3339 with offset, 1000 to 9000."""
    remedy = "Write it as 2026-03-02T14:05:00-08:00, with the offset."
    if not isinstance(value, str) or not RFC_3339.fullmatch(value):
        raise FactsError(path, f"{_shown(value)} is not an RFC 3339 time with offset", remedy)
    try:
        year = datetime.fromisoformat(value.upper()).year
    except ValueError as error:
        raise FactsError(path, f"{_shown(value)} is not a time that exists", remedy) from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FactsError(path, f"{_shown(value)} is out of range", remedy)
    return value.upper()


def day_text(value: Any, path: str) -> str:
    """The day; `FactsError` unless it is a date of the calendar."""
    remedy = "Write it as 2026-03-02."
    if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
        raise FactsError(path, f"{_shown(value)} is not a date", remedy)
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise FactsError(path, f"{_shown(value)} is not a day that exists", remedy) from error
    return value


def _all_there(
    forms: Mapping[str, Checker], value: Mapping[str, Any], path: str, optional: AbstractSet[str]
) -> None:
    for key in forms:
        if key not in value and key not in optional:
            raise FactsError(join(path, key), "is missing", "State this fact.")


def join(path: str, key: str) -> str:
    """The path of a key inside the object at ``path``."""
    return f"{path}.{key}" if path else key


def printable(value: Any) -> str:
    """At most 60 characters of what someone sent, none of which can steer a terminal or a log."""
    return "".join(c if c.isprintable() else "\ufffd" for c in str(value)[:60])


def _shown(value: Any) -> str:
    """What was sent, as its sender knows it: a text in quotes, anything else by its JSON name."""
    if isinstance(value, str):
        return f"“{printable(value)}”"
    return next((name for kind, name in JSON_NAMES.items() if isinstance(value, kind)), "this")


def _nearest(value: Any, known: Collection[str]) -> str:
    close = difflib.get_close_matches(str(value)[:60], known, n=1)
    return f"Did you mean `{close[0]}`?" if close else f"Use one of {_list(known)}."


def _list(codes: Collection[str]) -> str:
    return ", ".join(sorted(codes)) or "(none)"


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value
