"""How an ordinary search may differ, one fact at a time, each with the words for it."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Text
from oversight.policy import codes


@dataclass(frozen=True, slots=True, eq=False)
class Variation:
    """One fact with another value than in an ordinary search, and what comes with it."""

    path: str
    value: Any
    words: Text
    also: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, document: dict[str, Any]) -> None:
        """Change the fact in a facts document."""
        for path, value in {self.path: self.value, **self.also}.items():
            *parents, last = path.split(".")
            inside = document
            for parent in parents:
                inside = inside[parent]
            inside[last] = _dated(value, document["at"])


class _Days(timedelta):
    """Time from the moment of the request that leads to a day, not to a moment."""


def _dated(value: Any, at: str) -> Any:
    """A copy in which time from the moment of the request stands as a moment, or as a day."""
    if isinstance(value, _Days):
        return (datetime.fromisoformat(at) + value).date().isoformat()
    if isinstance(value, timedelta):
        return (datetime.fromisoformat(at) + value).isoformat()
    if isinstance(value, dict):
        return {key: _dated(inner, at) for key, inner in value.items()}
    if isinstance(value, list):
        return [_dated(inner, at) for inner in value]
    return deepcopy(value)


def _coded(path: str, labels: codes.Labels, usual: str) -> Iterator[Variation]:
    """Every code but the usual one."""
    for code, words in labels.items():
        if code != usual:
            yield Variation(path, code, words)


def _offence(nibrs: str, severity: str, *listed: str) -> dict[str, Any]:
    return {"nibrs": nibrs, "severity": severity, "listed": [*listed]}


def _result(*, solicited: bool, logged: bool, specific: bool = True) -> dict[str, Any]:
    received = {"source": "-", "solicited": solicited, "specific_crime": specific, "logged": logged}
    return {"received": received, "performed_by": "outside_agency"}


def _technology(*, approved: bool) -> dict[str, Any]:
    papers = ("governing_body_approved", "impact_report", "use_policy_published")
    return {"technology": {"kind": "face_recognition", **dict.fromkeys(papers, approved)}}


_DAY: Final = timedelta(days=1)
_SUPERVISOR: Final = {
    "id": "another",
    "role": "supervisor",
    "unit_commander": True,
    "at": timedelta(0),
}
_ACTIONS: Final = (
    Variation(
        "action",
        "run",
        _("The search is about to run, signed off"),
        {"approvals": [_SUPERVISOR]},
    ),
    Variation(
        "action", "approve", _("A supervisor is about to sign"), {"approvals": [_SUPERVISOR]}
    ),
    Variation(
        "action",
        "receive",
        _("A result that came unasked, and is logged"),
        _result(solicited=False, logged=True),
    ),
    Variation(
        "action",
        "receive",
        _("A result that was asked for"),
        _result(solicited=True, logged=True),
    ),
    Variation(
        "action",
        "receive",
        _("A result that is about no specific crime"),
        _result(solicited=False, logged=True, specific=False),
    ),
    Variation(
        "action",
        "receive",
        _("A result whose receipt is not logged"),
        _result(solicited=False, logged=False),
    ),
    Variation(
        "action",
        "acquire",
        _("Acquiring face recognition that was approved"),
        _technology(approved=True),
    ),
    Variation(
        "action",
        "acquire",
        _("Acquiring face recognition that was not approved"),
        _technology(approved=False),
    ),
)

VARIATIONS: Final[tuple[Variation, ...]] = (
    *_ACTIONS,
    *_coded("purpose", codes.PURPOSES, "criminal_investigation"),
    *_coded("probe.source", codes.PROBE_SOURCES, "fixed_cctv_private"),
    *_coded("probe.kind", codes.PROBE_KINDS, "video_still"),
    *_coded("probe.mode", codes.PROBE_MODES, "still"),
    *_coded("predicate.level", codes.PREDICATES, "probable_cause"),
    Variation("predicate.facts", "", _("The facts of the suspicion are not written down")),
    *_coded("gallery.class", codes.GALLERY_CLASSES, "booking"),
    Variation("gallery.approved", value=False, words=_("The gallery is not approved")),
    Variation("gallery.id", "another-gallery", _("A gallery that is not on the inventory")),
    *_coded("performed_by", codes.PERFORMERS, "own_system"),
    Variation("on_behalf_of", "glendale-pd", _("For another agency")),
    Variation("offence", None, _("No offense")),
    Variation("offence", _offence("23C", "misdemeanor"), _("Shoplifting, a misdemeanor")),
    Variation("offence", _offence("220", "felony"), _("Burglary, a felony")),
    Variation("offence", _offence("09A", "violent_felony"), _("Murder, on no statutory list")),
    *(
        Variation("offence", _offence("220", "felony", code), words)
        for code, words in codes.STATUTORY_LISTS.items()
    ),
    *(
        Variation(
            "authority",
            {
                "type": code,
                "issuer": "-",
                "number": "-",
                "valid_from": -_DAY,
                "valid_to": _DAY,
            },
            words,
        )
        for code, words in codes.AUTHORITIES.items()
    ),
    *(
        Variation("exigency", {"facts": "-", "authoriser": "-", "started_at": -_DAY * days}, words)
        for days, words in (
            (0, _("In a documented emergency")),
            (3, _("In an emergency that began three days ago")),
        )
    ),
    Variation("requester.training", None, _("The officer has no training")),
    Variation(
        "requester.training",
        {
            "course": "-",
            "level": "review",
            "completed_on": _Days(days=-400),
            "expires_on": _Days(days=300),
        },
        _("The officer's training is older than a year"),
    ),
    Variation("requester.suspended", value=True, words=_("The officer is suspended")),
    Variation("requester.overdue_reports", 1, _("The officer owes a report")),
    Variation("probe.faces", 4, _("Several faces, none chosen"), {"probe.target_selected": False}),
    Variation(
        "probe.edits",
        [{"op": "retouch", "by": "-", "at": timedelta(0)}],
        _("Parts of the face are retouched"),
    ),
    Variation("probe.interocular_px", 8, _("The face is very small")),
    Variation("probe.apparent_minor", value=True, words=_("The person appears to be under 18")),
    Variation(
        "probe.depicts_subject", value=False, words=_("The image does not show the person sought")
    ),
    Variation("capture_context", ["protest"], _("Taken at a protest")),
    Variation("protected_basis", value=True, words=_("Based on protest, belief or class")),
    Variation("suspicion_specific", value=False, words=_("No suspicion of a crime by this person")),
    Variation("alternatives_tried", [], _("Nothing else was tried")),
    Variation(
        "system",
        {"id": "another-system", "class": "commercial"},
        _("A commercial system that is not on the inventory"),
    ),
    Variation("candidates_requested", 200, _("200 candidates")),
    Variation("policy_published", value=False, words=_("The policy is not published")),
    Variation("algorithm.accuracy_evidence", value=False, words=_("No evidence of accuracy")),
    Variation("algorithm.min_group_tpr", 0.9, _("Nine of ten found in the group served worst")),
)
"""Usual are a search that is submitted, a lawful one; none of these values is the usual one."""


def exceptions_of(named: Mapping[str, str]) -> Iterator[Variation]:
    """Each exception that an instrument names, claimed; ``named`` gives the words of its code."""
    for code, words in named.items():
        yield Variation("exception", code, words)
