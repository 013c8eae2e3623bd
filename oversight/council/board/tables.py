"""Tables of the board's desk."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.council.board.anomalies import Hit
from oversight.council.board.figures import time_text
from oversight.council.board.models import Finding, Meeting, Notice, RecipientChange, Sample
from oversight.council.board.rows import Row, ending_label, offence_label, outcome_label
from oversight.interface.tables import Column, Table
from oversight.policy.presenting.safeguards import SAFEGUARDS


class Rows(Table):
    """The requests behind a figure."""

    caption = _("Requests behind this figure")
    default_sort = "-day"
    downloadable = True
    empty = _("No request stands behind this figure")
    number = Column(header=_("Request"), row_header=True, sort="number", numeric=True)
    day = Column(header=_("Day"), sort="day")
    unit = Column(header=_("Unit"), sort="unit")
    use_type = Column(header=_("Purpose"), sort="use_type")
    offence = Column(
        header=_("Offense"), value=lambda row: str(offence_label(row.offence)), sort="offence"
    )
    ending = Column(
        header=_("What became of it"),
        value=lambda row: str(ending_label(row.ending)),
        sort="ending",
    )
    outcome = Column(
        header=_("Result"), value=lambda row: str(outcome_label(row.outcome)), sort="outcome"
    )
    rules = Column(header=_("Rules that refused"), sort="rules")
    waited = Column(header=_("Minutes to verdict"), sort="waited", numeric=True)
    read = Column(header=_("Seconds looked at"), sort="read", numeric=True)

    @property
    def shown_numbers(self) -> list[int]:
        """Numbers of the requests on this page, or of all of them in a download."""
        rows: list[Row] = list(self.ordered if self.csv_wanted else self.pages.page)
        return [row.number for row in rows if row.number is not None]


class Supervisors(Table):
    """How each supervisor decides."""

    caption = _("Supervisors")
    default_sort = "name"
    downloadable = True
    empty = _("No verdict was given in this period")
    name = Column(header=_("Supervisor"), row_header=True, sort="name")
    unit = Column(header=_("Unit"), sort="unit")
    verdicts = Column(header=_("Verdicts"), sort="verdicts", numeric=True)
    approved = Column(header=_("Approved"), sort="approved", numeric=True)
    share = Column(header=_("Share approved, percent"), sort="share", numeric=True)
    waited = Column(
        header=_("Middle time to verdict"),
        value=lambda row: time_text(round(row.waited)),
        numeric=True,
    )
    read = Column(
        header=_("Middle time looked at"),
        value=lambda row: time_text(round(row.read)),
        numeric=True,
    )
    quick = Column(header=_("Signed within a minute"), sort="quick", numeric=True)

    @property
    def filtered(self) -> bool:
        """The period is no filter: without verdicts there is nothing, whatever is chosen."""
        return False


def _some(hit: Hit) -> str:
    shown = ", ".join(str(number) for number in hit.requests[:12])
    return shown + (", …" if len(hit.requests) > 12 else "")  # noqa: PLR2004  (as many as fit a line)


class Hits(Table):
    """What a rule about unusual use found."""

    caption = _("What it found")
    caption_hidden = True
    empty = _("Nothing unusual by this rule")
    about = Column(header=_("About"), row_header=True)
    found = Column(header=_("Found"), numeric=True)
    compared = Column(header=_("Compared with"))
    requests = Column(header=_("Requests"), value=_some)


def sample_state(sample: Sample) -> object:
    """Where a sample stands, in words."""
    return _("Drawn") if hasattr(sample, "draw") else _("Waiting for the signed record")


def _sample_link(sample: Sample) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("board:sample", args=[sample.number]), str(sample)
    )


class Samples(Table):
    """Every sample that was announced."""

    caption = _("Samples")
    default_sort = "-number"
    empty = _("No sample has been announced yet")
    number = Column(header=_("Sample"), row_header=True, cell=_sample_link, sort="number")
    kind = Column(header=_("Kind"), value=lambda row: row.get_kind_display())
    since = Column(header=_("From"))
    until = Column(header=_("To"), value=lambda row: row.until - timedelta(days=1))
    size = Column(header=_("Size"), numeric=True)
    announced = Column(header=_("Announced"), value="announced_at", sort="announced_at")
    standing = Column(header=_("Standing"), value=sample_state)


def _member_link(row: Any) -> SafeString:
    address = reverse("board:member", args=[row["sample"], row["place"]])
    return format_html('<a href="{}">{}</a>', address, row["place"])


class Members(Table):
    """The members of a sample, in the order of the draw."""

    caption = _("Members")
    empty = _("Not drawn yet")
    page_size = 100
    place = Column(header=_("Place"), row_header=True, cell=_member_link, sort="place")
    entry = Column(header=_("Entry of the record"), numeric=True)
    request = Column(header=_("Request"), numeric=True, sort="request")
    weight = Column(header=_("Weight"), numeric=True, sort="weight")
    findings = Column(header=_("Findings"))


def finding_state(finding: Finding) -> object:
    """Where a finding stands, in words."""
    if hasattr(finding, "resolution"):
        return finding.resolution.get_outcome_display()
    if finding.kind == Finding.Kind.COMPLIANT:
        return _("Complies")
    if hasattr(finding, "answer"):
        return _("Answered")
    late = finding.answer_due is not None and finding.answer_due < timezone.localdate()
    return _("Answer overdue") if late else _("Waiting for the answer")


def _finding_link(finding: Finding) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("board:finding", args=[finding.pk]), str(finding)
    )


def _rule_text(finding: Finding) -> str:
    return f"{finding.safeguard} {SAFEGUARDS.get(finding.safeguard, '')}".strip()


class Findings(Table):
    """Findings that want or wanted an answer."""

    caption = _("Findings")
    empty = _("No finding waits for an answer")
    number = Column(header=_("Finding"), row_header=True, value=str, cell=_finding_link)
    kind = Column(header=_("Kind"), value=lambda row: row.get_kind_display())
    rule = Column(header=_("Rule"), value=_rule_text)
    due = Column(header=_("Answer due"), value="answer_due", sort="answer_due")
    standing = Column(header=_("Standing"), value=finding_state)


def _told(finding: Finding) -> str:
    return "; ".join(
        f"{one.get_office_display()}: {notice_state(one)}" for one in finding.notices.all()
    )


def notice_state(notice: Notice) -> object:
    """Whether an office was told, and in time."""
    sent = [each.sent_at for each in notice.dispatches.all()]
    if not sent:
        late = notice.due_at < timezone.now()
        return _("not told, and late") if late else _("not told yet")
    return _("told in time") if min(sent) <= notice.due_at else _("told late")


class FindingsAbout(Findings):
    """Findings about one member of a sample."""

    empty = _("Nobody has recorded a finding about it yet")


class Violations(Table):
    """The register of violations (safeguard R42)."""

    caption = _("Register of violations")
    default_sort = "-found"
    downloadable = True
    empty = _("No violation has been recorded")
    number = Column(header=_("Finding"), row_header=True, value=str, cell=_finding_link)
    rule = Column(header=_("Rule"), value=_rule_text, sort="safeguard")
    found = Column(header=_("Recorded"), value="found_at", sort="found_at")
    notices = Column(header=_("Notices"), value=_told)
    standing = Column(header=_("Standing"), value=finding_state)


class Answers(Table):
    """What a unit is to answer."""

    caption = _("Findings of the oversight board")
    empty = _("The board has no question for your unit")
    number = Column(
        header=_("Finding"),
        row_header=True,
        value=str,
        cell=lambda row: format_html(
            '<a href="{}">{}</a>', reverse("board:answer", args=[row.pk]), str(row)
        ),
    )
    kind = Column(header=_("Kind"), value=lambda row: row.get_kind_display())
    rule = Column(header=_("Rule"), value=_rule_text)
    due = Column(header=_("Answer due"), value="answer_due")
    standing = Column(header=_("Standing"), value=finding_state)


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
