"""The rows behind a figure: what became of each request, and nobody's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.council.board.demography import fits
from oversight.interface.components import Text
from oversight.requests import codes
from oversight.transparency.breakdowns import OFFENCES, offence_row
from oversight.transparency.counting import Counted, Outcome
from oversight.transparency.definitions import BY_NAME

_NOT_STATED: Final = _("Not stated")


@dataclass(slots=True)
class Row:
    """One request as a member of the board sees it in a list; times are in minutes.

    A year has tens of thousands of rows and a page shows a few: what is not asked for is not made.
    """

    counted: Counted

    @property
    def number(self) -> int | None:
        """None for searches from before adoption."""
        return self.counted.request

    @property
    def day(self) -> date:
        return self.counted.day

    @property
    def unit(self) -> str:
        return self.counted.unit or str(_NOT_STATED)

    @property
    def use_type(self) -> str:
        return str(codes.PURPOSES.get(self.counted.use_type, _NOT_STATED))

    @property
    def offence(self) -> str:
        """The category of the offence, as the publications name it."""
        return offence_row(self.counted.nibrs)

    @property
    def ending(self) -> str:
        return self.counted.fate.ending

    @property
    def outcome(self) -> str:
        """What the search gave; empty where none ran."""
        return str(self.counted.fate.outcome or "")

    @property
    def rules(self) -> str:
        return ", ".join(sorted(_rules_of(self.counted)))

    @property
    def waited(self) -> int | None:
        return None if self.counted.waited is None else self.counted.waited // 60

    @property
    def read(self) -> int | None:
        return self.counted.read


def chosen_rows(
    counted: Iterable[Counted],
    *,
    unit: str = "",
    offence: str = "",
    ending: str = "",
    rule: str = "",
    described: str = "",
) -> list[Row]:
    """Return the rows that fit every filter that is set."""
    return [
        Row(each)
        for each in counted
        if unit in ("", each.unit)
        and ending in ("", each.fate.ending)
        and (not offence or offence == offence_row(each.nibrs))
        and (not rule or rule in _rules_of(each))
        and (not described or fits(each, described))
    ]


def _rules_of(counted: Counted) -> set[str]:
    return {str(reason.get("rule") or "") for reason in counted.reasons}


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
