"""Reads of public comment: what everyone may read, and no more."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from oversight.council.models import Comment, Consultation, Moderation
from oversight.policy.models import Proposal

_NEWEST = Moderation.objects.filter(comment=OuterRef("pk")).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many commented, for and against, and how many distinct texts there are.

    ``distinct`` and ``distinct_against`` are None until every comment is grouped.
    """

    total: int
    by_stance: Counter[str]
    grouped: int
    distinct: int | None
    distinct_against: int | None
    withheld: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A group of comments that say the same: its first comment, and how many there are."""

    first: Comment
    count: int
    against: int


def consultations() -> QuerySet[Consultation]:
    """Every consultation, those that close last first, with the number of comments."""
    found = Consultation.objects.select_related("acquisition__technology", "instrument")
    return found.annotate(received=Count("comments")).order_by("-closes_at", "-pk")


def consultation_numbered(number: int) -> Consultation:
    """One consultation; raises ``Consultation.DoesNotExist``."""
    found = Consultation.objects.select_related("acquisition__technology", "instrument")
    return found.get(pk=number)


def is_open(consultation: Consultation) -> bool:
    """Whether comments are taken now."""
    return consultation.opens_at <= timezone.now() < consultation.closes_at


def tally_of(consultation: Consultation) -> Tally:
    """Count the comments; withheld ones count like others."""
    comments = Comment.objects.filter(consultation=consultation)
    stances = Counter(dict(comments.values_list("stance").annotate(n=Count("pk")).order_by()))
    grouped = comments.filter(grouping__group__isnull=False)
    total, done = stances.total(), grouped.count()
    against = Comment.Stance.AGAINST
    distinct = grouped.aggregate(
        every=Count("grouping__group", distinct=True),
        against=Count("grouping__group", distinct=True, filter=Q(stance=against)),
    )
    return Tally(
        total=total,
        by_stance=stances,
        grouped=done,
        distinct=distinct["every"] if done == total else None,
        distinct_against=distinct["against"] if done == total else None,
        withheld=_withheld(consultation),
    )


def comments_of(consultation: Consultation) -> QuerySet[Comment]:
    """The comments in the order in which they came, with author, group and newest moderation."""
    return (
        Comment.objects.filter(consultation=consultation)
        .select_related("author", "grouping")
        .annotate(
            act=Subquery(_NEWEST.values("act")[:1]),
            reason=Subquery(_NEWEST.values("reason")[:1]),
            note=Subquery(_NEWEST.values("note")[:1]),
        )
        .order_by("received_at", "pk")
    )


def letters_of(consultation: Consultation, least: int = 2, most: int = 20) -> Sequence[Letter]:
    """The texts that were sent most often, each at least ``least`` times."""
    rows = list(
        Comment.objects.filter(consultation=consultation, grouping__group__isnull=False)
        .values("grouping__group")
        .annotate(n=Count("pk"), first=Min("pk"), against=Count("pk", filter=Q(stance="against")))
        .filter(n__gte=least)
        .order_by("-n", "first")[:most]
    )
    firsts = comments_of(consultation).in_bulk([row["first"] for row in rows])
    return [Letter(firsts[row["first"]], row["n"], row["against"]) for row in rows]


def comment_numbered(number: int) -> Comment:
    """One comment by its public number; raises ``Comment.DoesNotExist``."""
    return Comment.objects.select_related("consultation").get(pk=number)


def open_proposals() -> QuerySet[Proposal]:
    """Changes of the rules that were proposed and not adopted."""
    return Proposal.objects.filter(adoption__isnull=True).order_by("-pk")


def _withheld(consultation: Consultation) -> int:
    """How many texts are withheld now: by the newest moderation of each."""
    newest = Moderation.objects.filter(comment__consultation=consultation)
    acts = newest.order_by("comment", "-pk").distinct("comment").values_list("act", flat=True)
    return sum(act == Moderation.Act.WITHHELD for act in acts)
