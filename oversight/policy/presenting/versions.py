"""The history of a rule: its versions, and what each changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import ndiff
from itertools import pairwise
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oversight.policy.gate import Instrument, Rule
from oversight.policy.presenting.safeguards import safeguard_text
from oversight.policy.presenting.words import EFFECTS, EVIDENCE, span_text

_TEXTS: Final = (
    ("title", _("Title")),
    ("message", _("Message")),
    ("remedy", _("What would cure it")),
    ("citation", _("Source")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: kept, added or removed."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version changed."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a rule with its days, and what it changed from the one before."""

    rule: Rule
    span: str
    changes: Sequence[Change]
    lines: Sequence[Line]
    first: bool


def versions_of(instrument: Instrument, name: str) -> list[Version]:
    """Every version of ``pack/name``, newest first; empty if there is none."""
    rules = sorted(
        (rule for rule in instrument.rules if rule.id == f"{instrument.slug}/{name}"),
        key=lambda rule: rule.in_force_from,
    )
    found = [_version(before, rule) for before, rule in pairwise([None, *rules]) if rule]
    return found[::-1]


def line_changes(before: str, after: str) -> list[Line]:
    """A text with what was removed and added, line by line; empty if nothing was."""
    if before == after:
        return []
    compared = ndiff(before.splitlines(), after.splitlines())
    return [Line(line[0].strip(), line[2:]) for line in compared if line[0] != "?"]


def changes_between(before: Rule, after: Rule) -> list[Change]:
    """What differs between two versions, but for the Cedar text and the days."""
    pairs = [(label, getattr(before, key), getattr(after, key)) for key, label in _TEXTS]
    pairs += [
        (_("Safeguard"), safeguard_text(before.safeguard), safeguard_text(after.safeguard)),
        (_("Effect"), EFFECTS[before.effect], EFFECTS[after.effect]),
        (_("Evidence"), EVIDENCE[before.evidence], EVIDENCE[after.evidence]),
    ]
    return [
        Change(label, str(old or ""), str(new or "")) for label, old, new in pairs if old != new
    ]


def _version(before: Rule | None, rule: Rule) -> Version:
    return Version(
        rule=rule,
        span=span_text(rule.in_force_from, rule.in_force_until),
        changes=changes_between(before, rule) if before else [],
        lines=line_changes(before.cedar, rule.cedar) if before else [],
        first=before is None,
    )
