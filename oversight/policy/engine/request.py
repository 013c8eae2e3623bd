"""From facts to a Cedar request.

The request holds no identity and no free text: only what a rule may read. Two requests that the
law cannot tell apart are therefore equal, which is what replay remembers decisions by.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any, Final

from oversight.policy.engine import vocabulary as v
from oversight.policy.engine.schema import RESOURCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from oversight.policy.engine.facts import Facts

Json = dict[str, Any]


def cedar_request(facts: Facts) -> Json:
    """Principal, action, resource and context for `facts`; null facts are left out."""
    return {
        "principal": {"type": "Agency", "id": facts.agency},
        "action": {"type": "Action", "id": facts.action},
        "resource": {"type": "Use", "id": RESOURCE},
        "context": {
            key: make(facts)
            for key, make in ATTRIBUTES.items()
            if facts.document.get(key) is not None
        },
    }


def _entity(kind: str, code: str) -> Json:
    # The schema tells Cedar that this is an entity; the explicit escape is slower to read.
    return {"type": kind, "id": code}


def _plain(key: str) -> Callable[[Facts], Any]:
    return lambda facts: facts.document[key]


def _code(kind: str, key: str) -> Callable[[Facts], Json]:
    return lambda facts: _entity(kind, facts.document[key])


def _requester(facts: Facts) -> Json:
    who = facts.document["requester"]
    shown: Json = {
        "role": _entity("Role", who["role"]),
        "suspended": who["suspended"],
        "overdue_reports": who["overdue_reports"],
    }
    if who.get("training") is not None:
        shown["training"] = training_state(who["training"], facts.legal_date)
    return shown


def training_state(training: Json, today: date) -> Json:
    """What a rule may know of a training on a day: its level, and whether it counts."""
    completed = date.fromisoformat(training["completed_on"])
    expires = date.fromisoformat(training["expires_on"])
    return {
        "level": _entity("TrainingLevel", training["level"]),
        # The day of expiry is the first on which the training no longer counts.
        "current": completed <= today < expires,
        "within_a_year": completed <= today < _a_year_after(completed),
    }


def _a_year_after(start: date) -> date:
    if start.year == date.max.year:
        return date.max
    try:
        return start.replace(year=start.year + 1)
    except ValueError:  # 29 February: the day after 28 February of the next year
        return date(start.year + 1, 3, 1)


def _approvals(facts: Facts) -> Json:
    requester = facts.document.get("requester", {}).get("id")
    given = facts.document["approvals"]
    return {
        "any": bool(given),
        "by_requester": any(approval["id"] == requester for approval in given),
        "by_independent_supervisor": any(
            approval["role"] == "supervisor"
            and approval["id"] != requester
            and datetime.fromisoformat(approval["at"]) <= facts.at
            for approval in given
        ),
    }


def _offence(facts: Facts) -> Json:
    offence = facts.document["offence"]
    return {
        "nibrs": _entity("Nibrs", offence["nibrs"]),
        "severity": _entity("Severity", offence["severity"]),
        "part_1_violent": offence["nibrs"] in v.PART_1_VIOLENT,
        "listed": [_entity("StatutoryList", slug) for slug in sorted(set(offence["listed"]))],
    }


def _predicate(facts: Facts) -> Json:
    predicate = facts.document["predicate"]
    return {
        "level": _entity("Predicate", predicate["level"]),
        "facts_written": bool(predicate["facts"].strip()),
    }


def authority_state(authority: Json, at: datetime, today: date) -> Json:
    """What a rule may know of a court's authority at a moment: its type, and whether it holds.

    A time that it is valid to is the first at which it is not; a day counts to its end. `today` is
    the day of that moment where the agency is.
    """
    starts, ends = authority["valid_from"], authority["valid_to"]
    begun = _day(starts) <= today if _is_day(starts) else datetime.fromisoformat(starts) <= at
    ended = _day(ends) < today if _is_day(ends) else datetime.fromisoformat(ends) <= at
    return {
        "type": _entity("Authority", authority["type"]),
        "in_force": begun and not ended and bool(authority["issuer"].strip()),
    }


_day = date.fromisoformat


def _is_day(text: str) -> bool:
    return len(text) == len("2026-03-02")


def exigency_state(exigency: Json, at: datetime) -> Json:
    """What a rule may know of an emergency at a moment."""
    elapsed = at - datetime.fromisoformat(exigency["started_at"])
    return {
        "documented": bool(exigency["facts"].strip() and exigency["authoriser"].strip())
        and elapsed >= timedelta(0),
        # Whole hours, rounded up: 48 hours and a second are more than 48.
        "hours_since_start": -(-int(elapsed.total_seconds()) // 3600),
    }


def _probe(facts: Facts) -> Json:
    probe = facts.document["probe"]
    return {
        "kind": _entity("ProbeKind", probe["kind"]),
        "source": _entity("Source", probe["source"]),
        "mode": _entity("Mode", probe["mode"]),
        "depicts_subject": probe["depicts_subject"],
        "faces": probe["faces"],
        "target_selected": probe["target_selected"],
        "manipulated": any(edit["op"] not in v.PLAIN_EDITS for edit in probe["edits"]),
        "edits": len(probe["edits"]),
        "interocular_px": int(probe["interocular_px"]),
        "apparent_minor": probe["apparent_minor"],
    }


def _capture_context(facts: Facts) -> list[Json]:
    return [
        _entity("CaptureContext", code) for code in sorted(set(facts.document["capture_context"]))
    ]


def _system(facts: Facts) -> Json:
    system = facts.document["system"]
    return {
        "id": system["id"].lower(),
        "class": _entity("SystemClass", system["class"]),
        "on_inventory": system["id"] in facts.inventory,
    }


def _gallery(facts: Facts) -> Json:
    gallery = facts.document["gallery"]
    return {
        "id": gallery["id"].lower(),
        "class": _entity("GalleryClass", gallery["class"]),
        "approved": gallery["approved"],
        "on_inventory": gallery["id"] in facts.inventory,
    }


def _algorithm(facts: Facts) -> Json:
    algorithm = facts.document["algorithm"]
    shown: Json = {"accuracy_evidence": algorithm["accuracy_evidence"]}
    if algorithm.get("min_group_tpr") is not None:
        # Cedar's decimals have four places; rounding down never lets a worse figure pass.
        places = Decimal(repr(algorithm["min_group_tpr"])).quantize(Decimal("0.0001"), ROUND_FLOOR)
        shown["min_group_tpr"] = {"__extn": {"fn": "decimal", "arg": str(places)}}
    return shown


def _received(facts: Facts) -> Json:
    received = facts.document["received"]
    return {key: received[key] for key in ("solicited", "specific_crime", "logged")}


def _technology(facts: Facts) -> Json:
    technology = facts.document["technology"]
    return {
        "kind": technology["kind"].lower(),
        "face_recognition": technology["kind"] not in v.FACE_RECOGNITION_FREE,
        "governing_body_approved": technology["governing_body_approved"],
        "impact_report": technology["impact_report"],
        "use_policy_published": technology["use_policy_published"],
    }


ATTRIBUTES: Final[dict[str, Callable[[Facts], Any]]] = {
    "on_behalf_of": _code("Agency", "on_behalf_of"),
    "performed_by": _code("Performer", "performed_by"),
    "requester": _requester,
    "approvals": _approvals,
    "case": lambda facts: {"number_given": bool(facts.document["case"]["number"])},
    "purpose": _code("Purpose", "purpose"),
    "offence": _offence,
    "predicate": _predicate,
    "alternatives_tried": lambda facts: len(facts.document["alternatives_tried"]),
    "authority": lambda facts: authority_state(
        facts.document["authority"], facts.at, facts.legal_date
    ),
    "exigency": lambda facts: exigency_state(facts.document["exigency"], facts.at),
    "probe": _probe,
    "capture_context": _capture_context,
    "protected_basis": _plain("protected_basis"),
    "suspicion_specific": _plain("suspicion_specific"),
    "system": _system,
    "gallery": _gallery,
    "candidates_requested": _plain("candidates_requested"),
    "algorithm": _algorithm,
    "received": _received,
    "technology": _technology,
    "exception": _code("Exception", "exception"),
    "policy_published": _plain("policy_published"),
}
