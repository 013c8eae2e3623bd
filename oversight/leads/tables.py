"""The lists on the examiner's desk. Nothing in them tells of a case or a person."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from oversight.interface.tables import Column, Table
from oversight.leads.models import Comparison, Examination


def _start_cell(comparison: Comparison) -> SafeString:
    address = reverse("leads:start", args=[comparison.run])
    return format_html('<a href="{}">{}</a>', address, comparison.code)


def _continue_cell(examination: Examination) -> SafeString:
    address = reverse("leads:examination", args=[examination.key])
    return format_html('<a href="{}">{}</a>', address, examination.comparison.code)


def _age(comparison: Comparison) -> str:
    return timesince(comparison.run_at, timezone.now(), depth=1)


def _progress(examination: Examination) -> str:
    return _t("%(done)s of %(count)s") % {
        "done": len(examination.judgements.all()),
        "count": examination.comparison.candidate_count,
    }


class WaitingComparisons(Table):
    """What an examiner may take on, oldest first."""

    caption = _("Waiting for an examiner")
    caption_hidden = True
    empty = _("Nothing waits for you")
    empty_hint = _(
        "Searches that returned candidates appear here, the oldest first. "
        "What you asked for or signed off yourself never does."
    )

    comparison = Column(header=_("Comparison"), cell=_start_cell, value="code", row_header=True)
    candidates = Column(header=_("Candidates"), value="candidate_count", numeric=True)
    searched = Column(header=_("Searched"), value="run_at", sort="run_at")
    age = Column(header=_("Waits for"), value=_age)


class OpenExaminations(Table):
    """What the examiner has begun and not closed."""

    caption = _("Begun by you")
    caption_hidden = True
    empty = _("You have begun nothing that is still open")

    comparison = Column(
        header=_("Comparison"), cell=_continue_cell, value="comparison.code", row_header=True
    )
    compared = Column(header=_("Compared"), value=_progress)
    started = Column(header=_("Begun"), value="started_at")
