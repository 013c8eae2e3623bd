"""Past submissions for the policy room's replays: their frozen facts, and what was decided then."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from oversight.policy.histories import Submission, Verdict
from oversight.requests.models import Decision


def past_submissions(since: date, until: date) -> Iterator[Submission]:
    """Every submission that was decided on these days, oldest first; ``until`` is left out.

    A submission is named by its number, and by nothing of the officer or the case. Its facts are
    those that the gate decided on.
    """
    decided = Decision.objects.filter(
        action=Decision.Action.SUBMIT,
        decided_at__gte=_begin(since),
        decided_at__lt=_begin(until),
    )
    rows = decided.order_by("decided_at", "id").values_list(
        "submission_id", "facts", "submission__request__unit__name", "document"
    )
    for number, facts, unit, document in rows.iterator(chunk_size=1000):
        rules = sorted(reason["rule"] for reason in document["reasons"])
        yield Submission(str(number), facts, unit, Verdict(document["effect"], tuple(rules)))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
