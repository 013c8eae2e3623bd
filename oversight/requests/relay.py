"""Hands authorized searches to workers: the authorization row is the outbox.

Nothing is lost when the broker is away: what has not been handed over is due, and what a
worker has not claimed in time is due again. Before each hand-over the gate decides anew, under
the rules of that moment (docs/decisions/0156); the database lets a search begin on a fresh permit
only.
"""

from dataclasses import dataclass
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from oversight.policy.gate import FactsError
from oversight.requests import notices
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
    permissions = [_permission(authorization) for authorization in due]
    stopped = [each for each in permissions if not _may_run(each)]
    for permission in stopped:
        log.warning("search_stopped_by_gate", authorization=str(permission.authorization))
        gateway.recall_search(permission.authorization)
        notices.tell_officer(permission.submission)
    return [each.authorization for each in permissions if each not in stopped], len(stopped)


def _permission(authorization: UUID) -> Permission:
    return Permission.objects.select_related(
        "sign_off__supervisor",
        "submission__request__requester__agency",
        "submission__request__agency",
    ).get(authorization=authorization)


def _may_run(permission: Permission) -> bool:
    if _permitted_lately(permission):
        return True
    try:
        decision = judge_submission(
            submission=permission.submission,
            action=Decision.Action.RUN,
            at=timezone.now(),
            approvals=(permission.sign_off,),
        )
    except FactsError as error:
        log.warning(
            "search_without_facts", authorization=str(permission.authorization), field=error.path
        )
        return False
    return decision.effect == Decision.Effect.PERMIT


def _permitted_lately(permission: Permission) -> bool:
    """Whether a permit is there that could not be handed over: the broker was away.

    What was handed over since its permit is not due before the permit is older than this. So the
    record does not fill with a decision at every try.
    """
    decisions = permission.submission.decisions.filter(
        action=Decision.Action.RUN, decided_at__gt=timezone.now() - settings.RESEND_AFTER
    )
    newest = decisions.order_by("-decided_at", "-pk").only("effect").first()
    return newest is not None and newest.effect == Decision.Effect.PERMIT
