"""Looking at use for what is unusual, by the clock; and owing notice of halts (safeguards R41, R42)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Model

from oversight.council.board import events
from oversight.council.board.anomalies import RULES, asked_in, hits_of
from oversight.council.board.models import Notice, UsageReview
from oversight.council.board.services.acting import acting, one_at_a_time, tell
from oversight.council.board.services.noticing import owe_notices
from oversight.council.data import read_data
from oversight.council.models import StandingChange
from oversight.policy.models import Lifting, Suspension

_RECENT: Final = timedelta(days=7)
"""Halts that are older were before anyone was to be told of them."""


def review_use() -> UsageReview | None:
    """Look at the days before today, once a term; None where it is not time yet.

    Where a rule finds something, the offices that are named for it are owed a notice.
    """
    terms = read_data("review")
    with acting() as now:
        one_at_a_time()
        until = now.date()
        newest = UsageReview.objects.order_by("-until").first()
        if newest and until < newest.until + timedelta(days=terms["every"]):
            return None
        since = until - timedelta(days=terms["back"])
        asked = asked_in(since, until)
        review = UsageReview.objects.create(
            since=since,
            until=until,
            hits={name: len(hits_of(name, asked)) for name in RULES},
            reviewed_at=now,
        )
        if review.found:
            owe_notices("unusual", subject="review", about=review, at=now)
        days = {"since": since.isoformat(), "until": until.isoformat()}
        tell(events.USE_REVIEWED, now, {"review": review.pk, **days, "hits": review.hits})
    return review


def owe_halt_notices() -> int:
    """Owe notice of every recent halt, and end of one, of which none is owed yet; gives how many."""
    with acting() as now:
        one_at_a_time()
        acts = list(_halts_untold(now))
        for subject, about, moment in acts:
            owe_notices("halt", subject=subject, about=about, at=moment)
    return len(acts)


def _halts_untold(now: datetime) -> Iterator[tuple[str, Model, datetime]]:
    since = now - _RECENT
    told = {
        subject: Notice.objects.filter(**{f"{subject}__isnull": False}).values(subject)
        for subject in ("suspension", "lifting", "standing")
    }
    for halt in Suspension.objects.filter(suspended_at__gte=since).exclude(
        pk__in=told["suspension"]
    ):
        yield "suspension", halt, halt.suspended_at
    for end in Lifting.objects.filter(lifted_at__gte=since).exclude(pk__in=told["lifting"]):
        yield "lifting", end, end.lifted_at
    for act in StandingChange.objects.filter(made_at__gte=since).exclude(pk__in=told["standing"]):
        yield "standing", act, act.made_at
