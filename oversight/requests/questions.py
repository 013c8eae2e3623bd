"""What a request is asked, step by step, and how each answer is told to people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oversight.people.models import Agency
from oversight.requests import codes
from recognition.gateway import Unknown, gallery_summary

Text = str | Promise
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """An answer's key, its words, where it is asked, and how its value is told."""

    key: str
    label: Text
    step: str
    told: Callable[[Any], object] = lambda value: value


def _of(labels: codes.Labels) -> Callable[[Any], object]:
    return lambda code: labels.get(code, code)


def _each(labels: codes.Labels) -> Callable[[Any], object]:
    return lambda given: [labels.get(code, code) for code in given] or None


def _nibrs(code: str) -> object:
    return f"{code} {codes.NIBRS.get(code, '')}".strip()


def _authority(given: dict[str, str] | None) -> object:
    if not given:
        return None
    return [codes.AUTHORITIES[given["type"]], given["issuer"], given["number"]]


def _exigency(given: dict[str, str] | None) -> object:
    return [given["facts"], given["authoriser"]] if given else None


def _edits(given: list[dict[str, str]]) -> object:
    return [f"{codes.EDITS.get(edit['op'], edit['op'])}: {edit['by']}" for edit in given] or None


def _gallery(slug: str) -> object:
    try:
        return gallery_summary(slug).name
    except Unknown:
        return slug


def _agency(slug: str | None) -> object:
    found = Agency.objects.filter(pk=slug).first() if slug else None
    return found.name if found else slug


QUESTIONS = (
    Question("case_number", _("Case number"), "case"),
    Question("case_opened_on", _("Case opened on"), "case", date.fromisoformat),
    Question("purpose", _("Purpose"), "case", _of(codes.PURPOSES)),
    Question("nibrs", _("Offence"), "case", _nibrs),
    Question("severity", _("Severity of the offence"), "case", _of(codes.SEVERITIES)),
    Question("listed", _("Statutory lists"), "case", _each(codes.STATUTORY_LISTS)),
    Question("predicate_level", _("Suspicion"), "legal_basis", _of(codes.PREDICATES)),
    Question("predicate_facts", _("Facts"), "legal_basis"),
    Question("alternatives_tried", _("Tried before"), "legal_basis", lambda given: given or None),
    Question("suspicion_specific", _("Suspected whatever the place or event"), "legal_basis"),
    Question("protected_basis", _("Rests on protected activity or class"), "legal_basis"),
    Question("authority", _("Warrant, order or consent"), "legal_basis", _authority),
    Question("exigency", _("Emergency"), "legal_basis", _exigency),
    Question("kind", _("Kind of image"), "source", _of(codes.PROBE_KINDS)),
    Question("source", _("Source of the image"), "source", _of(codes.PROBE_SOURCES)),
    Question("mode", _("How it is searched"), "source", _of(codes.PROBE_MODES)),
    Question("depicts_subject", _("Shows the person sought"), "source"),
    Question("apparent_minor", _("Appears to be under 18"), "source"),
    Question("capture_context", _("Where it was taken"), "source", _each(codes.CAPTURE_CONTEXTS)),
    Question("edits", _("Changes to the image"), "source", _edits),
    Question("gallery", _("Gallery"), "scope", _gallery),
    Question("candidates_requested", _("Candidates at most"), "scope"),
    Question("on_behalf_of", _("For another agency"), "scope", _agency),
)


def told(question: Question, answers: Answers) -> object:
    """Return the answer to a question as people read it; None where there is none."""
    value = answers.get(question.key)
    return None if value is None else question.told(value)
