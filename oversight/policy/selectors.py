"""Reads: what was adopted and proposed, whether use is suspended, and replays."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from oversight.policy.engine.adoption import validate_pack
from oversight.policy.engine.loader import Library
from oversight.policy.models import Adoption, Proposal, ReplayRun, Suspension
from oversight.policy.standing import Act, State, Suspended, with_act

_STATE: Final = """
SELECT
    (SELECT array_agg(a.id || ' ' || p.digest ORDER BY a.id)
        FROM policy_adoption a JOIN policy_proposal p ON p.id = a.proposal_id
        WHERE a.adopted_at <= coalesce(%(moment)s::timestamptz, 'infinity')),
    (SELECT json_build_array(s.id, (s.suspended_at AT TIME ZONE g.time_zone)::date, s.reason)::text
        FROM policy_suspension s
        JOIN people_person b ON b.id = s.suspended_by_id
        JOIN people_agency g ON g.slug = b.agency_id
        WHERE s.suspended_at <= coalesce(%(moment)s::timestamptz, 'infinity')
            AND NOT EXISTS (
                SELECT FROM policy_lifting l WHERE l.suspension_id = s.id
                    AND l.lifted_at <= coalesce(%(moment)s::timestamptz, 'infinity'))
        ORDER BY s.id LIMIT 1)
"""

_MOMENTS: Final = """
SELECT adopted_at FROM policy_adoption UNION SELECT suspended_at FROM policy_suspension
UNION SELECT lifted_at FROM policy_lifting ORDER BY 1
"""


class AdoptedActs:
    """The source of the law as it stands: this room's tables."""

    def state(self, as_of: datetime | None = None) -> State:
        """What stands now, or stood at a moment, in one query."""
        with connection.cursor() as cursor:
            cursor.execute(_STATE, {"moment": as_of})
            acts, suspended = cursor.fetchone()
        return State(tuple(acts or ()), _suspended(suspended))

    def acts(self, seed: Library, state: State) -> Sequence[Act]:
        """The acts of a state, as they were adopted; `PackError` for one that is valid no more."""
        found: list[Act] = []
        library = seed
        numbers = [int(act.partition(" ")[0]) for act in state.acts]
        adopted = Adoption.objects.filter(pk__in=numbers).select_related("proposal")
        for adoption in adopted.order_by("id"):
            act = act_of(adoption.proposal, library)
            library = with_act(library, act)
            found.append(act)
        return found

    def moments(self) -> Sequence[datetime]:
        """When something was adopted, suspended or lifted."""
        with connection.cursor() as cursor:
            cursor.execute(_MOMENTS)
            return [moment for (moment,) in cursor.fetchall()]


def act_of(proposal: Proposal, library: Library) -> Act:
    """The act that adopting a proposal would be, validated anew; raises `PackError`."""
    instrument = None
    if proposal.kind == Proposal.Kind.INSTRUMENT:
        instrument = validate_pack(proposal.text.encode(), library)
    return Act(proposal.slug, proposal.takes_effect, proposal.replaces, instrument)


def suspension_in_force(alias: str = "default") -> Suspension | None:
    """The suspension that has not been lifted, if there is one; read through a database role."""
    return Suspension.objects.using(alias).filter(lifting__isnull=True).order_by("id").first()


def suspensions() -> QuerySet[Suspension]:
    """Every suspension, newest first, with its lifting."""
    return Suspension.objects.select_related("suspended_by", "lifting__lifted_by").order_by("-id")


def proposals() -> QuerySet[Proposal]:
    """Every proposal, newest first, with its adoption."""
    return Proposal.objects.select_related("proposed_by", "adoption__adopted_by").order_by("-id")


def proposal_numbered(number: int) -> Proposal:
    """One proposal; raises ``Proposal.DoesNotExist``."""
    return proposals().get(pk=number)


def adoptions_of(slug: str) -> QuerySet[Adoption]:
    """The votes about an instrument, newest first."""
    found = Adoption.objects.select_related("proposal")
    return (found.filter(proposal__slug=slug) | found.filter(proposal__replaces=slug)).order_by(
        "-id"
    )


def replays() -> QuerySet[ReplayRun]:
    """Every replay, newest first, with how far it has come."""
    return ReplayRun.objects.select_related("proposal", "asked_by", "progress", "result").order_by(
        "-id"
    )


def replay_numbered(number: int) -> ReplayRun:
    """One replay; raises ``ReplayRun.DoesNotExist``."""
    return replays().get(pk=number)


def _suspended(row: str | None) -> Suspended | None:
    if row is None:
        return None
    number, day, reason = json.loads(row)
    return Suspended(number, date.fromisoformat(day), reason)
