"""Periods to choose from, and the one before each to compare it with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

DEFAULT: Final = "30d"
_DAYS: Final[dict[str, tuple[int, str | Promise]]] = {
    "7d": (7, gettext_lazy("Last 7 days")),
    "30d": (30, gettext_lazy("Last 30 days")),
    "90d": (90, gettext_lazy("Last 90 days")),
    "365d": (365, gettext_lazy("Last 365 days")),
}
_MONTHS, _YEARS = 12, 5


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to before ``end``; ``code`` names it in addresses."""

    code: str
    start: date
    end: date
    label: str | Promise

    @property
    def before(self) -> tuple[date, date]:
        """The days that it is compared with: the month or year before, or as many days."""
        if self.code in _DAYS or self.code.startswith("pack-"):
            return self.start - (self.end - self.start), self.start
        if len(self.code) == len("2026"):
            return date(self.start.year - 1, 1, 1), self.start
        return _month_before(self.start), self.start

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - timedelta(days=1)


def periods(today: date) -> list[Period]:
    """Return the periods that can be chosen: recent days, months and years, the newest first."""
    recent = [
        Period(code, today - timedelta(days=days - 1), today + timedelta(days=1), label)
        for code, (days, label) in _DAYS.items()
    ]
    return [*recent, *_months(today), *_years(today)]


def period_of(code: str, today: date) -> Period:
    """Return the period of that code; the last 30 days for one that is not offered."""
    offered = {period.code: period for period in periods(today)}
    return offered.get(code, offered[DEFAULT])


def _months(today: date) -> Iterator[Period]:
    start, end = today.replace(day=1), today + timedelta(days=1)
    for _count in range(_MONTHS):
        name = dateformat.format(start, pgettext("month and year format", "F Y"))
        label = _("%(month)s so far") % {"month": name} if end > today else name
        yield Period(f"{start:%Y-%m}", start, end, label)
        start, end = _month_before(start), start


def _years(today: date) -> Iterator[Period]:
    for year in range(today.year, today.year - _YEARS, -1):
        so_far = year == today.year
        end = today + timedelta(days=1) if so_far else date(year + 1, 1, 1)
        label = _("%(year)s so far") % {"year": year} if so_far else str(year)
        yield Period(str(year), date(year, 1, 1), end, label)


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
