"""The Cedar schema, made from the vocabulary.

Leaf vocabularies are enumerated entity types, so that an unknown code is refused by Cedar too, in
a rule as well as in a request. Each family of actions has its own context: what an action needs is
a required attribute there, so that its absence is an error and never a rule that keeps silent.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from oversight.policy.engine import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

RESOURCE: Final = "face_recognition"

ENUMS: Final[dict[str, tuple[str, ...]]] = {
    "Use": (RESOURCE,),
    "Performer": v.PERFORMERS,
    "Role": v.ROLES,
    "TrainingLevel": v.TRAINING_LEVELS,
    "Purpose": v.PURPOSES,
    "Severity": v.SEVERITIES,
    "Nibrs": v.NIBRS,
    "StatutoryList": v.STATUTORY_LISTS,
    "Predicate": v.PREDICATES,
    "Authority": v.AUTHORITIES,
    "ProbeKind": v.PROBE_KINDS,
    "Source": v.PROBE_SOURCES,
    "Mode": v.PROBE_MODES,
    "CaptureContext": v.CAPTURE_CONTEXTS,
    "SystemClass": v.SYSTEM_CLASSES,
    "GalleryClass": v.GALLERY_CLASSES,
}

RECORDS: Final[dict[str, str]] = {
    "requester": """{
    role: Role,
    suspended: Bool,
    overdue_reports: Long,
    training?: {level: TrainingLevel, current: Bool, within_a_year: Bool},
  }""",
    "approvals": "{any: Bool, by_requester: Bool, by_independent_supervisor: Bool}",
    "case": "{number_given: Bool}",
    "offence": "{nibrs: Nibrs, severity: Severity, part_1_violent: Bool, "
    "listed: Set<StatutoryList>}",
    "predicate": "{level: Predicate, facts_written: Bool}",
    "authority": "{type: Authority, in_force: Bool}",
    "exigency": "{documented: Bool, hours_since_start: Long}",
    "probe": """{
    kind: ProbeKind,
    source: Source,
    mode: Mode,
    depicts_subject: Bool,
    faces: Long,
    target_selected: Bool,
    manipulated: Bool,
    edits: Long,
    interocular_px: Long,
    apparent_minor: Bool,
  }""",
    "system": "{id: String, class: SystemClass, on_inventory: Bool}",
    "gallery": "{id: String, class: GalleryClass, approved: Bool, on_inventory: Bool}",
    "algorithm": "{accuracy_evidence: Bool, min_group_tpr?: __cedar::decimal}",
    "received": "{solicited: Bool, specific_crime: Bool, logged: Bool}",
    "technology": "{kind: String, face_recognition: Bool, governing_body_approved: Bool, impact_report: Bool, "
    "use_policy_published: Bool}",
}

ATTRIBUTES: Final[dict[str, str]] = {
    "on_behalf_of": "Agency",
    "performed_by": "Performer",
    "requester": "Requester",
    "approvals": "Approvals",
    "case": "Case",
    "purpose": "Purpose",
    "offence": "Offence",
    "predicate": "PredicateShown",
    "alternatives_tried": "Long",
    "authority": "AuthorityHeld",
    "exigency": "Exigency",
    "probe": "Probe",
    "capture_context": "Set<CaptureContext>",
    "protected_basis": "Bool",
    "suspicion_specific": "Bool",
    "system": "System",
    "gallery": "Gallery",
    "candidates_requested": "Long",
    "algorithm": "Algorithm",
    "received": "Received",
    "technology": "Technology",
    "exception": "Exception",
    "policy_published": "Bool",
}
"""What a rule may read, by the name of the fact that it comes from."""

TYPE_OF: Final = {key: ATTRIBUTES[key] for key in RECORDS}


def schema_text(required: Mapping[str, Collection[str]], exceptions: Iterable[str]) -> str:
    """The whole schema; ``required`` gives the facts without which an action is not judged."""
    parts = [
        "// The entities that act, and the governments whose instruments bind them.",
        "entity Government in [Government];",
        "entity Agency in [Government];",
        *(_enum(name, codes) for name, codes in ENUMS.items()),
        # An enumeration may not be empty; no fact can ever hold this code.
        _enum("Exception", sorted(exceptions) or ["(none)"]),
        *(f"type {TYPE_OF[key]} = {shape};" for key, shape in RECORDS.items()),
        'action "use";',
        'action "search" in [Action::"use"];',
        *(_action(name, required[name]) for name in v.ACTIONS),
    ]
    return "\n".join(parts) + "\n"


def _enum(name: str, codes: Iterable[str]) -> str:
    return f"entity {name} enum [{', '.join(json.dumps(code) for code in codes)}];"


def _action(name: str, required: Collection[str]) -> str:
    attributes = "\n".join(
        f"    {key}{'' if key in required else '?'}: {kind}," for key, kind in ATTRIBUTES.items()
    )
    return (
        f'action "{name}"{_groups(name)} appliesTo {{\n  principal: [Agency],\n'
        f"  resource: [Use],\n  context: {{\n{attributes}\n  }},\n}};"
    )


def _groups(name: str) -> str:
    if name in v.SEARCH_ACTIONS:
        return ' in [Action::"search"]'
    return ' in [Action::"use"]' if name == "receive" else ""
