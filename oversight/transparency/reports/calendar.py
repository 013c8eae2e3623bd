"""Which periods a report covers, and by which day each is due. Pure: days in, days out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from oversight.transparency.reports.catalogue import Due


@dataclass(frozen=True, order=True)
class Term:
    """A period that is to be reported: ``end`` is the day after its last, ``due`` the last day to file.

    ``opens`` is the first day on which the report may be filed: never before the period is over.
    """

    start: date
    end: date
    opens: date
    due: date

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.end - timedelta(days=1)


def term_of(due: Due, day: date) -> Term:
    """The term in whose period a day lies."""
    start, end = _period(due, day)
    if due.within_days:
        return Term(start, end, end, end + timedelta(days=due.within_days - 1))
    opens = _next(due.opens, end) if due.opens else end
    last_day = _next(due.by, opens) if due.by else end
    return Term(start, end, opens, last_day)


def terms(due: Due, since: date, until: date) -> Iterator[Term]:
    """Yield the terms whose periods end after ``since`` and begin by ``until``, oldest first."""
    term = term_of(due, since)
    while term.start <= until:
        yield term
        term = term_of(due, term.end)


def _period(due: Due, day: date) -> tuple[date, date]:
    if due.every == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    if due.every == "month":
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1)
    year = day.year if (day.month, day.day) >= due.starts else day.year - 1
    years = 1
    if due.every == "two-years":
        years = 2
        year -= (year - due.first_year) % 2
    return date(year, *due.starts), date(year + years, *due.starts)


def _next(day: tuple[int, int], after: date) -> date:
    """The first such day of a year that is not before ``after``."""
    this_year = date(after.year, *day)
    return this_year if this_year >= after else date(after.year + 1, *day)
