"""Reads about people. A viewer comes first wherever what is seen depends on who looks."""

from datetime import date

from django.db.models import Q, QuerySet

from oversight.people.models import Certificate, Person, Role, RoleGrant, Unit


def roles_of(person: Person, *, on: date) -> frozenset[str]:
    """Return the roles ``person`` holds on that day; none for an inactive account."""
    if not person.is_active:
        return frozenset()
    return frozenset(_held(person, on).values_list("role", flat=True))


def commands_unit(person: Person, *, on: date) -> bool:
    """Tell whether ``person`` is a unit's commander on that day."""
    return _held(person, on).filter(unit_commander=True).exists()


def current_training(person: Person, *, on: date) -> Certificate | None:
    """Return the certificate that counts longest, else the one that lapsed last, else None.

    A lapsed one is returned too: the gate, not this selector, says that it does not count.
    """
    del on  # the gate compares dates; here the latest expiry is the best we have
    return person.certificates.order_by("-expires_on", "-level").first()


def trained_examiners(agency_slug: str, *, on: date) -> list[Person]:
    """Return active examiners of an agency whose training counts on that day, by name."""
    return list(
        Person.objects.filter(
            Q(role_grants__held_until__isnull=True) | Q(role_grants__held_until__gt=on),
            agency_id=agency_slug,
            is_active=True,
            suspended=False,
            role_grants__role=Role.EXAMINER,
            role_grants__held_from__lte=on,
            certificates__completed_on__lte=on,
            certificates__expires_on__gt=on,
        )
        .distinct()
        .order_by("name")
    )


def _held(person: Person, on: date) -> QuerySet[RoleGrant]:
    return person.role_grants.filter(
        Q(held_until__isnull=True) | Q(held_until__gt=on), held_from__lte=on
    )


def holders_of_role(role: Role, *, unit: Unit, on: date) -> list[Person]:
    """Return active people of ``unit`` who hold ``role`` on that day, by name."""
    return list(
        Person.objects.filter(
            Q(role_grants__held_until__isnull=True) | Q(role_grants__held_until__gt=on),
            unit=unit,
            is_active=True,
            role_grants__role=role,
            role_grants__held_from__lte=on,
        )
        .distinct()
        .order_by("name")
    )
