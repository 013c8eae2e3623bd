"""Reads of the board's desk. The viewer comes first wherever what is seen depends on who looks."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from oversight.council.board.models import (
    Finding,
    Meeting,
    Notice,
    Pack,
    Publication,
    RecipientChange,
    Sample,
    UsageReview,
)
from oversight.council.board.sampled import members_of
from oversight.people.models import Person
from oversight.requests.models import SearchRequest

PUBLIC: Final = "public"
_TRIED: Final = timedelta(days=30)
"""How long a recipient whom the mail server refused is tried again, where others were told."""


def samples() -> QuerySet[Sample]:
    """Return every sample ever announced, newest first, without its frame."""
    return Sample.objects.select_related("draw", "announced_by").defer("frame").order_by("-number")


def sample_numbered(number: int) -> Sample:
    """Return a sample; raises ``Sample.DoesNotExist``."""
    return Sample.objects.select_related("draw", "announced_by").get(number=number)


def findings_in(sample: Sample) -> QuerySet[Finding]:
    """Return the findings about a sample, by place."""
    return _findings().filter(sample=sample).order_by("place", "id")


def finding_numbered(number: int) -> Finding:
    """Return a finding; raises ``Finding.DoesNotExist``."""
    return _findings().get(pk=number)


def violations() -> QuerySet[Finding]:
    """Return the register of violations, newest first."""
    return (
        _findings()
        .filter(kind=Finding.Kind.VIOLATION)
        .prefetch_related("notices__dispatches__recipient")
        .order_by("-id")
    )


def unanswered() -> QuerySet[Finding]:
    """Return findings that still want an answer, the one that is due first at the head."""
    return (
        _findings()
        .filter(answer__isnull=True, resolution__isnull=True, answer_due__isnull=False)
        .order_by("answer_due", "id")
    )


def overdue(*, on: date) -> QuerySet[Finding]:
    """Return findings whose answer was due before ``on``."""
    return unanswered().filter(answer_due__lt=on)


def findings_for(viewer: Person) -> list[Finding]:
    """Return what the viewer's unit was asked to answer, unanswered first, the oldest first."""
    asked = list(_findings().exclude(kind=Finding.Kind.COMPLIANT).order_by("id"))
    units = units_of(asked)
    own = [each for each in asked if units.get((each.sample_id, each.place)) == viewer.unit_id]
    return sorted(own, key=lambda each: (hasattr(each, "answer"), each.answer_due, each.pk))


def finding_for(viewer: Person, number: int) -> Finding:
    """Return a finding that the viewer's unit was asked to answer.

    Raises:
        Finding.DoesNotExist: absent, another unit's, or nothing to answer.
    """
    found = [each for each in findings_for(viewer) if each.pk == number]
    if not found:
        raise Finding.DoesNotExist
    return found[0]


def units_of(findings: Iterable[Finding]) -> dict[tuple[int, int], int]:
    """Sample and place of each finding -> the unit that asked for the search."""
    found = list(findings)
    by_sample = Sample.objects.in_bulk({each.sample_id for each in found})
    places = {
        (number, member.place): member.request
        for number, sample in by_sample.items()
        for member in members_of(sample)
    }
    wanted = {places[each.sample_id, each.place] for each in found}
    units = dict(SearchRequest.objects.filter(pk__in=wanted).values_list("pk", "unit_id"))
    return {place: units[request] for place, request in places.items() if request in units}


def recipients_now() -> dict[str, list[RecipientChange]]:
    """Return who is told on behalf of each office: confirmed, and not ended by a confirmed change."""
    named = (
        RecipientChange.objects.filter(confirmation__isnull=False, ends__isnull=True)
        .exclude(endings__confirmation__isnull=False)
        .order_by("office", "id")
    )
    found: dict[str, list[RecipientChange]] = {}
    for recipient in named.select_related("confirmation"):
        found.setdefault(recipient.office, []).append(recipient)
    return found


