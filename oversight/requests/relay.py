"""Hands authorized searches to workers: the authorization row is the outbox.

Nothing is lost when the broker is away: what has not been handed over is due, and what a
worker has not claimed in time is due again. Before each hand-over the gate decides anew,
under the rules of that moment; the database lets a search begin on a fresh permit only.
"""

from dataclasses import dataclass
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from oversight.policy.gate import FactsError
from oversight.requests.judgement import judge_submission
from oversight.requests.models import Decision, Permission
from recognition import gateway

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Relayed:
    """What one round did: ids of no person or case."""

    inspections: int = 0
    searches: int = 0
    stopped: int = 0


def relay_once() -> Relayed:
    """Hand over all that is due.

    Several relays may run at once: rows in hand are skipped by the others.

    Raises:
        recognition.gateway.BrokerUnavailable: the broker does not answer; what was handed
            over before stays so, the rest is due again.
    """
    inspections = _relay_inspections()
    permitted, stopped = _judge_due_searches()
    for authorization in permitted:
        # A transaction each, apart from the judging: a slow broker must not hold the record.
        with transaction.atomic():
            gateway.hand_over_search(authorization)
    return Relayed(inspections, len(permitted), stopped)


@transaction.atomic
def _relay_inspections() -> int:
    due = gateway.due_inspections(resend_after=settings.RESEND_AFTER)
    for probe in due:
        gateway.hand_over_inspection(probe)
    return len(due)


@transaction.atomic
def _judge_due_searches() -> tuple[list[UUID], int]:
    """Let the gate decide on each search that is due; recall those it no longer permits."""
    due = gateway.due_searches(resend_after=settings.RESEND_AFTER)
    permitted = [authorization for authorization in due if _may_run(authorization)]
    for authorization in set(due) - set(permitted):
        log.warning("search_stopped_by_gate", authorization=str(authorization))
        gateway.recall_search(authorization)
    return permitted, len(due) - len(permitted)


def _may_run(authorization: UUID) -> bool:
    permission = Permission.objects.select_related(
        "sign_off__supervisor", "submission__request__requester__agency"
    ).get(authorization=authorization)
    try:
        decision = judge_submission(
            submission=permission.submission,
            action=Decision.Action.RUN,
            at=timezone.now(),
            approvals=(permission.sign_off,),
        )
    except FactsError as error:
        log.warning("search_without_facts", authorization=str(authorization), field=error.path)
        return False
    return decision.effect == Decision.Effect.PERMIT
