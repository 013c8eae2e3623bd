"""The inventory as pages show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from oversight.council.acquiring import acquisition_facts, judge_acquisition
from oversight.council.life import LABELS, TONES
from oversight.council.models import Acquisition, Document, Technology, Vote, YearlyCost
from oversight.council.selectors.technologies import Standing
from oversight.council.services.voting import facts_of_vote, missing_before_vote
from oversight.interface.components import Link, SummaryRow, TimelineEntry
from oversight.interface.display import date_text
from oversight.interface.languages import home_link
from oversight.policy import gate
from oversight.policy.presenting.decisions import ShownReason, shown_reasons
from oversight.policy.presenting.lawbook import RuleRow, row_of
from oversight.policy.presenting.words import Badge

MORATORIA: Final = "vendor-moratoria"


@dataclass(frozen=True, slots=True)
class ShownAcquisition:
    """A proposal with all that belongs to it."""

    acquisition: Acquisition
    about: Sequence[SummaryRow]
    documents: Sequence[Document]
    votes: Sequence["ShownVote"]
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShownVote:
    """A vote, its rows, and whether it waits for a second person."""

    vote: Vote
    about: Sequence[SummaryRow]
    waits: bool
    judged: "Verdict | None"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says, or said at a moment, to getting a technology."""

    refused: bool
    reasons: Sequence[ShownReason]
    at: datetime | None = None


def badge_of(standing: Standing) -> Badge:
    """How it stands, in words."""
    return Badge(str(LABELS[standing.state]), TONES[standing.state])


def money(amount: Decimal) -> str:
    """Dollars: $412,000.00, as the reader's language groups digits."""
    return _("$%(amount)s") % {"amount": number_format(amount, 2, force_grouping=True)}


def about_rows(standing: Standing) -> list[SummaryRow]:
    """What it is and whose."""
    one = standing.technology
    return [
        SummaryRow(_("What it does"), one.purpose),
        SummaryRow(_("Kind"), one.get_kind_display()),
        SummaryRow(_("Used by"), str(one.agency)),
        SummaryRow(_("Maker or operator"), one.vendor),
        SummaryRow(_("Product and version"), one.product or _("Not stated")),
        SummaryRow(_("Galleries it searches"), one.galleries or None),
        SummaryRow(_("Approval ends"), _end(standing)),
        SummaryRow(_("Id in the record"), one.slug),
    ]


def shown_acquisitions(technology: Technology) -> list[ShownAcquisition]:
    """Every proposal, the newest first."""
    return [_shown(each) for each in technology.acquisitions.all()]


def history_of(technology: Technology) -> list[TimelineEntry]:
    """Everything that was done, the newest first. Confirming a vote is what makes it count."""
    return sorted(_entries(technology), key=lambda entry: entry.at or timezone.now(), reverse=True)


def moratoria() -> list[RuleRow]:
    """The promises of vendors, as rules."""
    instrument = gate.catalogue().instrument(MORATORIA)
    today = timezone.localdate()
    return [row_of(rule, instrument, today) for rule in instrument.rules]


def verdict_on(standing: Standing) -> Verdict:
    """What the rules that bind the agency today say to acquiring it, from what is on the inventory."""
    one = standing.technology
    kinds = {doc.kind for each in one.acquisitions.all() for doc in each.documents.all()}
    approved = any(
        vote.carried and vote.permitted and hasattr(vote, "confirmation")
        for each in one.acquisitions.all()
        for vote in each.votes.all()
    )
    facts = acquisition_facts(one, approved=approved, documents=kinds, at=timezone.localtime())
    return _verdict(judge_acquisition(facts).reasons)


def verdict_ahead(vote: Vote) -> Verdict | None:
    """What the gate would say to a vote if it were confirmed now; None for one that was lost."""
    if not vote.carried:
        return None
    return _verdict(judge_acquisition(facts_of_vote(vote, timezone.localtime())).reasons)


def cost_rows(costs: Sequence[YearlyCost]) -> list[tuple[int, str, str, str, str]]:
    """Year, personnel, all else, both together, and where next year's money comes from."""
    return [
        (
            cost.year,
            money(cost.personnel),
            money(cost.other),
            money(cost.personnel + cost.other),
            cost.next_funding,
        )
        for cost in costs
    ]


def crumbs(*links: Link) -> list[Link]:
    """The way to a page of this subject."""
    return [
        home_link(),
        Link(_("Technologies"), reverse("council:technologies")),
        *links,
    ]


