"""Facts documents for tests: an ordinary lawful search of each city, and changes to it."""

import copy
from typing import Any

SUPERVISOR = {
    "id": "supervisor-1",
    "role": "supervisor",
    "unit_commander": False,
    "at": "2026-03-02T13:00:00-08:00",
}

ORDINARY: dict[str, Any] = {
    "action": "submit",
    "at": "2026-03-02T14:05:00-08:00",
    "agency": "lapd",
    "on_behalf_of": None,
    "performed_by": "own_system",
    "requester": {
        "id": "officer-1",
        "role": "officer",
        "suspended": False,
        "overdue_reports": 0,
        "training": {
            "course": "LACRIS",
            "level": "review",
            "completed_on": "2025-09-15",
            "expires_on": "2026-09-15",
        },
    },
    "approvals": [],
    "case": {"number": "26-0001", "opened_on": "2026-02-20"},
    "purpose": "criminal_investigation",
    "offence": {
        "nibrs": "120",
        "severity": "violent_felony",
        "listed": ["md-2-503", "mt-44-15", "la-14-2"],
    },
    "predicate": {"level": "probable_cause", "facts": "Two witnesses describe the jacket."},
    "alternatives_tried": ["Canvass"],
    "authority": None,
    "exigency": None,
    "probe": {
        "kind": "video_still",
        "source": "fixed_cctv_private",
        "mode": "still",
        "depicts_subject": True,
        "faces": 1,
        "target_selected": True,
        "edits": [],
        "interocular_px": 96,
        "quality": 0.8,
        "apparent_minor": False,
    },
    "capture_context": [],
    "protected_basis": False,
    "suspicion_specific": True,
    "system": {"id": "lacris-dms", "class": "county"},
    "gallery": {"id": "lacris-dms", "class": "booking", "approved": True},
    "candidates_requested": 20,
    "algorithm": {"version": "1", "accuracy_evidence": True, "min_group_tpr": 0.99},
    "received": None,
    "technology": None,
    "exception": None,
    "policy_published": True,
}

WARRANT = {
    "type": "warrant",
    "issuer": "District Court",
    "number": "26-117",
    "valid_from": "2026-03-01T00:00:00-08:00",
    "valid_to": "2026-03-11T00:00:00-08:00",
}
EXIGENCY = {
    "facts": "Hostages in a shop",
    "authoriser": "Watch commander",
    "started_at": "2026-03-02T13:30:00-08:00",
}
UNASKED = {"source": "NCRIC", "solicited": False, "specific_crime": True, "logged": True}
APPROVED = {
    "kind": "face_recognition",
    "governing_body_approved": True,
    "impact_report": True,
    "use_policy_published": True,
}


def facts(**changes: Any) -> dict[str, Any]:
    """The ordinary search with changes; ``probe__source="drone"`` reaches inside."""
    document = copy.deepcopy(ORDINARY)
    for path, value in changes.items():
        *parents, last = path.split("__")
        inside = document
        for parent in parents:
            inside = inside[parent]
        inside[last] = copy.deepcopy(value)
    return document


def receipt(**changes: Any) -> dict[str, Any]:
    """The use of a result that someone else produced and sent unasked."""
    document = facts(action="receive", performed_by="outside_agency", received=UNASKED)
    document["received"] |= changes
    return document


def acquisition(**changes: Any) -> dict[str, Any]:
    """The acquisition of face recognition with every approval."""
    document = facts(action="acquire", technology=APPROVED)
    document["technology"] |= changes
    return document
