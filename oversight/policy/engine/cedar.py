"""Cedar, behind the only import of cedarpy.

What is promised here: policies are keyed by our own ids, entities are parsed with the schema, every
request is checked against the schema, and an evaluation that erred is never reported as a decision.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import cedarpy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ENGINE: Final = f"cedarpy {version('cedarpy')}"

Json = dict[str, Any]


class CedarError(ValueError):
    """Text that Cedar does not take, or an evaluation that erred."""


class TemplateError(CedarError):
    """A template, which authorizes nothing until someone links it: not a rule."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Cedar's answer. ``determining`` holds the ids of the policies that decided."""

    allowed: bool
    determining: frozenset[str]


@dataclass(frozen=True, slots=True)
class World:
    """A parsed schema and the entities (agencies and governments) parsed with it.

    The texts are what both were parsed from: an independent engine reads the same.
    """

    schema: cedarpy.Schema
    entities: cedarpy.Entities
    schema_text: str
    entities_json: list[Json]


def open_world(schema_text: str, parents: Mapping[tuple[str, str], Iterable[str]]) -> World:
    """Parse schema and entities; ``parents`` maps (type, id) to the governments it is within."""
    entities: list[Json] = [
        {
            "uid": {"type": kind, "id": slug},
            "attrs": {},
            "parents": [{"type": "Government", "id": parent} for parent in sorted(within)],
        }
        for (kind, slug), within in sorted(parents.items())
    ]
    try:
        schema = cedarpy.Schema.from_str(schema_text)
        parsed = cedarpy.Entities.from_json_str(json.dumps(entities), schema)
    except ValueError as error:
        raise CedarError(str(error)) from error
    return World(schema, parsed, schema_text, entities)


def parse_policy(text: str) -> Json:
    """One policy as Cedar JSON; raises `CedarError` for bad syntax, several policies, templates."""
    try:
        parsed = json.loads(cedarpy.policies_to_json_str(text))
    except RecursionError as error:
        raise CedarError("is nested too deeply") from error
    except ValueError as error:
        raise CedarError(str(error)) from error
    if parsed.get("templates"):
        raise TemplateError("is a template")
    policies: list[Json] = list(parsed["staticPolicies"].values())
    if len(policies) != 1:
        raise CedarError(f"holds {len(policies)} policies, not one")
    return policies[0]


def expression_text(body: Json) -> str:
    """An expression in Cedar JSON as Cedar text, on one line."""
    scope = {part: {"op": "All"} for part in ("principal", "action", "resource")}
    policy = {"effect": "permit", **scope, "conditions": [{"kind": "when", "body": body}]}
    document = {"staticPolicies": {"0": policy}, "templates": {}, "templateLinks": []}
    text = cedarpy.policies_from_json_str(json.dumps(document))
    return " ".join(text.partition("{")[2].rpartition("}")[0].split())


def compile_policies(policies: Mapping[str, Json]) -> cedarpy.PolicySet:
    """A reusable set, keyed by the ids given; `CedarError` for what is nested too deeply."""
    document = {"staticPolicies": dict(policies), "templates": {}, "templateLinks": []}
    try:
        return cedarpy.PolicySet.from_json_str(json.dumps(document))
    except ValueError as error:
        raise CedarError(str(error)) from error


def validation_errors(text: str, world: World) -> list[str]:
    """What strict validation of the policy text against the schema finds wrong."""
    return [str(error.error) for error in cedarpy.validate_policies(text, world.schema).errors]


def evaluate(request: Json, policies: cedarpy.PolicySet, world: World) -> Verdict:
    """Evaluate one request; raises `CedarError` if anything at all went wrong on the way.

    A policy whose evaluation errs is skipped by Cedar, and a skipped forbid would permit: hence no
    verdict is given when the diagnostics hold an error.
    """
    try:
        answer = cedarpy.is_authorized(request, policies, world.entities, world.schema)
    except (RuntimeError, TypeError, ValueError) as error:
        raise CedarError(str(error)) from error
    if answer.diagnostics.errors or answer.decision is cedarpy.Decision.NoDecision:
        raise CedarError("; ".join(answer.diagnostics.errors) or "no decision")
    return Verdict(answer.allowed, frozenset(answer.diagnostics.reasons))
