"""Proposals, votes and their effects as pages show them."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from oversight.interface.components import Link, SummaryRow, Tone
from oversight.interface.display import date_text
from oversight.policy.engine.places import place_in
from oversight.policy.gate import PACKS, Catalogue, PackError, standing_library
from oversight.policy.models import Proposal
from oversight.policy.presenting.lawbook import HOUSE
from oversight.policy.presenting.versions import Line, line_changes
from oversight.policy.presenting.words import Badge


def slip_text(error: PackError, text: str = "") -> str:
    """Line and column in the text of the pack where it shows them; place, slip and remedy."""
    slip = f"{error.place}: {error.message}. {error.remedy}"
    found = place_in(text, error)
    if found is None:
        return slip
    words = {"line": found[0], "column": found[1], "slip": slip}
    return _("Line %(line)s, column %(column)s. %(slip)s") % words


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
