"""What officers owe after a search, and since when: derived here, and nowhere else, from the rows.

A duty is kept with the decision that lets a search run. It is owed once the search has begun, and
overdue from the moment its term ends until a report is filed.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from oversight.people.models import Person
from oversight.requests.models import Decision, Duty
from recognition.gateway import search_states


def keep_duties(decision: Decision) -> None:
    """Insert what a decision lets its requester owe; once for each rule, whatever runs again."""
    if (decision.action, decision.effect) != (Decision.Action.RUN, Decision.Effect.PERMIT):
        return
    submission = decision.submission
    Duty.objects.bulk_create(
        [
            Duty(
                submission=submission,
                requester_id=submission.request.requester_id,
                rule=told["rule"],
                kind=told["kind"],
                due_at=datetime.fromisoformat(told["due"]),
            )
            for told in decision.document["duties"]
            if told["kind"] in Duty.Kind.values
        ],
        ignore_conflicts=True,
    )


def duties_of(viewer: Person) -> list[Duty]:
    """Return what the viewer owes or owed, the earliest term first; two queries at most."""
    return _begun(_whole().filter(requester=viewer))


def unfiled_of(viewer: Person) -> list[Duty]:
    """Return what the viewer still owes, the earliest term first."""
    return _begun(_whole().filter(requester=viewer, report__isnull=True))


def overdue_reports(person: Person, at: datetime) -> int:
    """Return how many terms had ended by ``at`` with nothing filed by then (rule of the house)."""
    return len(_begun(_overdue(at).filter(requester=person)))


def overdue_unnoted(at: datetime) -> list[Duty]:
    """Return, of everyone's, what is overdue at ``at`` and not noted yet."""
    return _begun(_overdue(at).filter(overdue__isnull=True))


def _overdue(at: datetime) -> QuerySet[Duty]:
    late = Q(report__isnull=True) | Q(report__filed_at__gt=at)
    return _whole().filter(late, due_at__lte=at)


def _whole() -> QuerySet[Duty]:
    return Duty.objects.select_related(
        "report", "overdue", "requester", "submission__permission", "submission__request__agency"
    ).order_by("due_at", "pk")


def _begun(duties: Iterable[Duty]) -> list[Duty]:
    """Leave out what no search has begun for: permitted, and then expired or taken back."""
    rows = list(duties)
    searches = search_states([duty.submission.permission.authorization for duty in rows])
    return [duty for duty in rows if searches[duty.submission.permission.authorization].opened_at]
