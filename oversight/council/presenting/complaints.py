"""Complaints as pages show them."""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oversight.council.models import Complaint, Finding
from oversight.council.selectors.complaints import STAGES, Stage, Totals, is_overdue, stage_of
from oversight.interface.components import Figure, SummaryRow, Text, Tone
from oversight.interface.display import SMALL, count_text
from oversight.policy.presenting.words import Badge
from oversight.transparency.suppression import protect, small

_TONES: Final = {
    Stage.RECEIVED: Tone.WAITING,
    Stage.IN_REVIEW: Tone.WAITING,
    Stage.ANSWERED: Tone.GOOD,
}
_IN_REVIEW: Final = gettext_lazy("In review: no finding yet")


def figures_of(totals: Totals) -> list[Figure]:
    """How many came in, and how many the board owes."""
    return [
        Figure(count_text(totals.received), _("Complaints received")),
        Figure(
            totals.overdue,
            _("Overdue"),
            note=_("An acknowledgement or an answer is late."),
        ),
    ]


def rows_of(totals: Totals) -> list[tuple[Text, str]]:
    """Findings and how often each; small counts, and others that would give them away, withheld.

    No rows while so few have complained that every row would be small.
    """
    if small(totals.received, SMALL) or not totals.received:
        return []
    names: list[Text] = [_IN_REVIEW, *(outcome.label for outcome in Finding.Outcome)]
    counts = [totals.in_review, *(totals.by_outcome[outcome] for outcome in Finding.Outcome)]
    withheld = protect([[count] for count in counts], threshold=SMALL).withheld
    return [
        (name, _("withheld") if (row, 0) in withheld else count_text(count))
        for row, (name, count) in enumerate(zip(names, counts, strict=True))
    ]


def badge_of(complaint: Complaint) -> Badge:
    """The stage, or that something is late."""
    stage = stage_of(complaint)
    if is_overdue(complaint, timezone.now()):
        return Badge(_("%(stage)s, overdue") % {"stage": STAGES[stage]}, Tone.STOPPED)
    return Badge(str(STAGES[stage]), _TONES[stage])


def desk_rows(complaint: Complaint) -> list[SummaryRow]:
    """A complaint for the board."""
    contact = getattr(complaint, "contact", None)
    finding = getattr(complaint, "finding", None)
    rows = [
        SummaryRow(_("What it is about"), complaint.get_subject_display()),
        SummaryRow(_("What happened"), complaint.text),
        SummaryRow(_("Case number"), complaint.case_number or None),
        SummaryRow(_("Name"), (contact.name if contact else "") or _("Not given")),
        SummaryRow(_("How to reach them"), (contact.reach if contact else "") or _("Not given")),
        SummaryRow(_("Received"), complaint.received_at),
        SummaryRow(_("To be acknowledged by"), complaint.acknowledge_by),
        SummaryRow(_("To be answered by"), complaint.answer_by),
    ]
    if finding:
        rows += [
            SummaryRow(_("Finding"), finding.get_outcome_display()),
            SummaryRow(_("What was done about it"), finding.action or None),
            SummaryRow(_("Answer"), finding.answer),
            SummaryRow(_("Answered"), finding.made_at),
        ]
    return rows
