"""The decision itself: fail-closed, with every reason named.

Six ways in which bare Cedar would let a forbid keep silent are closed on the way here: the
resource is an enumerated entity; every entity that a rule or a fact mentions is in the store or a
declared code; entities are parsed with the schema and the schema goes with each request; each
action's facts are required attributes; rules do no arithmetic; and any diagnostic error refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from oversight.policy.engine import cedar
from oversight.policy.engine.decision import Check, Decision, Duty, Outcome, Reason
from oversight.policy.engine.request import cedar_request
from oversight.policy.engine.terms import due_date
from oversight.policy.engine.vocabulary import REQUIREMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oversight.policy.engine.facts import Facts
    from oversight.policy.engine.packs import DutyForm, Rule
    from oversight.policy.engine.policyset import PolicySet

GATE: Final = "gate 1"
ENGINE: Final = f"{GATE}; {cedar.ENGINE}"

NO_RULE: Final = Reason(
    rule="gate/no-rule",
    safeguard="SYS",
    instrument="gate",
    citation="Gate, default deny",
    message="No rule in force on that date allows this.",
    remedy=None,
)
EVALUATION_ERROR: Final = Reason(
    rule="gate/evaluation-error",
    safeguard="SYS",
    instrument="gate",
    citation="Gate, fail closed",
    message="The rules could not be evaluated for these facts, so the request is refused.",
    remedy="Tell the administrator of this system.",
)

OF_THE_GATE: Final = {reason.rule: reason for reason in (NO_RULE, EVALUATION_ERROR)}
"""Refusals that no rule of an instrument makes, by the id under which a decision names them."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What Cedar found: ids of rules violated and of obligations owed, or why it cannot tell."""

    violated: frozenset[str] = frozenset()
    owed: frozenset[str] = frozenset()
    failure: Reason | None = None


def decide(facts: Facts, policy_set: PolicySet) -> Decision:
    """Decide `facts` under `policy_set`. Never raises: what cannot be evaluated is refused."""
    return compose(facts, policy_set, judge(cedar_request(facts), policy_set))


def judge(request: dict[str, Any], policy_set: PolicySet) -> Judgement:
    """Judge a request, which holds no identity, text or time: equal requests, equal judgement."""
    try:
        verdict = cedar.evaluate(request, policy_set.law, policy_set.world)
        if verdict.allowed:
            return Judgement(owed=verdict.determining - policy_set.permits.keys())
        if not verdict.determining:
            return Judgement(failure=NO_RULE)
        if policy_set.after_refusal is None:
            return Judgement(violated=verdict.determining)
        owed = cedar.evaluate(request, policy_set.after_refusal, policy_set.world)
    except cedar.CedarError:
        return Judgement(failure=EVALUATION_ERROR)
    return Judgement(verdict.determining, owed.determining)


def compose(facts: Facts, policy_set: PolicySet, judgement: Judgement) -> Decision:
    """Write the decision document for what was judged."""
    reasons = [reason_of(rule) for rule in policy_set.rules if rule.id in judgement.violated]
    if judgement.failure:
        reasons.append(judgement.failure)
    owed = [rule for rule in policy_set.rules if rule.id in judgement.owed]
    return Decision(
        effect="refuse" if reasons else "permit",
        reasons=tuple(reasons),
        duties=tuple(_duty(rule.id, rule.duty, facts) for rule in owed if rule.duty),
        requires=requirements_of(owed),
        checked=tuple(
            Check(rule.id, rule.safeguard, _outcome(rule, facts, policy_set, judgement))
            for rule in policy_set.rules
        ),
        policy_set=policy_set.digest,
        facts=facts.digest,
        engine=ENGINE,
        at=facts.document["at"],
    )


def reason_of(rule: Rule) -> Reason:
    return Reason(
        rule=rule.id,
        safeguard=rule.safeguard,
        instrument=rule.instrument,
        citation=rule.citation,
        message=rule.message,
        remedy=rule.remedy,
    )


def requirements_of(owed: Iterable[Rule]) -> tuple[str, ...]:
    """What the rules require, each once, in the order of the vocabulary."""
    needed = {rule.requires for rule in owed if rule.requires}
    return tuple(sorted(needed, key=REQUIREMENTS.index))


def _duty(rule_id: str, form: DutyForm, facts: Facts) -> Duty:
    start, exigency = facts.local_time, facts.document.get("exigency")
    if form.counted_from == "exigency.started_at" and exigency:
        start = datetime.fromisoformat(exigency["started_at"])
    due = due_date(form, start, facts.zone)
    return Duty(form.kind, due.isoformat() if due else None, rule_id)


def _outcome(rule: Rule, facts: Facts, policy_set: PolicySet, judgement: Judgement) -> Outcome:
    if rule.id in judgement.violated:
        return "violated"
    if rule.effect != "forbid":
        return "satisfied" if rule.id in judgement.owed else "not_applicable"
    if facts.action not in policy_set.actions[rule.id]:
        return "not_applicable"
    reads = policy_set.reads[rule.id]
    answered = any(facts.document.get(path.partition(".")[0]) is not None for path in reads)
    return "satisfied" if answered or not reads else "not_applicable"
