"""Whether every alternative of a rule's condition can be met at all.

A rule may work in its cases and still hold a part that no request can ever meet: a code that another
condition excludes, two numbers that contradict one another. What was meant by it is then not law.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oversight.policy.engine import cedar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from oversight.policy.engine.packs import Rule

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to meet a condition of a rule, or one way out of it (``unless``)."""

    rule: str
    kind: str
    text: str
    policy: Json


def alternatives_of(rule: Rule) -> list[Alternative]:
    """Every ``||`` of the rule's conditions taken apart; a rule without one has none."""
    policy = cedar.parse_policy(rule.cedar)
    conditions = policy["conditions"]
    must = [one for one in conditions if one["kind"] == "when"]
    found = []
    for condition in conditions:
        kind, ways = condition["kind"], list(_ways(condition["body"]))
        if kind == "when" and len(ways) == 1:
            continue  # the rule's own cases meet it
        others = [one for one in must if one is not condition]
        for branch, way in ways:
            alone = {**policy, "effect": "permit", "conditions": [*others, _when(way)]}
            found.append(Alternative(rule.id, kind, cedar.expression_text(branch), alone))
    return found


def unmet(
    alternatives: Sequence[Alternative], requests: Iterable[Json], world: cedar.World
) -> list[Alternative]:
    """Those that no request meets; no more are tried when all have been met."""
    left = dict(enumerate(alternatives))
    policies = cedar.compile_policies({str(n): one.policy for n, one in left.items()})
    for request in requests:
        if not left:
            break
        for number in cedar.evaluate(request, policies, world).determining:
            left.pop(int(number), None)
    return list(left.values())


def _when(body: Json) -> Json:
    return {"kind": "when", "body": body}


def _ways(body: Json) -> Iterator[tuple[Json, Json]]:
    """Each branch of each ``||``, and the expression with that branch in the place of both."""
    if "||" in body:
        yield from _ways(body["||"]["left"])
        yield from _ways(body["||"]["right"])
        return
    beside: list[tuple[Json, Json]] = []
    for side in ("left", "right") if "&&" in body else ():
        ways = list(_ways(body["&&"][side]))
        if len(ways) > 1:
            beside += [(branch, {"&&": {**body["&&"], side: way}}) for branch, way in ways]
    yield from beside or [(body, body)]
