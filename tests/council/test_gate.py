"""Nothing unapproved is used: the gate follows the inventory at its next decision."""

from datetime import timedelta

import pytest
from django.utils import timezone

from oversight.council.models import StandingChange, Technology
from oversight.council.services.technologies import change_standing
from oversight.people.models import Person
from oversight.requests import inventory, services
from oversight.requests.models import Decision
from oversight.requests.relay import relay_once
from tests.world import draft_with_image, make_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(settings):
    settings.POLICY_PUBLISHED = True
    return make_city()


def reasons_of(officer):
    request = draft_with_image(officer)
    services.submit_request(request=request, version=request.draft.version)
    decision = Decision.objects.latest("pk")
    return decision.effect, {
        (each["rule"], each["safeguard"]) for each in decision.document["reasons"]
    }


def change(act):
    change_standing(
        technology=Technology.objects.get(),
        act=StandingChange.Act(act),
        reason="For the test.",
        person=Person.objects.get(username="member"),
    )


def test_a_suspended_technology_is_refused_at_the_next_decision_and_permitted_after(city):
    assert reasons_of(city.officer)[0] == "permit"
    change("suspended")
    effect, reasons = reasons_of(city.officer)
    assert effect == "refuse"
    assert ("lapd-2021/approved-system", "R08") in reasons
    change("reinstated")
    assert reasons_of(city.officer)[0] == "permit"


def test_a_retired_technology_is_refused(city):
    change("retired")
    assert reasons_of(city.officer)[0] == "refuse"


def test_an_approval_that_has_ended_is_refused(city):
    today = timezone.now()
    assert inventory.is_approved("lacris-dms", "lacris-dms", today)
    assert inventory.is_approved("lacris-dms", "lacris-dms", today + timedelta(days=360))
    assert not inventory.is_approved("lacris-dms", "lacris-dms", today + timedelta(days=365))
    assert not inventory.is_approved("lacris-dms", "another", today)
    assert not inventory.is_approved("another", "lacris-dms", today)


def test_without_an_inventory_nothing_is_approved(city, monkeypatch):
    monkeypatch.setattr(inventory, "_sources", [])
    effect, reasons = reasons_of(city.officer)
    assert effect == "refuse"
    assert ("lapd-2021/approved-system", "R08") in reasons


def test_the_relay_may_ask_the_inventory(city, as_role):
    with as_role("relay"):
        assert inventory.is_approved("lacris-dms", "lacris-dms", timezone.now())
        relay_once()


@pytest.mark.parametrize("agency", ["dpd", "nopd", "lapd"])
@pytest.mark.parametrize("action", ["submit", "approve", "run", "view"])
def test_in_every_city_and_at_every_step_only_what_is_approved_is_used(agency, action):
    from oversight.policy.gate import consider_requests, decide_as_known, decide_request
    from tests.policy.documents import facts

    def refused_by(facts):
        return {reason.rule for reason in decide_request(facts).reasons}

    rule = "board/approved-technology"
    unapproved = facts(agency=agency, action=action, gallery__approved=False)
    assert rule in refused_by(unapproved)
    assert rule not in refused_by(facts(agency=agency, action=action))
    # The law alone says nothing of it, and a stored decision comes out the same.
    (law,) = consider_requests([unapproved])
    assert rule not in {reason.rule for reason in law.reasons}
    moment = timezone.now()
    assert decide_as_known(unapproved, moment) == decide_request(unapproved)
