"""Notices, who is told, the regular looks at unusual use, and meetings."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.council.board.models import Finding, Meeting, Notice, RecipientChange, UsageReview
from oversight.council.board.services.letters import LETTERS
from oversight.interface.tables import Column, Table


def told(about: Finding | UsageReview) -> str:
    return "; ".join(
        f"{one.get_office_display()}: {notice_state(one)}" for one in about.notices.all()
    )


def notice_state(notice: Notice) -> object:
    """Whether an office was told, and in time."""
    late = notice.is_late(timezone.now())
    if notice.told_at is None:
        return _("not told, and late") if late else _("not told yet")
    return _("told late") if late else _("told in time")


_PLACES: Final[Mapping[str, Callable[[Notice], str]]] = {
    "finding": lambda notice: reverse("board:finding", args=[notice.finding_id]),
    "meeting": lambda notice: reverse("board:meeting", args=[notice.meeting_id]),
    "review": lambda _notice: reverse("board:unusual") + "#reviews",
    "suspension": lambda _notice: reverse("policy:suspensions"),
    "lifting": lambda _notice: reverse("policy:suspensions"),
    "standing": lambda notice: reverse(
        "council:technology", args=[notice.standing.technology.slug]
    ),
}
"""Where to read what a notice is about, by its subject."""


def _notice_about(notice: Notice) -> object:
    return LETTERS[notice.subject].subject


def _notice_link(notice: Notice) -> SafeString:
    address = _PLACES[notice.subject](notice)
    return format_html('<a href="{}">{}</a>', address, _notice_about(notice))


class Notices(Table):
    """Notices to named offices (safeguard R42)."""

    caption = _("Notices")
    default_sort = "-owed"
    downloadable = True
    empty = _("No notice has been owed yet")
    office = Column(header=_("Office"), row_header=True, value=lambda row: row.get_office_display())
    about = Column(header=_("About"), value=_notice_about, cell=_notice_link)
    owed = Column(header=_("Owed since"), value="owed_at", sort="owed_at")
    due = Column(header=_("Due"), value="due_at", sort="due_at")
    standing = Column(header=_("Standing"), value=notice_state)


class Reviews(Table):
    """The regular looks at unusual use."""

    caption = _("When use was looked at")
    empty = _("Use has not been looked at yet; the clerk does it within the hour")
    until = Column(header=_("Day"), row_header=True, value="reviewed_at")
    since = Column(header=_("First day looked at"))
    last = Column(header=_("Last day looked at"), value=lambda row: row.until - timedelta(days=1))
    found = Column(header=_("Found"), numeric=True)
    notices = Column(header=_("Notices"), value=lambda row: told(row) or None)


def change_state(change: RecipientChange) -> object:
    """Whether a change of the recipients holds."""
    return _("Holds") if hasattr(change, "confirmation") else _("Waits for a second person")


def _change_text(change: RecipientChange) -> object:
    return _("Ends") if change.ends_id else _("Names")


def _change_cell(change: RecipientChange) -> SafeString:
    address = reverse("board:recipient", args=[change.pk])
    return format_html('<a href="{}">{}</a>', address, change_state(change))


class Changes(Table):
    """Every change of the recipients."""

    caption = _("Changes")
    empty = _("Nobody has been named yet")
    office = Column(header=_("Office"), value=lambda row: row.get_office_display(), row_header=True)
    change = Column(header=_("Change"), value=_change_text)
    name = Column(header=_("Name"))
    address = Column(header=_("E-mail"))
    proposed = Column(header=_("Proposed by"), value="proposed_by.name")
    standing = Column(
        header=_("Standing"),
        value=change_state,
        cell=_change_cell,
    )


def _meeting_link(meeting: Meeting) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("board:meeting", args=[meeting.pk]), str(meeting)
    )


class Meetings(Table):
    """Meetings that were called."""

    caption = _("Meetings")
    default_sort = "-starts"
    empty = _("No meeting has been called yet")
    number = Column(header=_("Meeting"), row_header=True, value=str, cell=_meeting_link)
    starts = Column(header=_("Begins"), value="starts_at", sort="starts_at")
    place = Column(header=_("Place"))
    packs = Column(header=_("Packs"), value="pack_count", numeric=True)
