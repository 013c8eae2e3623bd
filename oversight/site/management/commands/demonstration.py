"""``manage.py demonstration``: the people of the demonstration, once."""

import json
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from oversight.people import services
from oversight.people.models import Agency, Certificate, Person, Role, Unit
from oversight.site.demo.people import AGENCY, COURSE, NEIGHBOURS, PLAYERS, UNIT, Player
from oversight.site.secrets import secret
from recognition.gateway import galleries

_TRAINED = {Role.OFFICER, Role.SUPERVISOR, Role.EXAMINER}


class Command(BaseCommand):
    """Makes accounts through the services that administrators use, so the record has them too."""

    help = "Make the demonstration's agency, unit and people. Refuses where there are real people."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make what is missing; print the shared password and how many templates there are."""
        names = {player.username for player in PLAYERS}
        if Person.objects.exclude(username__in=names).exists():
            raise CommandError(
                "This database has people of its own: the demonstration keeps out of it. "
                "Set OVERSIGHT_VAR (or DATABASE_URL) to another place."
            )
        password = demonstration_password()
        with transaction.atomic():
            unit = _unit()
            for player in PLAYERS:
                if not Person.objects.filter(username=player.username).exists():
                    _admit(player, unit, password)
        templates = sum(gallery.templates for gallery in galleries())
        self.stdout.write(json.dumps({"password": password, "templates": templates}))


def demonstration_password() -> str:
    """Return the password of all demonstration accounts: made at random for each installation."""
    return secret("demonstration")[:16]


def _unit() -> Unit:
    for slug, name in (AGENCY, *NEIGHBOURS.items()):
        Agency.objects.get_or_create(slug=slug, defaults={"name": name})
    return Unit.objects.get_or_create(agency_id=AGENCY[0], name=UNIT)[0]


def _admit(player: Player, unit: Unit, password: str) -> None:
    today = timezone.localdate()
    person = services.create_person(
        username=player.username,
        name=player.name,
        password=password,
        agency=unit.agency,
        unit=unit,
    )
    begun = today - timedelta(days=60)
    services.grant_role(person=person, role=player.role, held_from=begun)
    if player.role in _TRAINED:
        services.record_certificate(
            person=person,
            course=COURSE,
            level=Certificate.Level.EXAMINATION,
            completed_on=begun,
            expires_on=begun + timedelta(days=365),
        )
