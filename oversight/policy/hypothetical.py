"""From the answers about an imagined search to its facts, and to what each agency's law says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from oversight.policy.gate import Catalogue, Decision, consider_requests

Answers = Mapping[str, Any]
Facts = dict[str, Any]

_STATED: Final = "stated"
"""Stands for texts and names: rules read whether they are there, never what they say."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law of one agency says."""

    agency: str
    name: str
    decision: Decision


def ask_everyone(answers: Answers, catalogue: Catalogue, today: date) -> list[Answer]:
    """Ask the law of every agency that was chosen, or of all of them; by name."""
    chosen = answers["agencies"] or catalogue.agencies
    found = sorted((catalogue.agencies[slug] for slug in chosen), key=lambda one: one.name)
    decisions = consider_requests(
        imagined_facts(answers, one.slug, ZoneInfo(one.time_zone), today) for one in found
    )
    return [
        Answer(one.slug, one.name, decision) for one, decision in zip(found, decisions, strict=True)
    ]


def imagined_facts(answers: Answers, agency: str, zone: ZoneInfo, today: date) -> Facts:
    """The facts document: at noon of the day asked about, where the agency is."""
    at = datetime.combine(answers["day"] or today, time(12), zone)
    facts: Facts = {
        "action": answers["action"],
        "at": at.isoformat(),
        "agency": agency,
        "on_behalf_of": answers["on_behalf"] or None,
        "performed_by": answers["performed"],
        "requester": _requester(answers, at.date()),
        "approvals": [],
        "case": {"number": _STATED, "opened_on": at.date().isoformat()},
        **_why(answers),
        **_basis(answers, at),
        **_image(answers, at),
        **_scope(answers),
        "policy_published": _yes(answers["published"]),
    }
    if answers["action"] == "receive":
        facts["received"] = _received(answers)
    if answers["action"] == "acquire":
        facts["technology"] = _technology(answers)
    return facts


def _requester(answers: Answers, today: date) -> Facts:
    ages = {"old": (400, -300), "lapsed": (400, 30)}
    completed, lapsed = ages.get(answers["training"], (30, -300))
    training = {
        "course": _STATED,
        "level": "examination" if answers["training"] == "examination" else "review",
        "completed_on": (today - timedelta(completed)).isoformat(),
        "expires_on": (today - timedelta(lapsed)).isoformat(),
    }
    return {
        "id": "officer",
        "role": "officer",
        "suspended": _yes(answers["suspended"]),
        "overdue_reports": int(_yes(answers["overdue"])),
        "training": None if answers["training"] == "none" else training,
    }


def _why(answers: Answers) -> Facts:
    offence = {key: answers[key] for key in ("nibrs", "severity", "listed")}
    return {
        "purpose": answers["purpose"],
        "offence": offence if answers["nibrs"] else None,
        "exception": answers["exception"] or None,
    }


def _basis(answers: Answers, at: datetime) -> Facts:
    hours = answers["emergency"]
    authority = {
        "type": answers["authority"],
        "issuer": _STATED,
        "number": _STATED,
        "valid_from": (at - timedelta(days=1)).isoformat(),
        "valid_to": (at + timedelta(days=1)).isoformat(),
    }
    exigency = {
        "facts": _STATED,
        "authoriser": _STATED,
        "started_at": (at - timedelta(hours=hours or 0)).isoformat(),
    }
    return {
        "predicate": {
            "level": answers["predicate"],
            "facts": _STATED if _yes(answers["written"]) else "",
        },
        "alternatives_tried": [_STATED] if _yes(answers["tried"]) else [],
        "suspicion_specific": _yes(answers["specific"]),
        "protected_basis": _yes(answers["protected"]),
        "authority": authority if answers["authority"] else None,
        "exigency": None if hours is None else exigency,
    }


def _image(answers: Answers, at: datetime) -> Facts:
    good = answers["quality"] == "good"
    return {
        "probe": {
            "kind": answers["kind"],
            "source": answers["source"],
            "mode": answers["mode"],
            "depicts_subject": _yes(answers["shows"]),
            "faces": 1 if answers["faces"] == "one" else 3,
            "target_selected": answers["faces"] != "several",
            "edits": [{"op": op, "by": _STATED, "at": at.isoformat()} for op in answers["edits"]],
            "interocular_px": 96 if good else 8,
            "quality": 0.8 if good else 0.1,
            "apparent_minor": _yes(answers["minor"]),
        },
        "capture_context": answers["context"],
    }


def _scope(answers: Answers) -> Facts:
    known = answers["system"] == "approved"
    # The inventory knows systems by name; a name that is not on it stands for all the others.
    system = {"id": "lacris-dms", "class": "county"}
    other = {"id": "another-system", "class": answers["system"]}
    return {
        "system": system if known else other,
        "gallery": {
            "id": "lacris-dms" if known else "another-gallery",
            "class": answers["gallery"],
            "approved": _yes(answers["approved"]),
        },
        "candidates_requested": answers["candidates"],
        "algorithm": {
            "version": _STATED,
            "accuracy_evidence": answers["accuracy"] != "none",
            "min_group_tpr": 0.99 if answers["accuracy"] == "all" else None,
        },
    }


def _received(answers: Answers) -> Facts:
    return {
        "source": _STATED,
        "solicited": _yes(answers["solicited"]),
        "specific_crime": _yes(answers["one_crime"]),
        "logged": _yes(answers["logged"]),
    }


def _technology(answers: Answers) -> Facts:
    return {
        "kind": answers["technology"],
        "governing_body_approved": _yes(answers["body_approved"]),
        "impact_report": _yes(answers["impact_report"]),
        "use_policy_published": _yes(answers["use_policy"]),
    }


def _yes(answer: str) -> bool:
    return answer == "yes"
