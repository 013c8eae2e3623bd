"""Reads of the inventory. All of it is public."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from oversight.council.life import Changed, Life, State, Voted, state_of
from oversight.council.models import Acquisition, Document, Technology, Vote, YearlyCost


@dataclass(frozen=True, slots=True)
class Standing:
    """A technology with how it stands today."""

    technology: Technology
    state: State

    @property
    def newest_vote(self) -> Vote | None:
        """The confirmed vote that was entered last."""
        votes = [vote for vote in _votes(self.technology) if hasattr(vote, "confirmation")]
        return max(votes, key=lambda vote: vote.entered_at, default=None)

    @property
    def renewal_due(self) -> date | None:
        """The day on which the approval of the newest vote ends, if it gave one."""
        vote = self.newest_vote
        return vote.renewal_due if vote and vote.carried and vote.permitted else None


def standings(on: date | None = None) -> list[Standing]:
    """Every technology by name, with how it stands today, or on another day."""
    day = on or timezone.localdate()
    return [Standing(each, state_of(life_of(each), day)) for each in _technologies()]


def standing_of(slug: str) -> Standing:
    """One technology; raises ``Technology.DoesNotExist``."""
    technology = _technologies().get(slug=slug)
    return Standing(technology, state_of(life_of(technology), timezone.localdate()))


def life_of(technology: Technology) -> Life:
    """What was done with it, from rows that `_technologies` prefetched."""
    return Life(
        proposed=[each.proposed_at for each in technology.acquisitions.all()],
        votes=[_voted(vote) for vote in _votes(technology)],
        changes=[Changed(each.act, each.made_at) for each in technology.changes.all()],
    )


def acquisition_of(slug: str, number: int) -> Acquisition:
    """One proposal of a technology; raises ``Acquisition.DoesNotExist``."""
    found = _acquisitions().select_related("technology__agency")
    return found.get(technology__slug=slug, pk=number)


def vote_of(slug: str, number: int) -> Vote:
    """One vote; raises ``Vote.DoesNotExist``."""
    found = Vote.objects.select_related("acquisition__technology", "signed_document")
    return found.get(acquisition__technology__slug=slug, pk=number)


def document_of(slug: str, number: int) -> Document:
    """One document with its bytes; raises ``Document.DoesNotExist``."""
    found = Document.objects.select_related("content")
    return found.get(acquisition__technology__slug=slug, pk=number)


def costs_of(technology: Technology) -> list[YearlyCost]:
    """What each year cost, the newest year first; of several entries for a year, the last."""
    newest = {cost.year: cost for cost in technology.costs.order_by("pk")}
    return [newest[year] for year in sorted(newest, reverse=True)]


def _voted(vote: Vote) -> Voted:
    confirmation = getattr(vote, "confirmation", None)
    return Voted(
        entered_at=vote.entered_at,
        confirmed_at=confirmation.confirmed_at if confirmation else None,
        carried=vote.carried,
        permitted=vote.permitted,
        approved_from=vote.approved_from,
        renewal_due=vote.renewal_due,
    )


def _votes(technology: Technology) -> list[Vote]:
    return [vote for each in technology.acquisitions.all() for vote in each.votes.all()]


def _technologies() -> QuerySet[Technology]:
    return (
        Technology.objects.select_related("agency", "added_by")
        .prefetch_related(Prefetch("acquisitions", _acquisitions()), "changes__made_by")
        .order_by("name", "pk")
    )


def _acquisitions() -> QuerySet[Acquisition]:
    votes = Vote.objects.select_related(
        "confirmation__confirmed_by", "judgement", "entered_by", "signed_document"
    )
    return (
        Acquisition.objects.select_related("proposed_by")
        .prefetch_related(
            Prefetch("votes", votes.order_by("pk")),
            Prefetch("documents", Document.objects.order_by("pk")),
            "hearings__entered_by",
            "consultations",
        )
        .order_by("-pk")
    )
