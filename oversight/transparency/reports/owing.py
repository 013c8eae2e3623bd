"""What an agency owes, as pages show it: each report with its terms and where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oversight.interface.components import Tone
from oversight.interface.display import date_text
from oversight.transparency.presenting import count
from oversight.transparency.reports.catalogue import Pack
from oversight.transparency.reports.presenting import days_text, doubt_text
from oversight.transparency.reports.selectors import (
    Binding,
    Obligation,
    Status,
    bindings,
    obligations,
)

_SHOWN: Final = 26  # terms of one report on the page: half a year of weeks

_WORDS: Final[Mapping[Status, tuple[str | Promise, Tone]]] = {
    Status.NOT_OVER: (gettext_lazy("Its period is not over"), Tone.NEUTRAL),
    Status.WAITS: (gettext_lazy("It cannot be filed yet"), Tone.NEUTRAL),
    Status.OPEN: (gettext_lazy("Not filed yet"), Tone.WAITING),
    Status.SOON: (gettext_lazy("Not filed yet, due soon"), Tone.CAUTION),
    Status.OVERDUE: (gettext_lazy("Not filed, overdue"), Tone.STOPPED),
    Status.FILED: (gettext_lazy("Filed"), Tone.GOOD),
    Status.FILED_NIL: (gettext_lazy("Filed: a return of zero"), Tone.GOOD),
}


@dataclass(frozen=True)
class Row:
    """One term of a report: its days, when it is due, where it stands, and what was filed."""

    obligation: Obligation
    period: str
    due: str
    status: str | Promise
    tone: Tone
    address: str
    note: str

    @property
    def start(self) -> str:
        """The first day, as addresses write it."""
        return self.obligation.term.start.isoformat()


@dataclass(frozen=True)
class Owed:
    """A report that is owed: why, when, and each of its terms, the newest first."""

    pack: Pack
    why: str
    why_address: str
    doubt: str
    due_doubt: str
    rows: Sequence[Row]
    earlier: str


def all_owed(agency: str, today: date) -> list[Owed]:
    """Everything that an agency owes, as the public's role reads it."""
    return [owed(each, obligations(each, today)) for each in bindings(agency, today)]


def owed(binding: Binding, terms: Sequence[Obligation]) -> Owed:
    """A binding with its terms; those that are not listed are counted, so that none is left out."""
    pack, instrument = binding.pack, binding.instrument
    why = _("The city chose to publish it.")
    if instrument is not None:
        why = _("Asked for by: %(law)s") % {"law": instrument.title}
    elif pack.evidence == "house":
        why = doubt_text(pack.evidence)
    return Owed(
        pack=pack,
        why=why,
        why_address=reverse("policy:instrument", args=[instrument.slug]) if instrument else "",
        doubt="" if pack.evidence == "house" else doubt_text(pack.evidence),
        due_doubt="" if pack.due.evidence == "house" else doubt_text(pack.due.evidence),
        rows=[row_of(each) for each in terms[:_SHOWN]],
        earlier=_earlier(terms[_SHOWN:]),
    )


def row_of(obligation: Obligation) -> Row:
    """One term as a row."""
    status, tone = _WORDS[obligation.status]
    term, report = obligation.term, obligation.report
    return Row(
        obligation=obligation,
        period=days_text(term.start, term.end),
        due=date_text(term.due),
        status=status,
        tone=tone,
        address=reverse("transparency:filed", args=[report.number]) if report else "",
        note=_note(obligation),
    )


def _note(obligation: Obligation) -> str:
    """When it was filed, and whether its figures were corrected since."""
    report = obligation.report
    if report is None:
        return ""
    day = date_text(timezone.localtime(report.filed_at))
    text = _("on %(day)s, late") if report.document["late"] else _("on %(day)s")
    told = text % {"day": day}
    if hasattr(report.edition, "correction"):
        return _("%(filed)s; its figures were corrected since") % {"filed": told}
    return told


def _earlier(rest: Sequence[Obligation]) -> str:
    if not rest:
        return ""
    filed = sum(each.filed for each in rest)
    text = ngettext(
        "%(count)s earlier period is not listed: %(filed)s filed, %(missing)s not.",
        "%(count)s earlier periods are not listed: %(filed)s filed, %(missing)s not.",
        len(rest),
    )
    return text % {
        "count": count(len(rest)),
        "filed": count(filed),
        "missing": count(len(rest) - filed),
    }
