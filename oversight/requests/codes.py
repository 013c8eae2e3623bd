"""The words shown for the codes of a request: those of the facts, and those of the image's check."""

from django.utils.translation import gettext_lazy as _

from oversight.policy.codes import (
    AUTHORITIES,
    CAPTURE_CONTEXTS,
    EDITS,
    NIBRS,
    PREDICATES,
    PROBE_KINDS,
    PROBE_MODES,
    PROBE_SOURCES,
    PURPOSES,
    SEVERITIES,
    STATUTORY_LISTS,
    Labels,
    choices,
)

__all__ = [
    "AUTHORITIES",
    "CAPTURE_CONTEXTS",
    "EDITS",
    "FINDINGS",
    "NIBRS",
    "PREDICATES",
    "PROBE_KINDS",
    "PROBE_MODES",
    "PROBE_SOURCES",
    "PURPOSES",
    "SEVERITIES",
    "STATUTORY_LISTS",
    "Labels",
    "choices",
]

FINDINGS: Labels = {
    "small": _("Small"),
    "blurred": _("Blurred"),
    "turned_away": _("Turned away"),
    "hard_to_see": _("Hard to see"),
    "cut_off": _("Cut off by the edge of the picture"),
    "overlapped": _("Overlapped by another face"),
}
