"""Roles, two people and final acts, demanded by the database whoever asks."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from oversight.people.services import grant_role
from oversight.policy import services
from oversight.policy.models import Adoption, Proposal
from oversight.policy.services.errors import NotAllowedError
from tests.conftest import acting_as
from tests.policy.web.scene import (
    DIGEST,
    adopted,
    pack,
    proposed,
    vote,
)

pytestmark = pytest.mark.django_db


def insert_adoption(one, person, **changes):
    now = timezone.now()
    Adoption.objects.create(
        **{
            "proposal": one,
            "body": "Council",
            "voted_on": timezone.localdate(),
            "ayes": 5,
            "noes": 0,
            "document_digest": DIGEST,
            "adopted_by": person,
            "adopted_at": now,
            **changes,
        }
    )


def test_the_database_itself_demands_two_people_and_the_board(house):
    one = services.propose_instrument(text=pack(), proposer=house.both)
    for person, told in [
        (house.both, "two people"),
        (house.administrator, "role board"),
        (house.officer, "role board"),
    ]:
        with pytest.raises(DatabaseError, match=told), transaction.atomic():
            insert_adoption(one, person)
    with pytest.raises(DatabaseError, match="future"), transaction.atomic():
        insert_adoption(one, house.board, voted_on=timezone.localdate() + timedelta(days=3))
    with pytest.raises(DatabaseError, match="policy_vote_carried"), transaction.atomic():
        insert_adoption(one, house.board, ayes=2, noes=2)
    insert_adoption(one, house.board)


def test_the_database_itself_lets_no_law_reach_back(house):
    one = proposed(house)
    later = timezone.now() + timedelta(days=3)
    with acting_as("owner"):
        grant_role(person=house.colleague, role="board", held_from=timezone.localdate())
    with pytest.raises(DatabaseError, match="before its adoption"), transaction.atomic():
        insert_adoption(one, house.colleague, adopted_at=later)


def test_a_suspended_or_former_member_adopts_nothing(house):
    one = proposed(house)
    with acting_as("owner"):
        house.board.suspended = True
        house.board.save(update_fields=["suspended"])
    with pytest.raises(NotAllowedError, match="role board"):
        services.adopt_proposal(proposal=one, adopter=house.board, vote=vote())


@pytest.mark.parametrize("table", ["proposal", "adoption", "suspension", "lifting"])
@pytest.mark.parametrize("role", ["owner", "web", "relay"])
def test_nothing_adopted_is_ever_edited(house, as_role, table, role):
    adopted(house)
    services.suspend_use(person=house.board, reason="A test.")
    services.lift_suspension(person=house.board, reason="Over.")
    for statement in (
        f"UPDATE policy_{table} SET id = id",
        f"DELETE FROM policy_{table}",
        f"TRUNCATE policy_{table} CASCADE",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            as_role(role),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_only_the_text_that_was_proposed_has_its_digest(house):
    one = proposed(house)
    forged = {"slug": "x", "text": "something else", "digest": one.digest, "kind": "instrument"}
    with pytest.raises(DatabaseError, match="digest"), transaction.atomic():
        Proposal.objects.create(
            **forged,
            takes_effect=one.takes_effect,
            proposed_by=house.administrator,
            proposed_at=timezone.now(),
        )
