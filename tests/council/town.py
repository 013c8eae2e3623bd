"""The people of this room's tests, and a technology on its way to a vote."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from oversight.council.models import Acquisition, Document, Technology, Vote
from oversight.council.services.documents import add_document
from oversight.council.services.technologies import (
    Description,
    Plan,
    add_technology,
    propose_acquisition,
)
from oversight.council.services.voting import Ballot, Heard, enter_hearing, enter_vote
from oversight.people import services as people
from oversight.people.models import Agency, Person, Role
from tests.conftest import acting_as

PASSWORD = "a long pass phrase for tests"


@dataclass
class Town:
    """Who may act."""

    agency: Agency
    administrator: Person
    member: Person
    colleague: Person
    both: Person
    auditor: Person
    officer: Person


def settle() -> Town:
    """Insert the people, as the owner of the database."""
    with acting_as("owner"):
        agency, _new = Agency.objects.get_or_create(
            slug="lapd", defaults={"name": "Los Angeles Police Department"}
        )
        return Town(
            agency,
            _person("administrator", agency, Role.ADMINISTRATOR),
            _person("board", agency, Role.BOARD),
            _person("board2", agency, Role.BOARD),
            _person("both", agency, Role.BOARD, Role.ADMINISTRATOR),
            _person("auditor", agency, Role.AUDITOR),
            _person("officer1", agency, Role.OFFICER),
        )


def _person(username: str, agency: Agency, *roles: Role) -> Person:
    person = people.create_person(
        username=username, name=f"{username.title()} Example", password=PASSWORD, agency=agency
    )
    for role in roles:
        held_from = timezone.localdate() - timedelta(days=2)
        people.grant_role(person=person, role=role, held_from=held_from)
    return person


def drone(town: Town, slug: str = "drone-1", **changes) -> Technology:
    values = {
        "slug": slug,
        "name": "Small drone",
        "kind": "drones",
        "vendor": "Skyworks",
        "purpose": "Looks for missing people.",
        **changes,
    }
    return add_technology(
        description=Description(**values), agency=town.agency, person=town.administrator
    )


def proposed(town: Town, technology: Technology, person: Person | None = None) -> Acquisition:
    plan = Plan("acquire", "To find people.", "General fund", Decimal(100), Decimal("20.5"))
    return propose_acquisition(
        technology=technology, plan=plan, person=person or town.administrator
    )


def document(town: Town, acquisition: Acquisition, kind: str, name: str = "a.txt") -> Document:
    return add_document(
        acquisition=acquisition,
        kind=Document.Kind(kind),
        name=name,
        data=b"It says what it does.",
        person=town.administrator,
    )


def ready(town: Town, acquisition: Acquisition) -> Document:
    """Everything that must come before a vote; returns the signed document."""
    for kind in ("impact_report", "use_policy"):
        document(town, acquisition, kind)
    heard = Heard(
        "City Council", timezone.now() - timedelta(hours=30), "City Hall", date(2026, 1, 2)
    )
    enter_hearing(acquisition=acquisition, heard=heard, person=town.member)
    return document(town, acquisition, "minutes")


def ballot(**changes) -> Ballot:
    today = timezone.localdate()
    values = {
        "body": "City Council",
        "voted_on": today,
        "ayes": tuple(f"Member {n}" for n in range(1, 14)),
        "noes": (),
        "conditions": ("A report every month.",),
        "approved_from": today,
        "renewal_due": today + timedelta(days=365),
        **changes,
    }
    return Ballot(**values)


def voted(town: Town, acquisition: Acquisition, **changes) -> Vote:
    signed = ready(town, acquisition)
    return enter_vote(
        acquisition=acquisition,
        ballot=ballot(**changes),
        signed_document=signed,
        person=town.member,
    )
