"""What a rule reads, found in its text: which actions it speaks of, and which facts.

A rule's answer depends on these and on nothing else. That is what makes a preview certain.
"""

from __future__ import annotations

from typing import Any, Final

from oversight.policy.engine.vocabulary import ACTIONS, SEARCH_ACTIONS

GROUPS: Final = {"search": SEARCH_ACTIONS, "use": SEARCH_ACTIONS | {"receive"}}

MADE_FROM: Final = {
    "approvals": {"approvals", "requester.id"},
    "requester.training": {"requester.training"},
    "case.number_given": {"case.number"},
    "offence.part_1_violent": {"offence.nibrs"},
    "predicate.facts_written": {"predicate.facts"},
    "authority.in_force": {"authority.valid_from", "authority.valid_to", "authority.issuer"},
    "exigency.documented": {"exigency.facts", "exigency.authoriser", "exigency.started_at"},
    "exigency.hours_since_start": {"exigency.started_at"},
    "probe.manipulated": {"probe.edits"},
    "system.on_inventory": {"system.id"},
    "gallery.on_inventory": {"gallery.id"},
    "technology.face_recognition": {"technology.kind"},
}
"""Paths of facts behind an attribute, where they are not the path of the attribute itself."""


def actions_of(policy: dict[str, Any]) -> frozenset[str]:
    """The actions in the scope of a policy in Cedar's JSON form."""
    scope = policy["action"]
    entities = scope.get("entities") or ([scope["entity"]] if "entity" in scope else [])
    named = {entity["id"] for entity in entities}
    if not named:
        return frozenset(ACTIONS)
    return frozenset().union(*(GROUPS.get(name, {name}) for name in named))


def facts_read(policy: dict[str, Any]) -> frozenset[str]:
    """Paths of the facts (``purpose``, ``probe.source``) that a policy's conditions mention."""
    found: set[str] = set()
    for path in _paths(policy["conditions"]):
        parts = path.split(".")
        # A longer path is made from the facts of the longest part of it that is named above.
        known = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
        named = next((MADE_FROM[part] for part in known if part in MADE_FROM), None)
        found |= named or {path}
    return frozenset(found)


def _paths(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*(_paths(item) for item in node))
    if not isinstance(node, dict):
        return set()
    path = _path(node)
    return {path} if path else set().union(*(_paths(item) for item in node.values()))


def _path(node: Any) -> str | None:
    """``a.b`` for ``context.a.b`` and for ``context.a has b``; None for any other expression."""
    if not isinstance(node, dict):
        return None
    for operator in (".", "has"):
        inner = node.get(operator)
        if isinstance(inner, dict):
            left = inner["left"]
            if left == {"Var": "context"}:
                return str(inner["attr"])
            before = _path(left)
            return f"{before}.{inner['attr']}" if before else None
    return None
