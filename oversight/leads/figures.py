"""Counting results for publication. No viewer: the one reader is a publication."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from oversight.leads.models import Comparison, Result
from oversight.requests.figures import day_in, window
from oversight.requests.models import Submission


def results_of(submissions: Iterable[int]) -> dict[int, str | None]:
    """Return, for each submission whose search has run, what came of it.

    ``Result.Kind``, ``no_candidate`` as soon as the search returned nobody; None while examiners
    are still at work.
    """
    rows = Comparison.objects.filter(submission_id__in=list(submissions)).values_list(
        "submission_id", "candidate_count", "result__kind"
    )
    return {
        submission: kind or (None if candidates else Result.Kind.NO_CANDIDATE.value)
        for submission, candidates, kind in rows
    }


def runs_for_earlier_requests(start: date, end: date) -> int:
    """Count the searches run from ``start`` to before ``end`` for requests first sent before it."""
    return sum(sent < start <= run < end for run, sent in _days(start, end))


def _days(start: date, end: date) -> Iterator[tuple[date, date]]:
    first = Submission.objects.filter(request=OuterRef("submission__request"), sequence=1)
    rows = (
        Comparison.objects.filter(run_at__range=window(start, end))
        .annotate(first_sent=Subquery(first.values("submitted_at")))
        .values_list("run_at", "first_sent", "submission__request__agency__time_zone")
    )
    run_at: datetime
    for run_at, first_sent, zone in rows.iterator():
        yield day_in(run_at, zone), day_in(first_sent, zone)
