"""Standing, evidence and effect in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oversight.interface.components import Tone
from oversight.interface.display import date_text
from oversight.policy.gate import Instrument, Rule

EVIDENCE: Final[Mapping[str, Promise]] = {
    "S": gettext_lazy("Read in a public copy"),
    "K": gettext_lazy("Unverified: from knowledge, still to be checked with the official text"),
    "?": gettext_lazy("Sources conflict: awaits a human check"),
}
EVIDENCE_TONES: Final = {"S": Tone.GOOD, "K": Tone.CAUTION, "?": Tone.STOPPED}

EFFECTS: Final[Mapping[str, Promise]] = {
    "forbid": gettext_lazy("Refuses a request"),
    "require": gettext_lazy("Requires a further step"),
    "duty": gettext_lazy("Creates a duty"),
}


class Standing(StrEnum):
    """Where an instrument or a rule stands on a day."""

    IN_FORCE = "in_force"
    AHEAD = "ahead"
    ENDED = "ended"
    PROPOSAL = "proposal"
    VOLUNTARY = "voluntary"


STANDINGS: Final[Mapping[str, Promise]] = {
    Standing.IN_FORCE: gettext_lazy("In force"),
    Standing.AHEAD: gettext_lazy("Not yet in force"),
    Standing.ENDED: gettext_lazy("No longer in force"),
    Standing.PROPOSAL: gettext_lazy("Proposal, never in force"),
    Standing.VOLUNTARY: gettext_lazy("Voluntary, binds no agency"),
}
_TONES: Final = {
    Standing.IN_FORCE: Tone.GOOD,
    Standing.AHEAD: Tone.WAITING,
    Standing.ENDED: Tone.STOPPED,
    Standing.PROPOSAL: Tone.NEUTRAL,
    Standing.VOLUNTARY: Tone.NEUTRAL,
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A status with its tone."""

    text: str
    tone: Tone


def standing_of(instrument: Instrument, on: date) -> Standing:
    """Where an instrument stands on a day."""
    if instrument.in_force_from is None:
        return Standing.PROPOSAL
    if instrument.status == "voluntary":
        return Standing.VOLUNTARY
    return _at(instrument.in_force_from, instrument.in_force_until, on)


def rule_standing(rule: Rule, instrument: Instrument, on: date) -> Standing:
    """Where one version of a rule stands on a day: never better than its instrument."""
    whole = standing_of(instrument, on)
    if whole in (Standing.PROPOSAL, Standing.VOLUNTARY):
        return whole
    return _at(rule.in_force_from, rule.in_force_until, on)


def badge_of(standing: Standing) -> Badge:
    """The standing as a status."""
    return Badge(str(STANDINGS[standing]), _TONES[standing])


def evidence_badge(mark: str) -> Badge:
    """How well the source of a rule is known, as a status."""
    return Badge(str(EVIDENCE[mark]), EVIDENCE_TONES[mark])


def span_text(starts: date | None, ends: date | None) -> str:
    """The days in force, in words; an end is the first day on which it no longer applies."""
    if starts is None:
        return _("Never: a proposal")
    first = _("Always") if starts == date.min else _("From %(day)s") % {"day": date_text(starts)}
    if ends is None:
        return first
    words = {"first": first, "day": date_text(ends)}
    return _("%(first)s, and no longer from %(day)s") % words


def _at(starts: date, ends: date | None, on: date) -> Standing:
    if on < starts:
        return Standing.AHEAD
    return Standing.ENDED if ends is not None and ends <= on else Standing.IN_FORCE
