"""A small city for tests: an agency, a unit, its people, a gallery, and a case worth searching for.

Rows are made through the services that the application uses. The photograph is the one of
Eileen Collins that comes with scikit-image (NASA, public domain), read where it is installed.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import skimage.data
from django.conf import settings
from django.db import connection
from django.utils import timezone

from oversight.people import services as people
from oversight.people.models import Agency, Certificate, Person, Role, Unit
from oversight.requests import services
from oversight.requests.models import SearchRequest
from oversight.site.demo.technology import approve_system
from recognition import inspecting
from recognition.engines import load_engine
from recognition.gallery.registry import open_gallery, register_model
from tests.conftest import acting_as

PASSWORD = "a long pass phrase for tests"
ASTRONAUT = Path(skimage.data.__file__).parent / "astronaut.png"


@dataclass
class City:
    """The people of the tests; each has one role and current training unless told otherwise."""

    agency: Agency
    unit: Unit
    officer: Person
    colleague: Person
    supervisor: Person
    examiners: list[Person]


def make_city() -> City:
    """Insert the city, as the owner of the database."""
    with acting_as("owner"):
        agency = Agency.objects.create(slug="lapd", name="Los Angeles Police Department")
        Agency.objects.create(slug="glendale-pd", name="Glendale Police Department")
        unit = Unit.objects.create(agency=agency, name="Robbery-Homicide Division")
        city = City(
            agency=agency,
            unit=unit,
            officer=make_person("officer", Role.OFFICER, agency, unit),
            colleague=make_person("colleague", Role.OFFICER, agency, unit),
            supervisor=make_person("supervisor", Role.SUPERVISOR, agency, unit),
            examiners=[make_person(f"examiner{n}", Role.EXAMINER, agency, unit) for n in (1, 2, 3)],
        )
        open_gallery(slug="lacris-dms", name="County mugshots", kind="booking", custodian="Sheriff")
        register_model(load_engine(_pack(), allowed_root=settings.RECOGNITION_PACKS_ROOT).record)
        approve_system(
            agency=agency,
            administrator=make_person("clerk", Role.ADMINISTRATOR, agency, None),
            member=make_person("member", Role.BOARD, agency, None),
        )
    return city


def make_person(name: str, role: Role, agency: Agency, unit: Unit | None) -> Person:
    """Insert someone with a role held and training completed a month ago, for a year."""
    today = timezone.localdate()
    person = people.create_person(
        username=name, name=f"{name.title()} Example", password=PASSWORD, agency=agency, unit=unit
    )
    person.email = f"{name}@example.org"
    person.save(update_fields=["email"])
    people.grant_role(person=person, role=role, held_from=today - timedelta(days=30))
    people.record_certificate(
        person=person,
        course="FBI facial comparison",
        level=Certificate.Level.EXAMINATION,
        completed_on=today - timedelta(days=30),
        expires_on=today + timedelta(days=335),
    )
    return person


def lapse_training(person: Person) -> None:
    """Let someone's training count until yesterday only: as if it were older, for tables are closed."""
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE people_certificate DISABLE TRIGGER facts_are_final")
        person.certificates.update(expires_on=timezone.localdate())
        cursor.execute("ALTER TABLE people_certificate ENABLE ALWAYS TRIGGER facts_are_final")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def lawful_answers(**changes: Any) -> dict[str, Any]:
    """Return answers that the gate permits in Los Angeles, but for the image."""
    return {
        "case_number": "26-0114",
        "case_opened_on": (timezone.localdate() - timedelta(days=3)).isoformat(),
        "purpose": "criminal_investigation",
        "nibrs": "120",
        "severity": "violent_felony",
        "listed": [],
        "predicate_level": "reasonable_suspicion",
        "predicate_facts": "The till camera shows the person who took the money at gunpoint.",
        "alternatives_tried": ["Asked the clerk and two customers"],
        "suspicion_specific": True,
        "protected_basis": False,
        "kind": "photograph",
        "source": "fixed_cctv_private",
        "mode": "still",
        "depicts_subject": True,
        "apparent_minor": False,
        "capture_context": [],
        "edits": [],
        "gallery": "lacris-dms",
        "candidates_requested": 10,
        **changes,
    }


def draft_with_image(officer: Person, **changes: Any) -> SearchRequest:
    """Start a request, add the photograph, let the worker's code inspect it, answer the rest."""
    request = services.start_request(requester=officer)
    _draft, probe = services.add_probe(
        request=request, data=photograph(), claimed_type="image/png", version=0
    )
    inspect(probe)
    answers = lawful_answers(face_index=0, **changes)
    services.save_answers(request=request, answers=answers, version=1)
    request.draft.refresh_from_db()
    return request


def inspect(probe: UUID) -> None:
    """Do what a worker does with an uploaded image, as the worker's database role."""
    with acting_as("worker"):
        inspecting.inspect_probe(probe)


@cache
def photograph() -> bytes:
    """Return the astronaut's photograph as a PNG file."""
    return ASTRONAUT.read_bytes()


def _pack() -> Path:
    return Path(settings.RECOGNITION_PACKS_ROOT) / settings.RECOGNITION_PACK
