"""What a proposal would change, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from oversight.interface.components import Text
from oversight.interface.display import shown
from oversight.policy import codes
from oversight.policy.effects import (
    CHANGES,
    CaseEffect,
    Comparison,
    Effect,
    Example,
    Trying,
    Verdict,
)
from oversight.policy.engine.loader import Library
from oversight.policy.gate import standing_library
from oversight.policy.models import Proposal
from oversight.policy.selectors import AdoptedActs, act_of

_KEPT_SECONDS: Final = 3600
_AT_ONCE_SECONDS: Final = 1.5
"""How long one page tries requests before it says how far it has come."""


@dataclass(frozen=True, slots=True)
class ShownExample:
    """A request whose decision changes, in words."""

    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One kind of change, how often, and examples."""

    label: str
    count: int
    examples: Sequence[ShownExample]


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """What a proposal changes for one agency."""

    agency: str
    summary: str
    changes: Sequence[ShownChange]
    by_rule: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case of a rule, before and after."""

    rule: str
    name: str
    meets: bool
    before: str
    after: str


def change_label(change: str) -> str:
    """A kind of change in words."""
    return {
        "now_refused": _("Refused from then on"),
        "now_permitted": _("No longer refused"),
        "other_reasons": _("Refused for other reasons"),
        "other_duties": _("Not refused, but more or less is required or owed"),
    }[change]


def effects_of(proposal: Proposal) -> dict[str, Any]:
    """What a proposal would change, for each agency that it reaches, and over its cases.

    Trying every request takes seconds: each call goes on for a while and says how far it has come
    (``trying``), until all is tried. That is kept for an hour, for as long as the law stands as it
    does. Raises `PackError` if the proposal is no longer valid.
    """
    key = f"policy-effect:{proposal.pk}:{hash(AdoptedActs().state().acts)}"
    library = standing_library()
    comparison = Comparison(library, act_of(proposal, library))
    trying: Trying | None = cache.get(key)
    if trying is None:
        trying = Trying(len(comparison.requests(settings.AGENCY)))
    if not trying.finished:
        trying.go_on(comparison, settings.AGENCY, seconds=_AT_ONCE_SECONDS)
        cache.set(key, trying, _KEPT_SECONDS)
    if not trying.finished:
        return {"trying": trying}
    return {
        "effects": [shown_effect(effect, library) for effect in trying.effects.values()],
        **_cases(comparison),
        **_space(comparison),
    }


def _space(comparison: Comparison) -> dict[str, Any]:
    """What was tried: the facts with the number of their values, and what was too large."""
    space = comparison.space(comparison.agencies(settings.AGENCY)[0])
    return {
        "values": sorted((str(codes.FACTS[path]), count) for path, count in space.values.items()),
        "too_large": space.too_large,
    }


def shown_effect(effect: Effect, library: Library) -> ShownEffect:
    """An effect in words."""
    numbers = {
        "tried": shown(effect.tried),
        "before": shown(effect.refused_before),
        "after": shown(effect.refused_after),
    }
    return ShownEffect(
        agency=library.reference.agencies[effect.agency].name,
        summary=_("Of %(tried)s requests tried, %(before)s are refused now and %(after)s would be.")
        % numbers,
        changes=[_change(effect, change) for change in CHANGES if effect.changes[change]],
        by_rule=effect.by_rule.most_common(),
    )


def _change(effect: Effect, change: str) -> ShownChange:
    examples = effect.examples.get(change, ())
    return ShownChange(
        change_label(change),
        effect.changes[change],
        [ShownExample(_words(one.words), *_both(one)) for one in examples],
    )


def _cases(comparison: Comparison) -> dict[str, Any]:
    """The cases that come out otherwise, and how many do not."""
    found = list(comparison.cases())
    changed = [one for one in found if one.before != one.after]
    return {
        "cases": [ShownCase(one.rule, one.name, one.meets, *_both(one)) for one in changed],
        "same": len(found) - len(changed),
    }


def verdict_text(verdict: Verdict, other: Verdict) -> str:
    """Refused by which rules; or not, and which rules require or oblige that do not in the other."""
    if verdict.refused:
        return _("refused by %(rules)s") % {"rules": ", ".join(verdict.rules)}
    owed = sorted(set(verdict.owed) - set(other.owed))
    if owed and not other.refused:
        return _("not refused, with what %(rules)s asks for") % {"rules": ", ".join(owed)}
    return _("not refused")


def _both(one: Example | CaseEffect) -> tuple[str, str]:
    return verdict_text(one.before, one.after), verdict_text(one.after, one.before)


def _words(words: Sequence[Text]) -> str:
    return "; ".join(map(str, words)) or _("An ordinary search")
