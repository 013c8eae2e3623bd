"""Samples, their members, and findings about them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.council.board.models import Finding, Sample
from oversight.council.board.tables.notices import told
from oversight.interface.tables import Column, Table
from oversight.policy.presenting.safeguards import SAFEGUARDS


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
    notices = Column(header=_("Notices"), value=told)
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
