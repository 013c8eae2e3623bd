"""Proposals, votes and their effects as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oversight.interface.components import Link, SummaryRow, Text, Tone
from oversight.interface.display import date_text
from oversight.policy.effects import CaseEffect, Comparison, Effect, Verdict
from oversight.policy.engine.loader import Library
from oversight.policy.gate import PACKS, Catalogue, PackError, standing_library
from oversight.policy.models import Proposal
from oversight.policy.presenting.lawbook import HOUSE
from oversight.policy.presenting.versions import Line, line_changes
from oversight.policy.presenting.words import Badge
from oversight.policy.selectors import AdoptedActs, act_of

_KEPT_SECONDS: Final = 3600
CHANGES: Final = ("now_refused", "now_permitted", "other_reasons")


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


def slip_text(error: PackError) -> str:
    """Place, slip and remedy."""
    return f"{error.place}: {error.message}. {error.remedy}"


def copies(catalogue: Catalogue) -> list[Link]:
    """Instruments of which a copy can be edited."""
    address = reverse("policy:propose")
    return [
        Link(one.title, f"{address}?from={one.slug}")
        for one in catalogue.instruments
        if one.slug != HOUSE
    ]


def text_of(slug: str) -> str:
    """The text of an instrument as it was adopted last; raises `KeyError` for none of ours."""
    if slug not in standing_library().instruments or slug == HOUSE:
        raise KeyError(slug)
    adopted = (
        Proposal.objects.filter(slug=slug, kind=Proposal.Kind.INSTRUMENT, adoption__isnull=False)
        .order_by("-adoption__id")
        .values_list("text", flat=True)
        .first()
    )
    return adopted or (PACKS / f"{slug}.toml").read_text(encoding="utf-8")


def text_changes(proposal: Proposal) -> list[Line]:
    """The text beside that of the instrument it succeeds; all new if there is none."""
    if proposal.kind == Proposal.Kind.SUNSET or hasattr(proposal, "adoption"):
        return []
    try:
        before = text_of(proposal.slug)
    except KeyError:
        return []
    return [line for line in line_changes(before, proposal.text) if line.mark]


def proposal_badge(proposal: Proposal, today: date) -> Badge:
    """Where a proposal stands."""
    if hasattr(proposal, "adoption"):
        return Badge(_("Adopted"), Tone.GOOD)
    if not is_open(proposal, today):
        return Badge(_("Its first day has passed"), Tone.STOPPED)
    return Badge(_("Waiting for the board"), Tone.WAITING)


def is_open(proposal: Proposal, today: date) -> bool:
    """Whether it can still be adopted."""
    return not hasattr(proposal, "adoption") and proposal.takes_effect >= today


def proposal_rows(proposal: Proposal) -> list[SummaryRow]:
    """What to know of a proposal, and of the vote if there was one."""
    rows = [
        SummaryRow(_("Kind"), proposal.get_kind_display()),
        SummaryRow(_("Instrument"), proposal.slug),
        SummaryRow(_("Takes the place of"), proposal.replaces or None),
        SummaryRow(_("Takes effect on"), date_text(proposal.takes_effect)),
        SummaryRow(_("Proposed by"), str(proposal.proposed_by)),
        SummaryRow(_("Proposed at"), proposal.proposed_at),
        SummaryRow(_("Reasons"), proposal.note or None),
        SummaryRow(_("Digest of the text"), proposal.digest),
    ]
    return rows + _vote_rows(proposal)


def _vote_rows(proposal: Proposal) -> list[SummaryRow]:
    if not hasattr(proposal, "adoption"):
        return []
    vote = proposal.adoption
    return [
        SummaryRow(_("Adopted by vote of"), vote.body),
        SummaryRow(_("Day of the vote"), date_text(vote.voted_on)),
        SummaryRow(_("Ayes"), [str(vote.ayes), *vote.ayes_names]),
        SummaryRow(_("Noes"), [str(vote.noes), *vote.noes_names]),
        SummaryRow(_("Digest of the signed document"), vote.document_digest),
        SummaryRow(_("Entered by"), str(vote.adopted_by)),
        SummaryRow(_("Entered at"), vote.adopted_at),
    ]


def change_label(change: str) -> str:
    """A kind of change in words."""
    return {
        "now_refused": _("Refused from then on"),
        "now_permitted": _("No longer refused"),
        "other_reasons": _("Refused for other reasons"),
    }[change]


def effects_of(proposal: Proposal) -> dict[str, Any]:
    """What a proposal would change, for each agency that it reaches, and over its cases.

    Counting takes seconds, so the answer is kept for an hour, for as long as the law stands as it
    does. Raises `PackError` if the proposal is no longer valid.
    """
    state = AdoptedActs().state()
    key = f"policy-effect:{proposal.pk}:{get_language()}:{hash(state.acts)}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is not None:
        return kept
    library = standing_library()
    comparison = Comparison(library, act_of(proposal, library))
    effects = [comparison.effect_on(slug) for slug in comparison.agencies(settings.AGENCY)]
    found = {
        "effects": [shown_effect(effect, library) for effect in effects],
        "cases": shown_cases(comparison.cases()),
    }
    cache.set(key, found, _KEPT_SECONDS)
    return found


def shown_effect(effect: Effect, library: Library) -> ShownEffect:
    """An effect in words."""
    numbers = {
        "tried": effect.tried,
        "before": effect.refused_before,
        "after": effect.refused_after,
    }
    return ShownEffect(
        agency=library.reference.agencies[effect.agency].name,
        summary=_("Of %(tried)s requests tried, %(before)s are refused now and %(after)s would be.")
        % numbers,
        changes=[
            ShownChange(
                change_label(change),
                effect.changes[change],
                [
                    ShownExample(
                        _words(example.words),
                        verdict_text(example.before),
                        verdict_text(example.after),
                    )
                    for example in effect.examples.get(change, ())
                ],
            )
            for change in CHANGES
            if effect.changes[change]
        ],
        by_rule=effect.by_rule.most_common(),
    )


def shown_cases(cases: Iterable[CaseEffect]) -> list[ShownCase]:
    """Cases in words."""
    return [
        ShownCase(one.rule, one.name, one.meets, verdict_text(one.before), verdict_text(one.after))
        for one in cases
    ]


def verdict_text(verdict: Verdict) -> str:
    """Refused by which rules, or not."""
    if not verdict.refused:
        return _("not refused")
    return _("refused by %(rules)s") % {"rules": ", ".join(verdict.rules)}


def _words(words: Sequence[Text]) -> str:
    return "; ".join(map(str, words)) or _("An ordinary search")
