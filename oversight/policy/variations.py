"""How an ordinary search may differ, one fact at a time, each with the words for it."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Text
from oversight.policy import codes


@dataclass(frozen=True, slots=True)
class Variation:
    """One fact with another value than in an ordinary search."""

    path: str
    value: Any
    words: Text

    def apply(self, document: dict[str, Any]) -> None:
        """Change the fact in a facts document."""
        *parents, last = self.path.split(".")
        inside = document
        for parent in parents:
            inside = inside[parent]
        inside[last] = _dated(self.value, document["at"])


def _dated(value: Any, at: str) -> Any:
    """A copy in which hours from the moment of the request stand as moments."""
    if isinstance(value, timedelta):
        return (datetime.fromisoformat(at) + value).isoformat()
    if isinstance(value, dict):
        return {key: _dated(inner, at) for key, inner in value.items()}
    return deepcopy(value)


def _coded(path: str, labels: codes.Labels, usual: str) -> Iterator[Variation]:
    """Every code but the usual one."""
    for code, words in labels.items():
        if code != usual:
            yield Variation(path, code, words)


def _offence(nibrs: str, severity: str) -> dict[str, Any]:
    return {"nibrs": nibrs, "severity": severity, "listed": []}


_DAY: Final = timedelta(days=1)

VARIATIONS: Final[tuple[Variation, ...]] = (
    *_coded("purpose", codes.PURPOSES, "criminal_investigation"),
    *_coded("probe.source", codes.PROBE_SOURCES, "fixed_cctv_private"),
    *_coded("probe.kind", codes.PROBE_KINDS, "video_still"),
    *_coded("probe.mode", codes.PROBE_MODES, "still"),
    *_coded("predicate.level", codes.PREDICATES, "probable_cause"),
    *_coded("gallery.class", codes.GALLERY_CLASSES, "booking"),
    *_coded("performed_by", codes.PERFORMERS, "own_system"),
    Variation("offence", None, _("No offense")),
    Variation("offence", _offence("23C", "misdemeanor"), _("Shoplifting, a misdemeanor")),
    Variation("offence", _offence("220", "felony"), _("Burglary, a felony")),
    Variation(
        "authority",
        {
            "type": "warrant",
            "issuer": "-",
            "number": "-",
            "valid_from": -_DAY,
            "valid_to": _DAY,
        },
        _("With a warrant"),
    ),
    Variation(
        "exigency",
        {"facts": "-", "authoriser": "-", "started_at": timedelta(hours=-1)},
        _("In a documented emergency"),
    ),
    Variation("requester.training", None, _("The officer has no training")),
    Variation("probe.apparent_minor", value=True, words=_("The person appears to be under 18")),
    Variation(
        "probe.depicts_subject", value=False, words=_("The image does not show the person sought")
    ),
    Variation("capture_context", ["protest"], _("Taken at a protest")),
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
)
