"""The decision itself: fail-closed, with every reason named.

Six ways in which bare Cedar would let a forbid keep silent are closed on the way here: the
resource is an enumerated entity; every entity that a rule or a fact mentions is in the store or a
declared code; entities are parsed with the schema and the schema goes with each request; each
action's facts are required attributes; rules do no arithmetic; and any diagnostic error refuses.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from oversight.policy.engine import cedar
from oversight.policy.engine.decision import Check, Decision, Duty, Outcome, Reason
from oversight.policy.engine.request import cedar_request
from oversight.policy.engine.terms import due_date
from oversight.policy.engine.vocabulary import REQUIREMENTS

if TYPE_CHECKING:
    from oversight.policy.engine.facts import Facts
    from oversight.policy.engine.packs import Rule
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


def decide(facts: Facts, policy_set: PolicySet) -> Decision:
    """Decide `facts` under `policy_set`. Never raises: what cannot be evaluated is refused."""
    violated, owed, failure = judge(cedar_request(facts), policy_set)
    return compose(facts, policy_set, violated, owed, failure)


def judge(
    request: dict[str, Any], policy_set: PolicySet
) -> tuple[frozenset[str], frozenset[str], Reason | None]:
    """Ids of the rules violated and of the obligations owed; a reason if neither can be told.

    The answer depends on the request alone, which holds no identity, text or time.
    """
    try:
        verdict = cedar.evaluate(request, policy_set.law, policy_set.world)
        owed = cedar.evaluate(request, policy_set.obligations, policy_set.world)
    except cedar.CedarError:
        return frozenset(), frozenset(), EVALUATION_ERROR
    if verdict.allowed:
        return frozenset(), owed.determining, None
    return verdict.determining, owed.determining, None if verdict.determining else NO_RULE


def compose(
    facts: Facts,
    policy_set: PolicySet,
    violated: frozenset[str],
    owed: frozenset[str],
    failure: Reason | None,
) -> Decision:
    """Write the decision document for what was judged."""
    reasons = [reason_of(rule) for rule in policy_set.rules if rule.id in violated]
    if failure:
        reasons.append(failure)
    occasion = "refusal" if reasons else "permit"
    applied = [
        rule
        for rule in policy_set.rules
        if rule.id in owed and (rule.duty.owed_on if rule.duty else "permit") == occasion
    ]
    return Decision(
        effect="refuse" if reasons else "permit",
        reasons=tuple(reasons),
        duties=tuple(_duty(rule, facts) for rule in applied if rule.duty),
        requires=_requirements(applied),
        checked=tuple(
            Check(rule.id, rule.safeguard, _outcome(rule, facts, policy_set, violated, owed))
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


def _requirements(applied: list[Rule]) -> tuple[str, ...]:
    needed = {rule.requires for rule in applied if rule.requires}
    return tuple(sorted(needed, key=REQUIREMENTS.index))


def _duty(rule: Rule, facts: Facts) -> Duty:
    if rule.duty is None:
        raise AssertionError(rule.id)
    start = facts.local_time
    if rule.duty.counted_from == "exigency.started_at":
        start = datetime.fromisoformat(facts.document["exigency"]["started_at"])
    due = due_date(rule.duty, start, facts.zone)
    return Duty(rule.duty.kind, due.isoformat() if due else None, rule.id)


def _outcome(
    rule: Rule,
    facts: Facts,
    policy_set: PolicySet,
    violated: frozenset[str],
    owed: frozenset[str],
) -> Outcome:
    if rule.id in violated:
        return "violated"
    if rule.effect != "forbid":
        return "satisfied" if rule.id in owed else "not_applicable"
    if facts.action not in policy_set.actions[rule.id]:
        return "not_applicable"
    reads = policy_set.reads[rule.id]
    answered = any(facts.document.get(path.partition(".")[0]) is not None for path in reads)
    return "satisfied" if answered or not reads else "not_applicable"
