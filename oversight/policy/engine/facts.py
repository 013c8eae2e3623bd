"""The facts of a request: validated against the vocabulary, frozen, and named by a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import rfc8785

from oversight.policy.engine import vocabulary as v
from oversight.policy.engine.fields import (
    Document,
    FactsError,
    boolean,
    code,
    day,
    integer,
    listing,
    moment,
    moment_or_day,
    nullable,
    number,
    record,
    text,
)

if TYPE_CHECKING:
    from oversight.policy.engine.reference import Reference

__all__ = ["FORMS", "Facts", "FactsError", "read_facts"]

REQUIRED_ALWAYS = ("at", "agency")

REQUIRED_BY_ACTION: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        v.SEARCH_ACTIONS,
        (
            "performed_by",
            "requester",
            "approvals",
            "purpose",
            "predicate",
            "alternatives_tried",
            "probe",
            "capture_context",
            "protected_basis",
            "suspicion_specific",
            "system",
            "gallery",
            "candidates_requested",
            "algorithm",
            "policy_published",
        ),
    ),
    # Who uses a result that someone else produced knows this much, whatever else is unknown.
    "receive": (
        "received",
        "performed_by",
        "requester",
        "purpose",
        "predicate",
        "capture_context",
        "protected_basis",
        "suspicion_specific",
    ),
    "acquire": ("technology",),
}

_ID = text(blank=False)

FORMS = record(
    {
        "action": code("action", v.ACTIONS),
        "at": moment,
        "agency": code("agency", "agencies"),
        "on_behalf_of": nullable(code("agency", "agencies")),
        "performed_by": code("performer", v.PERFORMERS),
        "requester": record(
            {
                "id": _ID,
                "role": code("role", v.ROLES),
                "suspended": boolean,
                "overdue_reports": integer(0),
                "training": nullable(
                    record(
                        {
                            "course": _ID,
                            "level": code("training level", v.TRAINING_LEVELS),
                            "completed_on": day,
                            "expires_on": day,
                        }
                    )
                ),
            },
            optional={"training"},
        ),
        "approvals": listing(
            record(
                {"id": _ID, "role": code("role", v.ROLES), "unit_commander": boolean, "at": moment}
            )
        ),
        "case": nullable(record({"number": _ID, "opened_on": day})),
        "purpose": code("purpose", v.PURPOSES),
        "offence": nullable(
            record(
                {
                    "nibrs": code("NIBRS offence", v.NIBRS),
                    "severity": code("severity", v.SEVERITIES),
                    "listed": listing(code("statutory list", v.STATUTORY_LISTS)),
                }
            )
        ),
        "predicate": record({"level": code("predicate", v.PREDICATES), "facts": text()}),
        "alternatives_tried": listing(text()),
        "authority": nullable(
            record(
                {
                    "type": code("authority", v.AUTHORITIES),
                    "issuer": text(),
                    "number": text(),
                    "valid_from": moment_or_day,
                    "valid_to": moment_or_day,
                }
            )
        ),
        "exigency": nullable(record({"facts": text(), "authoriser": text(), "started_at": moment})),
        "probe": nullable(
            record(
                {
                    "kind": code("probe kind", v.PROBE_KINDS),
                    "source": code("probe source", v.PROBE_SOURCES),
                    "mode": code("probe mode", v.PROBE_MODES),
                    "depicts_subject": boolean,
                    "faces": integer(0),
                    "target_selected": boolean,
                    "edits": listing(record({"op": _ID, "by": _ID, "at": moment})),
                    "interocular_px": number(0),
                    "quality": number(0, 1),
                    "apparent_minor": boolean,
                }
            )
        ),
        "capture_context": listing(code("capture context", v.CAPTURE_CONTEXTS)),
        "protected_basis": boolean,
        "suspicion_specific": boolean,
        "system": record({"id": _ID, "class": code("system class", v.SYSTEM_CLASSES)}),
        "gallery": record(
            {
                "id": _ID,
                "class": code("gallery class", v.GALLERY_CLASSES),
                "approved": boolean,
            }
        ),
        "candidates_requested": integer(1),
        "algorithm": record(
            {
                "version": _ID,
                "accuracy_evidence": boolean,
                "min_group_tpr": nullable(number(0, 1)),
            },
            optional={"min_group_tpr"},
        ),
        "received": nullable(
            record(
                {"source": _ID, "solicited": boolean, "specific_crime": boolean, "logged": boolean}
            )
        ),
        "technology": nullable(
            record(
                {
                    "kind": _ID,
                    "governing_body_approved": boolean,
                    "impact_report": boolean,
                    "use_policy_published": boolean,
                }
            )
        ),
        "exception": nullable(code("exception", "exceptions")),
        "policy_published": boolean,
    },
    optional=True,
)
"""The form of the whole document: which keys there are, and what each may hold."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts that passed validation.

    ``document`` is the JSON document with defaults filled in; it must not be changed. ``at`` has
    an offset; ``legal_date`` is the calendar day of ``at`` where the agency is. ``inventory`` is
    that of the reference tables they were read with.
    """

    document: Document
    at: datetime
    zone: ZoneInfo = field(compare=False)
    inventory: frozenset[str] = field(compare=False)

    @property
    def action(self) -> str:
        return str(self.document["action"])

    @property
    def agency(self) -> str:
        return str(self.document["agency"])

    @property
    def on_behalf_of(self) -> str | None:
        return self.document.get("on_behalf_of")

    @property
    def local_time(self) -> datetime:
        return self.at.astimezone(self.zone)

    @property
    def legal_date(self) -> date:
        return self.local_time.date()

    @property
    def digest(self) -> str:
        """``sha256:`` and the digest of the document in the canonical form of RFC 8785."""
        return "sha256:" + hashlib.sha256(rfc8785.dumps(self.document)).hexdigest()


def read_facts(document: Mapping[str, Any], reference: Reference) -> Facts:
    """Validate a whole facts document; raise `FactsError` with the field's path otherwise.

    A key that may be null may also be left out. What an action needs must be there: the facts of
    a search for ``submit``, ``approve``, ``run`` and ``view``; for ``receive`` what its user knows
    (`REQUIRED_BY_ACTION`); ``technology`` for ``acquire``.
    """
    checked = _checked(document, reference)
    zone = ZoneInfo(reference.agencies[checked["agency"]].time_zone)
    at = datetime.fromisoformat(checked["at"])
    facts = Facts(document=checked, at=at, zone=zone, inventory=reference.inventory)
    for key in REQUIRED_BY_ACTION[facts.action]:
        if facts.document.get(key) is None:
            raise FactsError(
                key,
                f"is missing; the action `{facts.action}` cannot be judged without it",
                "State this fact.",
            )
    return facts


def _checked(document: Mapping[str, Any], reference: Reference) -> Document:
    if not isinstance(document, Mapping):
        raise FactsError("", "must be one JSON object", "Send one object with the request's facts.")
    checked: Document = FORMS(document, "", reference)
    checked.setdefault("action", "submit")
    for key in REQUIRED_ALWAYS:
        if key not in checked:
            raise FactsError(key, "is missing", "State this fact.")
    return checked
