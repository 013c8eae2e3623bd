"""What pages show, from rows: the officer's stage, what is owed, an examiner's findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import SummaryRow
from oversight.leads.checklist import COMPONENTS, Finding
from oversight.leads.models import Comparison, Result, Support
from oversight.leads.selectors import comparisons_of
from oversight.policy.gate import catalogue
from oversight.requests.models import Decision
from oversight.requests.stages import Stage

LIMITS: Final = frozenset({"corroboration", "no_lineup_without_independent_evidence"})
"""Requirements of the gate that bind whoever holds a result."""


def stages(authorizations: Sequence[UUID]) -> Mapping[UUID, Stage]:
    """Tell how requests stand after their search, for the officer's own list."""
    return {each.authorization: _stage(each) for each in comparisons_of(authorizations)}


def _stage(comparison: Comparison) -> Stage:
    result = getattr(comparison, "result", None)
    if result is None:
        # A search that returned nobody is closed within seconds, without examiners.
        label = (
            _("With examiners") if comparison.candidate_count else Result.Kind.NO_CANDIDATE.label
        )
        return Stage(label, comparison.run_at, None)
    address = reverse("leads:result", args=[comparison.submission.request.key])
    return Stage(Result.Kind(result.kind).label, result.reached_at, address)


@dataclass(frozen=True, slots=True)
class Owed:
    """What a rule asks of whoever holds the result; ``due`` is None where no term is set."""

    message: str
    rule: str
    safeguard: str
    citation: str
    due: datetime | None


def owed_by(decision: Decision) -> list[Owed]:
    """Return the limits and duties that a decision of the gate imposes, with their sources."""
    due = {duty["rule"]: duty["due"] for duty in decision.document["duties"]}
    return list(_owed(decision.document, due))


def _owed(document: Mapping[str, Any], due: Mapping[str, str | None]) -> Iterator[Owed]:
    rules = catalogue().rules
    for check in document["checked"]:
        rule = rules.get(check["rule"])
        if rule is None or check["outcome"] != "satisfied":
            continue
        if rule.id in due or rule.requires in LIMITS:
            moment = due.get(rule.id)
            yield Owed(
                rule.message,
                rule.id,
                rule.safeguard,
                rule.citation,
                datetime.fromisoformat(moment) if moment else None,
            )


def summary_of(findings: Mapping[str, Any]) -> list[SummaryRow]:
    """Return what an examiner found as rows; ``findings`` has the fields of a judgement."""
    return [
        SummaryRow(_("Conclusion"), Support(findings["support"]).label),
        *(
            SummaryRow(finding.label, _components(findings["features"], finding))
            for finding in Finding
        ),
        SummaryRow(_("Similarities"), findings["similarities"]),
        SummaryRow(_("Dissimilarities"), findings["dissimilarities"]),
        SummaryRow(_("Note"), findings["note"]),
    ]


def _components(features: Mapping[str, str], finding: Finding) -> str:
    named = [slug for slug in COMPONENTS if features.get(slug, Finding.NOT_COMPARED) == finding]
    return ", ".join(str(COMPONENTS[slug][0]) for slug in named)
