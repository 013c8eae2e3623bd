"""When a duty falls due."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from oversight.policy.engine.packs import DutyForm


def due_date(form: DutyForm, start: datetime, zone: ZoneInfo) -> datetime | None:
    """The end of the term, on the clock of the agency; None where the instrument names none.

    Hours are elapsed time. Months keep the time of day and end on the last day of a shorter
    month. A day of the year is its first moment, the next one after `start`.
    """
    local = start.astimezone(zone)
    if form.hours is not None:
        return (start + timedelta(hours=form.hours)).astimezone(zone)
    if form.months is not None:
        return _months_after(local, form.months)
    if form.each_year_on is not None:
        month, day = (int(part) for part in form.each_year_on.split("-"))
        this_year = datetime(local.year, month, day, tzinfo=zone)
        return this_year if this_year > local else this_year.replace(year=local.year + 1)
    return None


def _months_after(local: datetime, months: int) -> datetime:
    years, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + years, month + 1
    day = min(local.day, calendar.monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day)
