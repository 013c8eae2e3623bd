"""A desk for the board: an office whose requests have entries, and the people who act."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db.transaction import atomic
from django.test import Client
from django.utils import timezone

from oversight.council.board import selectors, services
from oversight.council.board.models import Finding, Sample
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.selectors import DatabaseEntries
from oversight.ledger.services import append_entry
from oversight.people import services as people
from oversight.people.models import Person, Role
from oversight.requests.events import SUBMITTED
from oversight.requests.models import SearchRequest
from tests.conftest import acting_as
from tests.transparency.rows import Office


@dataclass
class Desk:
    """The office, the people, and a record that can be signed."""

    office: Office
    board: Person
    member: Person
    auditor: Person
    administrator: Person
    supervisor: Person

    def ask(self, at=None, officer=None, **answers):
        """A request sent at a moment (now, unless given), with its entry in the record."""
        at = at or timezone.now() - timedelta(hours=1)
        office = self.office
        request = SearchRequest.objects.create(
            agency=office.agency, unit=office.unit, requester=officer or office.officer
        )
        given = {"purpose": "criminal_investigation", "nibrs": "120", "source": "phone", **answers}
        submission = office.send_again(request, at, **given)
        with atomic():
            append_entry(
                event=SUBMITTED,
                public=dict.fromkeys(SUBMITTED.public) | {"agency": "lapd"},
                committed=dict.fromkeys(SUBMITTED.committed) | {"submission": submission.pk},
            )
        return submission

    def ask_many(self, count, **answers):
        return [self.ask(**answers) for _number in range(count)]

    def announce(self, size=3, kind=Sample.Kind.RANDOM, days=7):
        today = timezone.localdate()
        return services.announce_sample(
            person=self.board,
            kind=kind,
            since=today - timedelta(days=days),
            until=today + timedelta(days=1),
            size=size,
        )

    def sign(self):
        """Do what the checkpointer does."""
        with (
            acting_as("checkpointer"),
            Checkpointer(Configuration.from_settings(), DatabaseEntries()) as checkpointer,
        ):
            checkpointer.publish()

    def draw(self, sample):
        """Let the clock bring the draw: the record goes on, is signed, and the clerk draws."""
        services.draw_announced_samples()
        self.sign()
        assert services.draw_announced_samples() == 1
        return Sample.objects.select_related("draw").get(pk=sample.pk)

    def drawn(self, size=3, **options):
        self.ask_many(size + 2)
        return self.draw(self.announce(size, **options))

    def browser(self, person) -> Client:
        client = Client()
        client.force_login(person)
        return client


def make(name: str, role: Role, office: Office, unit: Any = None) -> Person:
    person = people.create_person(
        username=name,
        name=f"{name.title()} Example",
        password="x" * 12,
        agency=office.agency,
        unit=unit,
    )
    people.grant_role(person=person, role=role, held_from=timezone.localdate() - timedelta(days=9))
    return person


@pytest.fixture(autouse=True)
def _record(settings, tmp_path, monkeypatch):
    # In a test's transaction the public's own connection would see nothing.
    monkeypatch.setattr(selectors, "PUBLIC", "default")
    settings.LEDGER_PUBLISHED = str(tmp_path / "published")
    settings.LEDGER_STATE = str(tmp_path / "state")
    cache.clear()


def make_desk() -> Desk:
    """Insert the office and its people."""
    office = Office()
    with acting_as("owner"):
        for person, name in ((office.officer, "Quill Marsh"), (office.supervisor, "Vera Stone")):
            person.name = name
            person.save(update_fields=["name"])
        people.grant_role(
            person=office.supervisor,
            role=Role.SUPERVISOR,
            held_from=timezone.localdate() - timedelta(days=9),
        )
        return Desk(
            office=office,
            board=make("board", Role.BOARD, office),
            member=make("member", Role.BOARD, office),
            auditor=make("auditor", Role.AUDITOR, office),
            administrator=make("administrator", Role.ADMINISTRATOR, office),
            supervisor=office.supervisor,
        )


@pytest.fixture
def desk(db):
    return make_desk()


@pytest.fixture
def busy(desk):
    """Some of everything: refusals, verdicts, a drawn sample, a finding, a meeting with papers."""
    for number in range(3):
        desk.office.refuse(desk.ask(source="social_media", case_number=f"26-{number}"))
    for _number in range(2):
        desk.office.sign(desk.ask(), "approved")
    desk.office.run(desk.ask(), "lead")
    desk.sample = desk.drawn()
    desk.finding = services.record_finding(
        person=desk.board,
        sample=desk.sample,
        place=1,
        kind=Finding.Kind.VIOLATION,
        safeguard="R06",
        text="It was at a protest.",
        answer_due=timezone.localdate() + timedelta(days=9),
    )
    desk.meeting = services.call_meeting(
        person=desk.board, starts_at=timezone.now() + timedelta(days=9), place="City Hall"
    )
    desk.pack = services.freeze_pack(
        person=desk.board,
        meeting=desk.meeting,
        since=timezone.localdate() - timedelta(days=30),
        until=timezone.localdate() + timedelta(days=1),
    )
    desk.change = services.propose_recipient(
        person=desk.administrator, office="press", name="Desk", address="press@example.org"
    )
    return desk
