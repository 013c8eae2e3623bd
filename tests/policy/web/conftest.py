"""The people of the tests: who proposes, who adopts, and who may do neither."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from oversight.people import services as people
from oversight.people.models import Agency, Role
from oversight.policy import figures
from tests.conftest import acting_as
from tests.policy.web.scene import PASSWORD, House


@pytest.fixture(autouse=True)
def _nothing_published(monkeypatch) -> None:
    """Pages of rules read publications through a connection of their own: `test_refusals` does."""
    monkeypatch.setattr(figures, "_sources", [])


@pytest.fixture
def house(db) -> House:
    cache.clear()  # sign-ins are counted there, and limited
    with acting_as("owner"):
        agency = Agency.objects.create(slug="lapd", name="Los Angeles Police Department")

        def make(name, *roles):
            person = people.create_person(
                username=name, name=f"{name.title()} Example", password=PASSWORD, agency=agency
            )
            for role in roles:
                held_from = timezone.localdate() - timedelta(days=1)
                people.grant_role(person=person, role=role, held_from=held_from)
            return person

        return House(
            administrator=make("administrator", Role.ADMINISTRATOR),
            board=make("board", Role.BOARD),
            colleague=make("colleague", Role.BOARD),
            both=make("both", Role.BOARD, Role.ADMINISTRATOR),
            officer=make("officer", Role.OFFICER),
            auditor=make("auditor", Role.AUDITOR),
        )
