"""Writes about people: accounts, roles, training."""

from datetime import date

from django.db import transaction

from oversight.ledger.registry import EventKind
from oversight.ledger.services import append_entry
from oversight.people import events
from oversight.people.models import Agency, Certificate, Person, Role, RoleGrant, Unit


class NothingToChangeError(Exception):
    """It is so already; nothing was changed."""


@transaction.atomic
def create_person(
    *,
    username: str,
    name: str,
    password: str,
    agency: Agency,
    unit: Unit | None = None,
    email: str = "",
) -> Person:
    """Make an account without any role.

    Raises:
        django.db.IntegrityError: the user name is taken.
    """
    person = Person(username=username, name=name, email=email, agency=agency, unit=unit)
    person.set_password(password)
    person.save(force_insert=True)
    append_entry(
        event=events.ACCOUNT_CREATED,
        public={"agency": agency.slug},
        committed={"person": person.pk, "username": username},
    )
    return person


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    held_from: date,
    held_until: date | None = None,
    unit_commander: bool = False,
) -> RoleGrant:
    """Give ``person`` a role for a time; never edited afterwards, a new grant follows.

    Raises:
        django.db.IntegrityError: the end is not after the start.
    """
    grant = RoleGrant.objects.create(
        person=person,
        role=role,
        held_from=held_from,
        held_until=held_until,
        unit_commander=unit_commander,
    )
    append_entry(
        event=events.ROLE_GRANTED,
        public={"agency": person.agency_id},
        committed={
            "person": person.pk,
            "role": str(role),
            "grant": grant.pk,
            "until": held_until.isoformat() if held_until else None,
        },
    )
    return grant


@transaction.atomic
def record_certificate(
    *, person: Person, course: str, level: Certificate.Level, completed_on: date, expires_on: date
) -> Certificate:
    """Record completed training. ``expires_on`` is the first day on which it no longer counts.

    Raises:
        django.db.IntegrityError: it would expire before it was completed.
    """
    certificate = Certificate.objects.create(
        person=person,
        course=course,
        level=level,
        completed_on=completed_on,
        expires_on=expires_on,
    )
    append_entry(
        event=events.TRAINING_RECORDED,
        public={"agency": person.agency_id},
        committed={
            "person": person.pk,
            "certificate": certificate.pk,
            "level": str(level),
            "completed_on": completed_on.isoformat(),
            "expires_on": expires_on.isoformat(),
        },
    )
    return certificate


def suspend_person(*, person: Person, reason: str) -> None:
    """Let ``person`` read, but neither ask nor decide: the gate refuses from the next decision on.

    Raises:
        NothingToChangeError: suspended already.
    """
    _change(person, events.ACCOUNT_SUSPENDED, reason, suspended=True)


def reinstate_person(*, person: Person, reason: str) -> None:
    """End a suspension.

    Raises:
        NothingToChangeError: not suspended.
    """
    _change(person, events.ACCOUNT_REINSTATED, reason, suspended=False)


def close_account(*, person: Person, reason: str) -> None:
    """Let nobody sign in to this account any more, for good; its roles end with it.

    Raises:
        NothingToChangeError: closed already.
    """
    _change(person, events.ACCOUNT_CLOSED, reason, is_active=False)


def reset_password(*, person: Person, password: str, reason: str) -> None:
    """Give ``person`` a new first password; whoever is signed in under the old one is signed out."""
    person.set_password(password)
    _change(person, events.PASSWORD_RESET, reason, password=person.password)


@transaction.atomic
def _change(person: Person, event: EventKind, reason: str, **fields: object) -> None:
    held = Person.objects.select_for_update().get(pk=person.pk)
    if all(getattr(held, name) == value for name, value in fields.items()):
        raise NothingToChangeError
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=[*fields])
    append_entry(
        event=event,
        public={"agency": held.agency_id},
        committed={"person": held.pk, "reason": reason},
    )