def technology_link(technology: Technology) -> Link:
    """A technology's page."""
    return Link(technology.name, reverse("council:technology", args=[technology.slug]))


def _end(standing: Standing) -> date | str:
    vote = standing.newest_vote
    if vote is None or not (vote.carried and vote.permitted):
        return _("There is no approval")
    return vote.renewal_due or _("No end was set")


def _shown(acquisition: Acquisition) -> ShownAcquisition:
    at = timezone.localtime()
    return ShownAcquisition(
        acquisition=acquisition,
        about=[
            SummaryRow(_("Why it is wanted"), acquisition.reasons),
            SummaryRow(_("Where the money comes from"), acquisition.funding),
            SummaryRow(_("Cost once"), money(acquisition.first_cost)),
            SummaryRow(_("Cost a year"), money(acquisition.yearly_cost)),
        ],
        documents=list(acquisition.documents.all()),
        votes=[_shown_vote(vote) for vote in acquisition.votes.all()],
        missing=[] if acquisition.votes.all() else missing_before_vote(acquisition, at.date(), at),
    )


def _shown_vote(vote: Vote) -> ShownVote:
    return ShownVote(vote, vote_rows(vote), not hasattr(vote, "confirmation"), _judged(vote))


def _judged(vote: Vote) -> Verdict | None:
    if not hasattr(vote, "judgement"):
        return None
    told = vote.judgement.document["reasons"]
    return _verdict([gate.Reason(**reason) for reason in told], vote.judgement.decided_at)


def _verdict(reasons: Sequence[gate.Reason], at: datetime | None = None) -> Verdict:
    return Verdict(bool(reasons), shown_reasons(reasons), at)


def vote_rows(vote: Vote) -> list[SummaryRow]:
    """A vote with every name."""
    return [
        SummaryRow(_("Result"), _result(vote)),
        SummaryRow(_("Body"), vote.body),
        SummaryRow(_("Day of the vote"), vote.voted_on),
        SummaryRow(_("Ayes"), vote.ayes or None),
        SummaryRow(_("Noes"), vote.noes or None),
        SummaryRow(_("Conditions"), vote.conditions or None),
        SummaryRow(_("First day"), vote.approved_from),
        SummaryRow(_("Approval ends"), vote.renewal_due or _("No end was set")),
        SummaryRow(_("Signed document"), vote.signed_document.name),
    ]


def _result(vote: Vote) -> str:
    text = _("%(count)s, carried") if vote.carried else _("%(count)s, lost")
    return text % {"count": vote.count}


def _entries(technology: Technology) -> Iterator[TimelineEntry]:
    yield TimelineEntry(_("Put on the inventory"), technology.added_at)
    for change in technology.changes.all():
        yield TimelineEntry(change.get_act_display(), change.made_at, detail=change.reason)
    for acquisition in technology.acquisitions.all():
        yield from _entries_of(acquisition)


def _entries_of(acquisition: Acquisition) -> Iterator[TimelineEntry]:
    yield TimelineEntry(
        _("Proposed"), acquisition.proposed_at, detail=acquisition.get_aim_display()
    )
    for document in acquisition.documents.all():
        yield TimelineEntry(document.get_kind_display(), document.added_at, detail=document.name)
    for hearing in acquisition.hearings.all():
        detail = _("%(place)s. Notice published on %(day)s.") % {
            "place": hearing.place,
            "day": date_text(hearing.noticed_on),
        }
        yield TimelineEntry(_("Public hearing"), hearing.held_at, hearing.body, detail)
    for asked in acquisition.consultations.all():
        yield TimelineEntry(_("Public comment opens"), asked.opens_at, detail=asked.title)
        yield TimelineEntry(_("Public comment closes"), asked.closes_at, detail=asked.title)
    for vote in acquisition.votes.all():
        yield from _entries_of_vote(vote)


def _entries_of_vote(vote: Vote) -> Iterator[TimelineEntry]:
    detail = _("Voted on %(day)s.") % {"day": date_text(vote.voted_on)}
    title = _("Vote entered: %(result)s") % {"result": _result(vote)}
    yield TimelineEntry(title, vote.entered_at, vote.body, detail)
    if hasattr(vote, "confirmation"):
        at = vote.confirmation.confirmed_at
        yield TimelineEntry(_("Vote confirmed by a second person"), at)
    if not vote.permitted:
        at = vote.judgement.decided_at
        yield TimelineEntry(_("The gate refused: the law forbids it"), at)
