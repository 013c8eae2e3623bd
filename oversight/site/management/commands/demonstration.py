"""``manage.py demonstration``: the people of the demonstration, once."""

import json
from datetime import timedelta
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from oversight.council.models import Technology
from oversight.people import services
from oversight.people.models import Agency, Certificate, Person, Role, Unit
from oversight.site.demo.comment import ask_the_public
from oversight.site.demo.names import NAMES
from oversight.site.demo.past import make_past
from oversight.site.demo.technology import approve_system
from oversight.site.secrets import secret
from recognition.gateway import galleries

AGENCY: Final = "lapd"
# Others may ask for a search on their behalf: the form offers them by name.
AGENCIES: Final = {
    AGENCY: "Los Angeles Police Department",
    "lasd": "Los Angeles County Sheriff's Department",
    "glendale-pd": "Glendale Police Department",
}
UNIT: Final = "Robbery-Homicide Division"
AREA: Final = "Central Bureau"
COURSE: Final = "Facial comparison and identification (demonstration)"
ROLES: Final = {
    "officer": Role.OFFICER,
    "colleague": Role.OFFICER,
    "supervisor": Role.SUPERVISOR,
    "examiner1": Role.EXAMINER,
    "examiner2": Role.EXAMINER,
    "examiner3": Role.EXAMINER,
    "auditor": Role.AUDITOR,
    "board": Role.BOARD,
    "administrator": Role.ADMINISTRATOR,
}
_TRAINED: Final = {Role.OFFICER, Role.SUPERVISOR, Role.EXAMINER}


class Command(BaseCommand):
    """Makes accounts through the services that administrators use, so the record has them too."""

    help = "Make the demonstration's agency, unit and people. Refuses where there are real people."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the one option."""
        parser.add_argument(
            "--with-past", action="store_true", help="import and publish made-up earlier searches"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make what is missing; print the shared password and how many templates there are."""
        if Person.objects.exclude(username__in=ROLES).exists():
            raise CommandError(
                "This database has people of its own: the demonstration keeps out of it. "
                "Set OVERSIGHT_VAR (or DATABASE_URL) to another place."
            )
        password = demonstration_password()
        with transaction.atomic():
            unit = _unit()
            for username, role in ROLES.items():
                if not Person.objects.filter(username=username).exists():
                    _admit(username, role, unit, password)
            if not Technology.objects.exists():
                _take_technology_through_its_vote(unit.agency)
        if options["with_past"]:
            make_past(timezone.localdate())
        templates = sum(gallery.templates for gallery in galleries())
        self.stdout.write(json.dumps({"password": password, "templates": templates}))


def _take_technology_through_its_vote(agency: Agency) -> None:
    administrator = Person.objects.get(username="administrator")
    member = Person.objects.get(username="board")
    technology = approve_system(agency=agency, administrator=administrator, member=member)
    ask_the_public(technology=technology, administrator=administrator)


def demonstration_password() -> str:
    """Return the password of all demonstration accounts: made at random for each installation."""
    return secret("demonstration")[:16]


def _unit() -> Unit:
    for slug, name in AGENCIES.items():
        Agency.objects.get_or_create(slug=slug, defaults={"name": name})
    return Unit.objects.get_or_create(agency_id=AGENCY, name=UNIT, defaults={"area": AREA})[0]


def _admit(username: str, role: Role, unit: Unit, password: str) -> None:
    today = timezone.localdate()
    person = services.create_person(
        username=username,
        name=NAMES[username].partition(",")[0],
        password=password,
        agency=unit.agency,
        unit=unit,
    )
    begun = today - timedelta(days=60)
    services.grant_role(person=person, role=role, held_from=begun)
    if role in _TRAINED:
        services.record_certificate(
            person=person,
            course=COURSE,
            level=Certificate.Level.EXAMINATION,
            completed_on=begun,
            expires_on=begun + timedelta(days=365),
        )
