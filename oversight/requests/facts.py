"""From answers and rows to the facts document that the gate reads (contracts.md, section 2).

Nothing is assumed: what is not answered is left out, and the gate refuses for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from oversight.people.models import Person, Role
from oversight.people.selectors import commands_unit, current_training, roles_of
from oversight.requests.duties import overdue_reports
from oversight.requests.inventory import is_approved
from oversight.requests.models import SignOff
from recognition.gateway import Inspection, Unknown, active_model, gallery_kind

Answers = Mapping[str, Any]
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and for which act."""

    requester: Person
    action: str
    at: datetime
    approvals: tuple[SignOff, ...] = ()


def facts_of(asking: Asking, answers: Answers, inspection: Inspection | None) -> Facts:
    """Return the facts of a request as far as they are answered.

    ``inspection`` is the worker's report on the uploaded image, None while there is none.
    """
    return {
        "action": asking.action,
        "at": local(asking.at, asking.requester),
        "agency": asking.requester.agency_id,
        "requester": _requester(asking),
        "approvals": [_approval(sign_off, asking.requester) for sign_off in asking.approvals],
        **_case(answers),
        **_legal_basis(answers),
        **_image(answers, inspection),
        **_scope(answers, asking.at),
        "received": None,
        "technology": None,
        "policy_published": settings.POLICY_PUBLISHED,
    }


def local(moment: datetime, person: Person) -> str:
    """Return ``moment`` as RFC 3339 in the agency's own time zone, to the second."""
    zone = ZoneInfo(person.agency.time_zone)
    return moment.astimezone(zone).isoformat(timespec="seconds")


def _requester(asking: Asking) -> Facts:
    person, day = asking.requester, timezone.localdate(asking.at)
    held = roles_of(person, on=day)
    training = current_training(person, on=day)
    return {
        "id": str(person.pk),
        "role": next(
            (str(r) for r in (Role.OFFICER, Role.EXAMINER, Role.SUPERVISOR) if r in held), "officer"
        ),
        "suspended": person.suspended or not held,
        "overdue_reports": overdue_reports(person, asking.at),
        "training": training
        and {
            "course": training.course,
            "level": training.level,
            "completed_on": training.completed_on.isoformat(),
            "expires_on": training.expires_on.isoformat(),
        },
    }


def _approval(sign_off: SignOff, requester: Person) -> Facts:
    day = timezone.localdate(sign_off.signed_at)
    held = roles_of(sign_off.supervisor, on=day)
    return {
        "id": str(sign_off.supervisor_id),
        "role": "supervisor" if Role.SUPERVISOR in held else "officer",
        "unit_commander": commands_unit(sign_off.supervisor, on=day),
        "at": local(sign_off.signed_at, requester),
    }


def _case(answers: Answers) -> Facts:
    facts: Facts = {}
    if "case_number" in answers:
        facts["case"] = {"number": answers["case_number"], "opened_on": answers["case_opened_on"]}
        facts["purpose"] = answers["purpose"]
        facts["offence"] = (
            {
                "nibrs": answers["nibrs"],
                "severity": answers["severity"],
                "listed": answers.get("listed", []),
            }
            if answers.get("nibrs")
            else None
        )
    return facts


def _legal_basis(answers: Answers) -> Facts:
    if "predicate_level" not in answers:
        return {}
    return {
        "predicate": {"level": answers["predicate_level"], "facts": answers["predicate_facts"]},
        "alternatives_tried": answers.get("alternatives_tried", []),
        "authority": answers.get("authority"),
        "exigency": answers.get("exigency"),
        "protected_basis": answers["protected_basis"],
        "suspicion_specific": answers["suspicion_specific"],
        "exception": answers.get("exception"),
    }


def _image(answers: Answers, inspection: Inspection | None) -> Facts:
    if "kind" not in answers or inspection is None or not inspection.accepted:
        return {}
    chosen = answers.get("face_index")
    face = inspection.faces[chosen] if chosen is not None else None
    return {
        "probe": {
            "kind": answers["kind"],
            "source": answers["source"],
            "mode": answers["mode"],
            "depicts_subject": answers["depicts_subject"],
            "faces": len(inspection.faces),
            "target_selected": face is not None,
            "edits": answers.get("edits", []),
            "interocular_px": round(face.interocular_px, 1) if face else 0,
            "quality": round(face.quality, 4) if face else 0,
            "apparent_minor": answers["apparent_minor"],
        },
        "capture_context": answers.get("capture_context", []),
    }


def _scope(answers: Answers, at: datetime) -> Facts:
    if "gallery" not in answers:
        return {}
    model = active_model()
    return {
        "system": settings.SEARCH_SYSTEM,
        "performed_by": settings.SEARCH_PERFORMED_BY,
        "on_behalf_of": answers.get("on_behalf_of"),
        **_gallery(answers["gallery"], at),
        "candidates_requested": answers["candidates_requested"],
        "algorithm": {
            "version": model.version,
            "accuracy_evidence": not model.evaluation_only,
            "min_group_tpr": None,
        },
    }


def _gallery(slug: str, at: datetime) -> Facts:
    try:
        kind = gallery_kind(slug)
    except Unknown:
        return {}
    approved = is_approved(settings.SEARCH_SYSTEM["id"], slug, at)
    return {"gallery": {"id": slug, "class": kind, "approved": approved}}
