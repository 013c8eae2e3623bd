"""The form of a duty, from a pack's table: what is owed, and by when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from oversight.policy.engine import vocabulary as v
from oversight.policy.engine.packs import DutyForm, PackError

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS: Final = frozenset({"kind", "counted_from", "hours", "months", "each_year_on", "owed_on"})
LONGEST: Final = {"hours": 24 * 366 * 10, "months": 12 * 100}
# 29 February would not come every year.
DAY_OF_YEAR: Final = re.compile(
    r"(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8])"
)
CODES: Final = {
    "kind": v.DUTIES,
    "counted_from": ("at", "exigency.started_at"),
    "owed_on": ("permit", "refusal"),
}


def duty_form(row: Mapping[str, Any], rule: str) -> DutyForm:
    """The duty of a rule; raises `PackError` for an unknown key or code, or a term of no length."""
    place = f"{rule}.duty"
    for key in row:
        if key not in KEYS:
            raise PackError(f"{place}.{key}", "is not a known key", "Correct or remove it.")
    if "kind" not in row:
        raise PackError(f"{place}.kind", "is missing or empty", "Give the kind.")
    for key, known in CODES.items():
        if key in row and row[key] not in known:
            raise PackError(
                f"{place}.{key}", f"“{row[key]}” is not known", f"Use one of {', '.join(known)}."
            )
    _check_term(row, place)
    return DutyForm(**row)


def _check_term(row: Mapping[str, Any], place: str) -> None:
    if sum(term in row for term in (*LONGEST, "each_year_on")) > 1:
        raise PackError(place, "has more than one term", "Keep one of them.")
    for key, longest in LONGEST.items():
        if key in row and (type(row[key]) is not int or not 1 <= row[key] <= longest):
            raise PackError(
                f"{place}.{key}", f"is not a number of {key}", f"Give 1 to {longest:,}."
            )
    if "each_year_on" in row and not DAY_OF_YEAR.fullmatch(str(row["each_year_on"])):
        raise PackError(f"{place}.each_year_on", "is not a day of every year", "Write it as 10-01.")
