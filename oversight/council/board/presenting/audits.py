"""Publications of the board as public pages show them. Nothing here reads a table but theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.council.board.frames import TRAITS
from oversight.council.board.models import Finding, Publication, Sample
from oversight.council.board.presenting.sampling import days_text
from oversight.interface.components import SummaryRow, Text
from oversight.interface.display import count_text, date_text
from oversight.policy.presenting.safeguards import SAFEGUARDS

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ByRule:
    """What was found under one rule; small counts in words."""

    rule: str
    text: Text
    violations: str
    questions: str


@dataclass(frozen=True, slots=True)
class Audit:
    """A sample as its page shows it."""

    number: int
    title: str
    summary: str
    rows: Sequence[SummaryRow]
    found: Sequence[SummaryRow]
    by_rule: Sequence[ByRule]
    is_drawn: bool
    is_complete: bool
    overdue: int
    weights: Sequence[tuple[Text, int]]
    version: int


@dataclass(frozen=True, slots=True)
class CalledMeeting:
    """A meeting as it was called."""

    number: int
    starts_at: datetime
    place: str


def audit_of(publication: Publication) -> Audit:
    """Return what stands published of a sample."""
    document = publication.document
    found = document["findings"]
    days = days_text(date.fromisoformat(document["since"]), date.fromisoformat(document["until"]))
    return Audit(
        number=publication.subject,
        title=_("Audit %(number)s: requests of %(days)s")
        % {"number": publication.subject, "days": days},
        summary=_summary(found),
        rows=_rows(document, days, publication.digest),
        found=_found(found) if found else [],
        by_rule=_by_rule(found),
        is_drawn=document["draw"] is not None,
        is_complete=bool(found) and found["by_rule"] is not None,
        overdue=_overdue(found, timezone.localdate()),
        weights=[(TRAITS.get(trait, trait), adds) for trait, adds in document["weights"].items()],
        version=publication.sequence,
    )


def meeting_of(publication: Publication) -> CalledMeeting:
    """Return what stands published of a meeting's call."""
    document = publication.document
    starts = datetime.fromisoformat(document["starts_at"])
    return CalledMeeting(publication.subject, starts, document["place"])


def _rows(document: Json, days: str, digest: str) -> list[SummaryRow]:
    draw = document["draw"]
    rows = [
        SummaryRow(_("Requests sent"), days),
        SummaryRow(_("How it is drawn"), Sample.Kind(document["kind"]).label),
        SummaryRow(_("Announced on"), date_text(date.fromisoformat(document["announced_on"]))),
        SummaryRow(_("Drawn from"), number_format(document["frame_size"])),
        SummaryRow(_("Size"), number_format(document["size"])),
        SummaryRow(_("Fingerprint of the announcement"), document["announcement"]),
    ]
    if draw:
        drawn = date.fromisoformat(draw["drawn_on"])
        root = _("Root of the record of %(count)s entries") % {"count": draw["tree_size"]}
        rows += [
            SummaryRow(_("Drawn on"), date_text(drawn)),
            SummaryRow(_("Entry of the announcement"), str(draw["announcement_entry"])),
            SummaryRow(root, draw["root"]),
            SummaryRow(_("Entries drawn"), ", ".join(map(str, draw["members"]))),
        ]
    return [*rows, SummaryRow(_("Fingerprint of what is published here"), digest)]


def _found(found: Json) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("Looked at"), _part(found["reviewed"], found["members"])),
        *(SummaryRow(kind.label, found[str(kind)]) for kind in Finding.Kind),
        SummaryRow(_("Answers given by the department"), found["answered"]),
        SummaryRow(_("Answers awaited"), sum(found["awaited"].values())),
    ]
    late = _overdue(found, timezone.localdate())
    return [*rows, SummaryRow(_("Answers overdue"), late)]


def _part(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}


def _summary(found: Json | None) -> str:
    if found is None:
        return _("Announced. It is drawn as soon as the record has gone on.")
    violations = found["violation"]
    looked = _("%(part)s of %(whole)s requests were looked at.") % {
        "part": found["reviewed"],
        "whole": found["members"],
    }
    told = ngettext(
        "%(count)s violation of the rules was found.",
        "%(count)s violations of the rules were found.",
        violations,
    ) % {"count": violations}
    return f"{looked} {told}"


def _overdue(found: Json | None, today: date) -> int:
    awaited = found["awaited"] if found else {}
    return sum(count for day, count in awaited.items() if date.fromisoformat(day) < today)


def _by_rule(found: Json | None) -> list[ByRule]:
    rules = (found["by_rule"] if found else None) or {}
    return [
        ByRule(
            rule or "-",
            SAFEGUARDS.get(rule, _("No rule named")),
            count_text(counts["violation"]),
            count_text(counts["question"]),
        )
        for rule, counts in rules.items()
    ]
