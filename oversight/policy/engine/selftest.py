"""What is asserted before the first decision: the engine refuses what it must, for these reasons.

Behaviour of policy engines has changed in patch releases; a gate that permits by mistake looks just
like one that works. Every case of every rule is therefore decided once when the rules are loaded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from oversight.policy.engine import cedar
from oversight.policy.engine.cases import case_facts
from oversight.policy.engine.decide import judge
from oversight.policy.engine.facts import FactsError
from oversight.policy.engine.packs import Case, Instrument, PackError, Rule
from oversight.policy.engine.policyset import Policy, PolicySet
from oversight.policy.engine.request import cedar_request
from oversight.policy.engine.texts import check_text

REMEDY = "Correct the rule or the case."


def check_policy(policy: Policy) -> None:
    """Raise `PackError` unless every rule is valid and meets its cases and nothing else."""
    for instrument in policy.library.instruments.values():
        check_instrument(policy, instrument)


def check_instrument(policy: Policy, instrument: Instrument) -> None:
    """Every text can be trusted, and every rule does in its cases what it says."""
    reference = policy.library.reference
    for slug, text in instrument.permits.items():
        check_text(text, "require", slug, policy.world, reference)
    for rule in instrument.rules:
        check_text(rule.cedar, rule.effect, rule.id, policy.world, reference)
        check_rule(policy, instrument, rule)


def check_rule(policy: Policy, instrument: Instrument, rule: Rule) -> None:
    alone = _only(policy, rule)
    for case in rule.must:
        if not _applies(policy, instrument, rule, case, alone):
            raise PackError(
                rule.id,
                f"does not meet its case “{case.name}”: the condition may be impossible",
                REMEDY,
            )
    for case in rule.must_not:
        if _applies(policy, instrument, rule, case, alone):
            raise PackError(rule.id, f"meets “{case.name}”, which it must not", REMEDY)


def _only(policy: Policy, rule: Rule) -> PolicySet:
    """The broad permits and this rule, as if it had always been in force."""
    always = replace(rule, in_force_from=date.min, in_force_until=None)
    permits = policy.library.instruments["house"].permits
    return PolicySet((always,), permits, policy.world)


def _applies(
    policy: Policy, instrument: Instrument, rule: Rule, case: Case, alone: PolicySet
) -> bool:
    try:
        request = cedar_request(case_facts(policy.library, instrument, case))
    except FactsError as error:
        raise PackError(
            rule.id, f"the case “{case.name}” cannot be used: {error}", "Correct the case."
        ) from error
    if rule.effect != "forbid":
        return rule.id in cedar.evaluate(request, alone.obligations, alone.world).determining
    judgement = judge(request, alone)
    if judgement.failure:
        raise PackError(rule.id, f"could not be evaluated in “{case.name}”", REMEDY)
    return rule.id in judgement.violated
