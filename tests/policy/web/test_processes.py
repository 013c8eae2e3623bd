"""What one process commits, every other knows at its next decision and its next page."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from oversight.people import services as people
from oversight.people.models import Agency, Role
from oversight.policy import gate
from tests.conftest import acting_as
from tests.policy.web.scene import lawful

HALT = (
    "INSERT INTO policy_suspension (reason, suspended_by_id, suspended_at)"
    " VALUES ('From elsewhere.', %s, now())"
)


@pytest.fixture
def member(live_database):
    with acting_as("owner"):
        agency = Agency.objects.create(slug="lapd", name="Los Angeles Police Department")
        member = people.create_person(
            username="member", name="Member Example", password="-", agency=agency
        )
        people.grant_role(person=member, role=Role.BOARD, held_from=timezone.localdate())
    return member


def test_another_process_notices_with_the_commit(live_database, member):
    """Two connections, as two processes have: what one commits, the other's next decision knows."""
    assert gate.decide_request(lawful()).permits
    with live_database.connect("web", autocommit=False) as other:
        other.execute(HALT, [member.pk])
        assert gate.decide_request(lawful()).permits
        other.commit()
    assert "From elsewhere." in gate.decide_request(lawful()).reasons[0].message


def test_pages_of_publications_show_the_banner_though_caches_keep_them(
    live_database, member, client
):
    """They are read through the public's own role, which may read suspensions and no more."""
    cache.clear()
    before = client.get("/")
    assert "is suspended" not in before.content.decode()
    with live_database.connect("web") as other:
        other.execute(HALT, [member.pk])
    after = client.get("/")
    assert "From elsewhere." in after.content.decode()
    assert after.headers["ETag"] != before.headers["ETag"]
