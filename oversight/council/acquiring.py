"""Getting a technology, as the gate judges it: the facts of the action ``acquire``."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from oversight.council.models import Document, Technology
from oversight.policy import gate
from oversight.policy.engine.vocabulary import FACE_RECOGNITION_FREE

_KINDS: Final = {
    Technology.Kind.CAMERAS: "cctv",
    Technology.Kind.BODY_WORN: "body_worn_camera",
    Technology.Kind.DRONES: "drone",
}
"""The gate's words for kinds that the inventory calls otherwise. What it does not know it judges as
face recognition."""


def gate_kind(technology: Technology) -> str:
    """The kind of a technology in the gate's words."""
    return _KINDS.get(Technology.Kind(technology.kind), technology.kind)


def is_face_recognition(technology: Technology) -> bool:
    """Whether the gate judges it as face recognition."""
    return gate_kind(technology) not in FACE_RECOGNITION_FREE


def acquisition_facts(
    technology: Technology, *, approved: bool, documents: Collection[str], at: datetime
) -> dict[str, Any]:
    """The facts of getting a technology (contracts, section 2).

    Args:
        approved: whether the governing body approved it; at a vote, that one counts.
        documents: kinds of the documents that are published.
        at: an aware moment.
    """
    return {
        "action": "acquire",
        "at": at.isoformat(timespec="seconds"),
        "agency": technology.agency_id,
        "technology": {
            "kind": gate_kind(technology),
            "governing_body_approved": approved,
            "impact_report": Document.Kind.IMPACT_REPORT in documents,
            "use_policy_published": Document.Kind.USE_POLICY in documents,
        },
    }


def judge_acquisition(facts: dict[str, Any]) -> gate.Decision:
    """What the law says. A suspension is left out: it halts uses, and getting is none."""
    (decision,) = gate.consider_requests([facts])
    return decision
