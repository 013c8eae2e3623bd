"""What is certain already, while the request is still being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oversight.policy.engine import cedar
from oversight.policy.engine.cases import filled_facts
from oversight.policy.engine.decide import judge, reason_of, requirements_of
from oversight.policy.engine.request import cedar_request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oversight.policy.engine.decision import Reason
    from oversight.policy.engine.packs import Rule
    from oversight.policy.engine.policyset import Policy, PolicySet


@dataclass(frozen=True, slots=True)
class Undecided:
    """A rule that cannot be judged before the facts it awaits have been answered."""

    rule: str
    safeguard: str
    awaits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What the gate can say already.

    ``reasons`` would refuse whatever is answered later; ``undecided`` waits for answers;
    ``satisfied`` holds the ids of rules that can no longer refuse; ``requires`` what is needed.
    """

    reasons: tuple[Reason, ...]
    undecided: tuple[Undecided, ...]
    satisfied: tuple[str, ...]
    requires: tuple[str, ...]
    policy_set: str


def preview(
    document: Mapping[str, Any], policy: Policy, packs: Sequence[str] | None = None
) -> Preview:
    """Judge the rules whose facts are all answered; the others are named with what they await.

    A rule is judged on the facts that its text mentions and on nothing else, so what is filled in
    for the rest cannot change its answer. Raises `FactsError` for codes and forms that are wrong,
    never for what has not been answered yet.
    """
    facts = filled_facts(document, policy.library)
    policy_set = policy.bind(facts, packs)
    request = cedar_request(facts)
    violated = judge(request, policy_set).violated
    owed = cedar.evaluate(request, policy_set.obligations, policy_set.world).determining
    waiting = {rule.id: _awaits(rule, document, policy_set) for rule in policy_set.rules}
    certain = [rule for rule in policy_set.rules if not waiting[rule.id]]
    return Preview(
        reasons=tuple(reason_of(rule) for rule in certain if rule.id in violated),
        undecided=tuple(
            Undecided(rule.id, rule.safeguard, waiting[rule.id])
            for rule in policy_set.rules
            if waiting[rule.id]
        ),
        satisfied=tuple(
            rule.id for rule in certain if rule.effect == "forbid" and rule.id not in violated
        ),
        requires=requirements_of(rule for rule in certain if rule.id in owed),
        policy_set=policy_set.digest,
    )


def _awaits(rule: Rule, document: Mapping[str, Any], policy_set: PolicySet) -> tuple[str, ...]:
    return tuple(
        sorted(path for path in policy_set.reads[rule.id] if not _answered(path, document))
    )


def _answered(path: str, document: Mapping[str, Any]) -> bool:
    """A path is answered if it leads to a value, or if a null lies on it."""
    inside: Any = document
    for part in path.split("."):
        if inside is None:
            return True
        if part not in inside:
            return False
        inside = inside[part]
    return True
