"""How a date, a moment, a count and a truth are written, everywhere alike."""

import datetime as dt
from typing import Final

from django.utils import dateformat, timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

SMALL: Final = 5
"""Counts of people from 1 to below this are published as "fewer than"."""


def date_text(day: dt.date) -> str:
    """A date in words: "March 4, 2026"."""
    return dateformat.format(day, pgettext("date format", "F j, Y"))


def moment_text(moment: dt.datetime) -> str:
    """Date, time and time zone in the current zone: "March 4, 2026, 2:05 PM PST".

    Raises ValueError for a naive moment: without a zone it names no instant.
    """
    local = _local(moment)
    return dateformat.format(local, pgettext("date and time format", "F j, Y, g:i A T"))


def date_tag(day: dt.date) -> SafeString:
    """`date_text` in a `time` element; of a moment, its date in the current time zone."""
    if isinstance(day, dt.datetime):
        day = _local(day).date()
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), date_text(day))


def moment_tag(moment: dt.datetime) -> SafeString:
    """`moment_text` in a `time` element."""
    text = moment_text(moment)
    return format_html('<time datetime="{}">{}</time>', _local(moment).isoformat(), text)


def count_text(count: int | None, *, small: int = SMALL) -> str:
    """A count as it may be published.

    "fewer than 5" for 1 to 4, and for None: a count that was withheld where it was made.
    Zero is written as zero. This is wording only; what must be withheld is decided where counts
    are made, since a withheld count can often be worked out from its neighbours.
    """
    if count is None or 0 < count < small:
        return gettext("fewer than %(number)s") % {"number": number_format(small)}
    return number_format(count, force_grouping=True)


def yes_or_no(value: bool) -> str:
    return gettext("Yes") if value else gettext("No")


def shown(value: object) -> str | SafeString:
    """Any value of a table's cell or a summary's row, as people read it. Text is not marked safe."""
    if value is None or value == "":
        return gettext("None")
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, dt.datetime):
        return moment_tag(value)
    if isinstance(value, dt.date):
        return date_tag(value)
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    return value if isinstance(value, SafeString) else str(value)


def _local(moment: dt.datetime) -> dt.datetime:
    if timezone.is_naive(moment):
        raise ValueError("A moment without a time zone cannot be shown; make it aware first.")
    return timezone.localtime(moment)
