"""Tables of the council's room."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.council.models import Complaint, RecordsRequest
from oversight.council.presenting import complaints
from oversight.council.presenting.comment import ShownComment
from oversight.council.presenting.technologies import badge_of
from oversight.council.selectors.technologies import Standing
from oversight.interface.tables import Column, Table


def _technology_link(row: Standing) -> SafeString:
    address = reverse("council:technology", args=[row.technology.slug])
    return format_html('<a href="{}">{}</a>', address, row.technology.name)


class Technologies(Table):
    """The inventory."""

    caption = _("Surveillance technologies")
    default_sort = "name"
    downloadable = True
    empty = _("No technology is on the inventory yet")
    empty_hint = _("Nothing that is not listed and approved here can be used through this system.")
    name = Column(
        header=_("Technology"),
        row_header=True,
        sort="name",
        value="technology.name",
        cell=_technology_link,
    )
    kind = Column(
        header=_("Kind"), sort="kind", value=lambda row: row.technology.get_kind_display()
    )
    agency = Column(header=_("Used by"), sort="agency", value="technology.agency.name")
    vendor = Column(header=_("Maker or operator"), value="technology.vendor")
    standing = Column(
        header=_("Standing"), sort="standing", value=lambda row: str(badge_of(row).text)
    )
    vote = Column(
        header=_("Last vote"), value=lambda row: row.newest_vote.count if row.newest_vote else None
    )
    ends = Column(header=_("Approval ends"), value="renewal_due", sort="ends")


def _day_received(row: ShownComment) -> date:
    return timezone.localdate(row.comment.received_at)


def _letter(row: ShownComment) -> str:
    return "" if row.letter is None else str(row.letter)


class Comments(Table):
    """The comments of a consultation, for download: what the page shows and no more."""

    caption = _("Comments")
    downloadable = True
    number = Column(header=_("Comment"), value=lambda row: str(row.number), row_header=True)
    received = Column(header=_("Received on"), value=_day_received)
    stance = Column(header=_("For or against"))
    letter = Column(header=_("Same text as comment"), value=_letter)
    text = Column(header=_("Text"))
    withheld = Column(header=_("Why it is withheld"), value="why")
    who = Column(header=_("By"))


def _complaint_link(row: Complaint) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("council:complaint", args=[row.pk]), row)


class Complaints(Table):
    """The board's desk."""

    caption = _("Complaints")
    empty = _("Nobody has complained yet")
    number = Column(header=_("Complaint"), row_header=True, value=str, cell=_complaint_link)
    subject = Column(header=_("Subject"), value=lambda row: row.get_subject_display())
    received = Column(header=_("Received"), value="received_at", sort="received_at")
    due = Column(header=_("Answer by"), value="answer_by", sort="answer_by")
    stage = Column(header=_("Stage"), value=lambda row: complaints.badge_of(row).text)


def _answer_link(row: RecordsRequest) -> SafeString:
    address = reverse("council:records_answer", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, row.number)


class OpenRecordsRequests(Table):
    """Requests for records that wait for an answer."""

    caption = _("Requests without an answer")
    empty = _("Every request has been answered")
    number = Column(header=_("Number"), row_header=True, cell=_answer_link)
    received = Column(header=_("Received on"), value="received_on", sort="received_on")


class RecordsYears(Table):
    """Requests for records by year."""

    caption = _("Requests for public records by the year in which they came")
    downloadable = True
    empty = _("Not yet recorded")
    empty_hint = _("The department has not entered any request. That is not the same as none.")
    year = Column(header=_("Year"), row_header=True, value=lambda row: str(row.year))
    received = Column(header=_("Received"), numeric=True)
    granted = Column(header=_("Granted"), numeric=True, value=lambda row: row.outcomes["granted"])
    partly = Column(
        header=_("Granted in part"), numeric=True, value=lambda row: row.outcomes["partly"]
    )
    denied = Column(header=_("Denied"), numeric=True, value=lambda row: row.outcomes["denied"])
    none_held = Column(
        header=_("No such records"), numeric=True, value=lambda row: row.outcomes["none_held"]
    )
    withdrawn = Column(
        header=_("Withdrawn"), numeric=True, value=lambda row: row.outcomes["withdrawn"]
    )
    open = Column(header=_("Open"), numeric=True)
    days = Column(
        header=_("Median days to an answer"),
        numeric=True,
        value=lambda row: None if row.days is None else f"{row.days:g}",
    )
