"""What stands behind each concern today: rules in force, and figures of the latest period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from oversight.interface.charts import Chart
from oversight.interface.components import SummaryRow
from oversight.policy import gate
from oversight.policy.presenting.lawbook import RuleRow, row_of
from oversight.policy.presenting.safeguards import safeguard_text
from oversight.transparency.charts import charts_of
from oversight.transparency.concerns.catalogue import CONCERNS, Concern
from oversight.transparency.definitions import BY_NAME
from oversight.transparency.presenting import count, figure_text, value_of

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """A concern with what answers it, and what does not.

    ``missing`` are safeguards for which no rule is in force for the agency.
    """

    concern: Concern
    rules: Sequence[RuleRow]
    missing: Sequence[str]
    measured: Sequence[SummaryRow]
    charts: Sequence[Chart]


def answers(agency: str, day: date, document: Json | None) -> list[Answer]:
    """Return every concern as it stands for an agency on a day; ``document`` is an edition's.

    Raises KeyError for an agency that the law does not know.
    """
    law = gate.catalogue()
    rules = law.in_force(agency, day)
    return [_answer(concern, law, rules, day, document) for concern in CONCERNS]


def _answer(
    concern: Concern,
    law: gate.Catalogue,
    rules: Sequence[gate.Rule],
    day: date,
    document: Json | None,
) -> Answer:
    ours = [rule for rule in rules if rule.safeguard in concern.safeguards]
    served = {rule.safeguard for rule in ours}
    return Answer(
        concern,
        [row_of(rule, law.instrument(rule.instrument), day) for rule in ours],
        [safeguard_text(number) for number in concern.safeguards if number not in served],
        list(_measured(concern, document)) if document else [],
        [c for c in charts_of(document) if c.name in concern.tables] if document else [],
    )


def _measured(concern: Concern, document: Json) -> list[SummaryRow]:
    address = reverse("transparency:statistics")
    rows = [
        SummaryRow(
            BY_NAME[name].label,
            figure_text(value_of(document, name)),
            change_url=f"{address}#{name}",
        )
        for name in concern.figures
    ]
    if concern.refusals:
        rows.append(SummaryRow(concern.refusals_label, _refusals(concern, document)))
    return rows


def _refusals(concern: Concern, document: Json) -> str:
    """Refusals by the rules of some safeguards. A request that breaks two of them counts twice."""
    rules = [rule for rule in document["refusals_by_rule"] if rule["safeguard"] in concern.refusals]
    counts = [rule["requests"] for rule in rules]
    total = None if None in counts else sum(counts)
    told = {"count": count(total), "rules": len(rules)}
    if total is None:
        return str(told["count"])
    if len(rules) > 1:
        return _("%(count)s, counted once for each of %(rules)s rules that a request broke") % told
    return str(told["count"])
