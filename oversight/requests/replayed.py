"""Past submissions for the policy room's replays: their frozen facts, and what was decided then."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Final

from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from oversight.policy.histories import Submission, Verdict
from oversight.requests.models import Decision

_AT_ONCE: Final = 1_000


def past_submissions(since: date, until: date) -> Iterator[Submission]:
    """Every submission that was decided on these days, oldest first; ``until`` is left out.

    A submission is named by its number, and by nothing of the officer or the case. Its facts are
    those that the gate decided on. The numbers alone are put in order, and the documents read a
    thousand at a time: a million of them would be sorted on disk.
    """
    decided = Decision.objects.filter(
        action=Decision.Action.SUBMIT,
        decided_at__gte=_begin(since),
        decided_at__lt=_begin(until),
    )
    numbers = decided.order_by("decided_at", "id").values_list("id", flat=True)
    ordered = numbers.iterator(chunk_size=_AT_ONCE)
    while chosen := list(islice(ordered, _AT_ONCE)):
        yield from _read(chosen)


def _read(chosen: list[int]) -> Iterator[Submission]:
    rows = (
        Decision.objects.filter(id__in=chosen)
        .order_by("decided_at", "id")
        .values_list(
            "submission_id",
            "facts",
            "submission__request__unit__name",
            "effect",
            KeyTransform("reasons", "document"),
        )
    )
    for number, facts, unit, effect, reasons in rows:
        rules = sorted(reason["rule"] for reason in reasons)
        yield Submission(str(number), facts, unit, Verdict(effect, tuple(rules)))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
