"""The rows behind a figure: what became of each request, and nobody's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Text
from oversight.requests import codes
from oversight.transparency.breakdowns import OFFENCES, offence_row
from oversight.transparency.counting import Counted, Outcome
from oversight.transparency.definitions import BY_NAME

_NOT_STATED: Final = _("Not stated")


@dataclass(frozen=True, slots=True)
class Row:
    """One request as a member of the board sees it in a list; times are in minutes.

    ``number`` is None for searches from before adoption.
    """

    number: int | None
    day: date
    agency: str
    unit: str
    use_type: str
    offence: str
    ending: str
    outcome: str
    rules: str
    waited: int | None
    read: int | None


def row_of(counted: Counted) -> Row:
    """Return the row of a request."""
    outcome = counted.fate.outcome
    return Row(
        number=counted.request,
        day=counted.day,
        agency=counted.agency,
        unit=counted.unit or str(_NOT_STATED),
        use_type=str(codes.PURPOSES.get(counted.use_type, _NOT_STATED)),
        offence=offence_row(counted.nibrs),
        ending=counted.fate.ending,
        outcome=str(outcome or ""),
        rules=", ".join(sorted({str(reason.get("rule") or "") for reason in counted.reasons})),
        waited=None if counted.waited is None else counted.waited // 60,
        read=counted.read,
    )


def chosen_rows(
    counted: Iterable[Counted],
    *,
    unit: str = "",
    offence: str = "",
    ending: str = "",
    rule: str = "",
) -> list[Row]:
    """Return the rows that fit every filter that is set."""
    rows = (row_of(each) for each in counted)
    return [
        row
        for row in rows
        if unit in ("", row.unit)
        and offence in ("", row.offence)
        and ending in ("", row.ending)
        and (not rule or rule in row.rules.split(", "))
    ]


def ending_label(ending: str) -> Text:
    """The words for what became of a request."""
    return BY_NAME[ending].label if ending in BY_NAME else ending


def outcome_label(outcome: str) -> Text:
    """The words for the result of a search; empty where none ran."""
    name = "leads" if outcome == Outcome.LEAD else outcome
    return BY_NAME[name].label if name else ""


def offence_label(category: str) -> Text:
    """The words for a category of offences."""
    return OFFENCES.get(category, _NOT_STATED)
