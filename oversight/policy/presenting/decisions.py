"""A decision as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oversight.interface.components import Tone
from oversight.interface.display import moment_text
from oversight.policy import codes
from oversight.policy.gate import Catalogue, Decision, Reason
from oversight.policy.hypothetical import Answer
from oversight.policy.presenting.lawbook import rule_url
from oversight.policy.presenting.words import Badge
from oversight.policy.translations import Wording, wording


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A reason with the address of its rule, as the list of reasons takes it."""

    rule: str
    safeguard: str
    citation: str
    message: Wording
    remedy: Wording | None
    url: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What the law of one agency says, in words."""

    agency: str
    name: str
    badge: Badge
    refusing: Sequence[tuple[Wording, str]]
    """The title and the address of each rule that refuses."""
    reasons: Sequence[ShownReason]
    requires: Sequence[str | Promise]
    duties: Sequence[str]


def shown_answer(answer: Answer, law: Catalogue) -> ShownAnswer:
    """An answer in words; the titles of rules are those of ``law``."""
    decision = answer.decision
    titles = {rule.id: rule.title for rule in law.rules.values()}
    return ShownAnswer(
        agency=answer.agency,
        name=answer.name,
        badge=effect_badge(decision.effect),
        refusing=[
            (wording(one.rule, titles.get(one.rule, one.message)), rule_url(one.rule))
            for one in decision.reasons
        ],
        reasons=shown_reasons(decision.reasons),
        requires=[codes.REQUIREMENTS.get(code, code) for code in decision.requires],
        duties=shown_duties(decision),
    )


def effect_badge(effect: str) -> Badge:
    """Permitted or refused, as a status."""
    if effect == "permit":
        return Badge(_("Not refused by any rule"), Tone.GOOD)
    return Badge(pgettext("decision", "Refused"), Tone.STOPPED)


def shown_reasons(reasons: Sequence[Reason]) -> list[ShownReason]:
    """Reasons with the addresses of their rules."""
    return [
        ShownReason(
            rule=one.rule,
            safeguard=one.safeguard,
            citation=one.citation,
            message=wording(one.rule, one.message),
            remedy=wording(one.rule, one.remedy) if one.remedy else None,
            url=rule_url(one.rule),
        )
        for one in reasons
    ]


def shown_duties(decision: Decision) -> list[str]:
    """What would be owed, each with its term, once."""
    found: dict[str, None] = {}
    for duty in decision.duties:
        label = str(codes.DUTIES.get(duty.kind, duty.kind))
        due = moment_text(datetime.fromisoformat(duty.due)) if duty.due else ""
        text = _("%(duty)s, by %(moment)s") % {"duty": label, "moment": due} if due else label
        found[text] = None
    return list(found)
