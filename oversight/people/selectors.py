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
    """Return the best certificate that counts on that day, else the one that expires last.

    Examination (FISWG) goes beyond review, so it is the better one however long the other lasts.
    One that does not count is returned too: the gate, not this selector, says so. None: untrained.
    """

    def merit(held: Certificate) -> tuple[bool, bool, date]:
        counts = held.completed_on <= on < held.expires_on
        examination = counts and held.level == Certificate.Level.EXAMINATION
        return counts, examination, held.expires_on

    return max(person.certificates.all(), key=merit, default=None)


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