def recipient_changes() -> QuerySet[RecipientChange]:
    """Return every change of the recipients, newest first."""
    return RecipientChange.objects.select_related(
        "proposed_by", "ends", "confirmation__confirmed_by"
    ).order_by("-id")


def change_numbered(number: int) -> RecipientChange:
    """Return a change; raises ``RecipientChange.DoesNotExist``."""
    return recipient_changes().get(pk=number)


def notices_to_send() -> list[tuple[Notice, RecipientChange]]:
    """Return what is owed to whom and was not sent yet, the oldest notice first.

    Whoever was named before a notice was sent to anyone is owed it; whoever was named later is
    owed those that nobody was sent.
    """
    named = recipients_now()
    waiting = Notice.objects.filter(
        Q(dispatches__isnull=True) | Q(owed_at__gte=timezone.now() - _TRIED)
    )
    every = waiting.distinct().order_by("id").prefetch_related("dispatches")
    return [
        (notice, recipient)
        for notice in every
        for recipient in named.get(notice.office, ())
        if _is_owed(notice, recipient)
    ]


def _is_owed(notice: Notice, recipient: RecipientChange) -> bool:
    sent = {each.recipient_id: each.sent_at for each in notice.dispatches.all()}
    first = min(sent.values(), default=None)
    return recipient.pk not in sent and (
        first is None or recipient.confirmation.confirmed_at <= first
    )


def notices() -> QuerySet[Notice]:
    """Return every notice that was ever owed, the newest first."""
    about = ("finding", "meeting", "review", "suspension", "lifting", "standing__technology")
    return Notice.objects.select_related(*about).prefetch_related("dispatches").order_by("-id")


def reviews() -> QuerySet[UsageReview]:
    """Return the regular looks at unusual use, the newest first, with the notices of each."""
    return UsageReview.objects.prefetch_related("notices__dispatches").order_by("-until")


def late_notices() -> int:
    """Count notices whose time is over and that nobody was sent."""
    return Notice.objects.filter(dispatches__isnull=True, due_at__lt=timezone.now()).count()


def meetings() -> QuerySet[Meeting]:
    """Return every meeting, the latest first, with how many packs were frozen for it."""
    return Meeting.objects.annotate(pack_count=Count("packs")).order_by("-starts_at")


def meeting_numbered(number: int) -> Meeting:
    """Return a meeting; raises ``Meeting.DoesNotExist``."""
    return Meeting.objects.prefetch_related("packs", "notices__dispatches").get(pk=number)


def pack_numbered(number: int) -> Pack:
    """Return a pack; raises ``Pack.DoesNotExist``."""
    return Pack.objects.select_related("meeting", "frozen_by").get(number=number)


def published(kind: Publication.Kind) -> list[Publication]:
    """Return what stands published of a kind, the newest subject first; under the public's role."""
    found = Publication.objects.using(PUBLIC).filter(kind=kind)
    return list(found.order_by("-subject", "-sequence").distinct("subject"))


def published_plan(number: int) -> dict[str, Any]:
    """Return the plan of a sample as it was announced, under the public's role.

    Raises:
        Publication.DoesNotExist: no such sample was announced.
    """
    found = Publication.objects.using(PUBLIC).get(
        kind=Publication.Kind.SAMPLE, subject=number, sequence=1
    )
    plan: dict[str, Any] = found.document["plan"]
    return plan


def published_of(kind: Publication.Kind, subject: int) -> Publication:
    """Return what stands published of one subject, under the public's role.

    Raises:
        Publication.DoesNotExist: nothing was published of it.
    """
    found = Publication.objects.using(PUBLIC).filter(kind=kind, subject=subject)
    newest = found.order_by("-sequence").first()
    if newest is None:
        raise Publication.DoesNotExist
    return newest


def _findings() -> QuerySet[Finding]:
    return Finding.objects.select_related(
        "sample__draw",
        "found_by",
        "answer__answered_by",
        "resolution__resolved_by",
    ).defer("sample__frame", "sample__plan")
