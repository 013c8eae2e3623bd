"""The department puts a technology on the inventory, proposes to get it, and says what it costs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from oversight.council.events import technologies as events
from oversight.council.models import Acquisition, StandingChange, Technology, YearlyCost
from oversight.council.services.recording import (
    NotAllowedError,
    digest_of_facts,
    held_to_the_rules,
    now,
    record,
)
from oversight.ledger.services import ask_for_checkpoint
from oversight.people.models import Agency, Person


@dataclass(frozen=True, slots=True)
class Description:
    """What a technology is. ``slug`` is the id under which the gate's facts name the system."""

    slug: str
    name: str
    kind: str
    vendor: str
    purpose: str
    product: str = ""
    galleries: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is proposed; costs in dollars."""

    aim: str
    reasons: str
    funding: str
    first_cost: Decimal
    yearly_cost: Decimal


@dataclass(frozen=True, slots=True)
class Spent:
    """What a technology cost in one year, in dollars, people included."""

    year: int
    personnel: Decimal
    other: Decimal
    next_funding: str


def add_technology(*, description: Description, agency: Agency, person: Person) -> Technology:
    """Put a technology on the public inventory. It may not be used before it is approved.

    Raises:
        NotAllowedError: the id is taken, or ``person`` is no administrator.
    """
    at = now()
    if Technology.objects.filter(slug=description.slug).exists():
        raise NotAllowedError(
            _("This id is on the inventory already. Choose another."), field="slug"
        )
    with held_to_the_rules(), transaction.atomic():
        technology = Technology.objects.create(
            **{**asdict(description), "galleries": list(description.galleries)},
            agency=agency,
            added_by=person,
            added_at=at,
        )
        record(
            events.TECHNOLOGY_ADDED,
            at,
            public={"system": technology.slug},
            technology=technology.pk,
            person=person.pk,
            content=digest_of_facts(**asdict(description), agency=agency.pk),
        )
    return technology


def propose_acquisition(*, technology: Technology, plan: Plan, person: Person) -> Acquisition:
    """Propose to get a technology, to use it anew, or to keep it.

    Raises:
        NotAllowedError: it was retired, or ``person`` is no administrator.
    """
    at = now()
    if technology.changes.filter(act=StandingChange.Act.RETIRED).exists():
        raise NotAllowedError(_("It was retired for good. Put a new one on the inventory."))
    with held_to_the_rules(), transaction.atomic():
        acquisition = Acquisition.objects.create(
            technology=technology, **asdict(plan), proposed_by=person, proposed_at=at
        )
        record(
            events.ACQUISITION_PROPOSED,
            at,
            public={"system": technology.slug},
            acquisition=acquisition.pk,
            person=person.pk,
            content=digest_of_facts(**asdict(plan)),
        )
    return acquisition


def enter_cost(*, technology: Technology, spent: Spent, person: Person) -> YearlyCost:
    """Say what a year cost; a later entry for the same year corrects this one.

    Raises:
        NotAllowedError: ``person`` is no administrator, or the sums are not possible.
    """
    at = now()
    with held_to_the_rules(), transaction.atomic():
        cost = YearlyCost.objects.create(
            technology=technology, **asdict(spent), entered_by=person, entered_at=at
        )
        record(
            events.COST_ENTERED,
            at,
            public={"system": technology.slug},
            cost=cost.pk,
            person=person.pk,
            content=digest_of_facts(**asdict(spent)),
        )
    return cost


def change_standing(
    *, technology: Technology, act: StandingChange.Act, reason: str, person: Person
) -> StandingChange:
    """Suspend, reinstate or retire a technology; the gate follows from the commit on.

    Args:
        reason: one line of at most 300 characters; it is public.

    Raises:
        NotAllowedError: it is so already, it was retired, or the role does not allow it.
    """
    at = now()
    newest = technology.changes.order_by("-pk").first()
    suspended = newest is not None and newest.act == StandingChange.Act.SUSPENDED
    if act == StandingChange.Act.SUSPENDED and suspended:
        raise NotAllowedError(_("It is suspended already."), field="act")
    if act == StandingChange.Act.REINSTATED and not suspended:
        raise NotAllowedError(_("It is not suspended."), field="act")
    with held_to_the_rules(), transaction.atomic():
        change = StandingChange.objects.create(
            technology=technology, act=act, reason=reason, made_by=person, made_at=at
        )
        record(
            events.STANDING_CHANGED,
            at,
            public={"system": technology.slug, "basis": reason},
            change=change.pk,
            act=str(act),
            person=person.pk,
        )
        ask_for_checkpoint()
    return change
