"""How often, and how long, the public must be heard before a vote: read from data, never an if.

The rows stand in ``data/terms.toml``, each with whom it binds, its citation, and whether that was
verified. Governments are those of the gate's reference tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.council.acquiring import is_face_recognition
from oversight.council.data import read_data
from oversight.council.models import Acquisition, Consultation, Document, Technology
from oversight.policy import gate


@dataclass(frozen=True, slots=True)
class Term:
    """A rule: ``least`` hearings announced ``days`` ahead, or ``days`` of comment or of posting."""

    kind: str
    days: int
    citation: str
    evidence: str
    least: int = 1

    def covers(self, other: "Term") -> bool:
        """Whether whoever keeps this rule keeps the other."""
        return self.least >= other.least and self.days >= other.days

    @property
    def words(self) -> str:
        """What it asks for, with its source, as the end of a sentence."""
        source = self.citation
        if self.evidence == "unverified":
            source = _("%(citation)s (not verified)") % {"citation": self.citation}
        return self._asked() % {"n": self.least, "days": self.days, "source": source}

    def _asked(self) -> str:
        if self.kind == "comment":
            return _("public comment over at least %(days)s days: %(source)s")
        if self.kind == "posting":
            return _(
                "impact report and use policy published %(days)s days before the first day of use:"
                " %(source)s"
            )
        if not self.days:
            return ngettext(
                "a public hearing on or before the day of the vote: %(source)s",
                "%(n)s public hearings on or before the day of the vote: %(source)s",
                self.least,
            )
        return ngettext(
            "a public hearing on or before the day of the vote, announced at least %(days)s days"
            " ahead: %(source)s",
            "%(n)s public hearings on or before the day of the vote, each announced at least"
            " %(days)s days ahead: %(source)s",
            self.least,
        )


def terms_of(technology: Technology, *kinds: str) -> list[Term]:
    """The rules of some kinds (``hearing``, ``comment``, ``posting``) that bind an agency.

    Of rules that ask for the same, or of which one asks for more, only the strictest is told.
    """
    return [term for kind in kinds for term in _strictest(_binding(kind, technology))]


def missing_by_terms(acquisition: Acquisition, voted_on: date) -> list[str]:
    """What rules on hearings and comment still want for a vote on that day, in words."""
    hearings = [
        (timezone.localdate(each.held_at), each.noticed_on) for each in acquisition.hearings.all()
    ]
    ahead = [(held - noticed).days for held, noticed in hearings if held <= voted_on]
    comment = [_days_of(asked) for asked in acquisition.consultations.all()]
    return [
        term.words
        for term in terms_of(acquisition.technology, "hearing", "comment")
        if sum(days >= term.days for days in (ahead if term.kind == "hearing" else comment))
        < term.least
    ]


def first_day_of_use(acquisition: Acquisition) -> tuple[date, Term] | None:
    """The earliest day of use by the rules on posting, with the rule; None where there is none.

    Counted from the day on which the newest impact report or use policy was published.
    """
    terms = terms_of(acquisition.technology, "posting")
    kinds = (Document.Kind.IMPACT_REPORT, Document.Kind.USE_POLICY)
    posted = [each.added_at for each in acquisition.documents.all() if each.kind in kinds]
    if not terms or not posted:
        return None
    longest = max(terms, key=lambda term: term.days)
    return timezone.localdate(max(posted)) + timedelta(days=longest.days), longest


def shortest_comment(technology: Technology) -> Term | None:
    """The rule on how long the public may comment at least; None where there is none."""
    return max(terms_of(technology, "comment"), key=lambda term: term.days, default=None)


def _days_of(asked: Consultation) -> int:
    return (asked.closes_at - asked.opens_at).days


def _strictest(terms: Iterator[Term]) -> Iterator[Term]:
    kept: list[Term] = []
    for term in terms:
        if not any(other.covers(term) for other in kept):
            kept = [other for other in kept if not term.covers(other)] + [term]
    yield from kept


def _binding(kind: str, technology: Technology) -> Iterator[Term]:
    bound = _governments_of(technology.agency_id)
    for row in read_data("terms")[kind]:
        binds = not row["binds"] or bound.intersection(row["binds"])
        if binds and (is_face_recognition(technology) or not row["face_recognition"]):
            yield _term(kind, row)


def _term(kind: str, row: Mapping[str, Any]) -> Term:
    days = row["notice_days"] if kind == "hearing" else row["days"]
    return Term(kind, days, row["citation"], row["evidence"], row.get("least", 1))


def _governments_of(agency: str) -> frozenset[str]:
    """The governments that bind an agency; those of all agencies where it is not known."""
    reference = gate.standing_library().reference
    if agency in reference.agencies:
        return reference.governments_of(agency)
    return frozenset(reference.governments)
