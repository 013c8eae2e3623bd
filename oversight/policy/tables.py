"""Tables of the policy room."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Text
from oversight.interface.tables import Column, Table
from oversight.policy.models import Proposal, ReplayRun
from oversight.policy.presenting.board import law_text
from oversight.policy.presenting.lawbook import RuleRow
from oversight.policy.presenting.proposals import proposal_badge
from oversight.policy.translations import as_written, wording


def _citation(row: RuleRow) -> SafeString:
    return format_html("{}", as_written(row.rule.citation))


def _rule_link(row: RuleRow) -> SafeString:
    return format_html('<a href="{}">{}</a>', row.url, row.title)


def _instrument_title(row: RuleRow) -> str:
    return str(wording(row.instrument.slug, row.instrument.title))


class Rules(Table):
    """Rules that were looked for."""

    caption = _("Rules")
    default_sort = "instrument"
    downloadable = True
    title = Column(
        header=_("Rule"), row_header=True, value="rule.title", sort="title", cell=_rule_link
    )
    instrument = Column(header=_("Instrument"), value=_instrument_title, sort="instrument")
    safeguard = Column(header=_("Safeguard"), sort="safeguard")
    standing = Column(header=_("Standing"), value="badge.text", sort="standing")
    evidence = Column(header=_("Evidence"), value="evidence.text", sort="evidence")
    source = Column(header=_("Source"), value="rule.citation", cell=_citation)


def _proposal_link(row: Proposal) -> SafeString:
    address = reverse("policy:proposal", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, row)


class Proposals(Table):
    """What was proposed."""

    caption = _("Proposals")
    default_sort = "-proposed"
    empty = _("Nothing has been proposed yet")
    number = Column(header=_("Proposal"), row_header=True, value=str, cell=_proposal_link)
    kind = Column(header=_("Kind"), value=lambda row: row.get_kind_display())
    effect = Column(header=_("Takes effect"), value="takes_effect", sort="takes_effect")
    proposed = Column(header=_("Proposed"), value="proposed_at", sort="proposed_at")
    standing = Column(
        header=_("Standing"), value=lambda row: proposal_badge(row, timezone.localdate()).text
    )


def _replay_link(row: ReplayRun) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("policy:replay", args=[row.pk]), row)


def _standing_of(row: ReplayRun) -> Text:
    if not hasattr(row, "result"):
        return _("Waiting")
    return _("Done") if row.result.document else _("Failed")


class Replays(Table):
    """Replays that the board asked for."""

    caption = _("Replays")
    default_sort = "-asked"
    empty = _("Nothing has been replayed yet")
    number = Column(header=_("Replay"), row_header=True, value=str, cell=_replay_link)
    since = Column(header=_("From"), value="since")
    until = Column(header=_("To"), value=lambda row: row.until - timedelta(days=1))
    law = Column(header=_("Under"), value=law_text)
    asked = Column(header=_("Asked"), value="asked_at", sort="asked_at")
    standing = Column(
        header=_("Standing"),
        value=_standing_of,
    )
