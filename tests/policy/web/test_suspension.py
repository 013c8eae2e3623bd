"""The board's halt: one act, at once, everywhere, with banner and record; and its end."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from oversight.policy import gate, services
from oversight.policy.models import Lifting, Suspension
from oversight.policy.services.errors import NotAllowedError
from oversight.policy.standing import files_only
from tests.conftest import acting_as
from tests.interface.markup import Page, faults
from tests.policy.documents import acquisition, receipt
from tests.policy.web.scene import browser_of, lawful

pytestmark = pytest.mark.django_db

BANNER = "All use of face recognition is suspended"


def suspend(house, reason="An error was found in the gallery."):
    return services.suspend_use(person=house.board, reason=reason)


def act(browser, what, reason="Because."):
    return browser.post(reverse("policy:suspend"), {"act": what, "reason": reason})


def test_one_act_stops_everything_and_another_ends_it(house):
    board = browser_of(house.board)
    before = gate.decide_request(lawful())
    assert before.permits
    page = board.get(reverse("policy:suspend"))
    assert faults(Page(page.content.decode())) == []
    assert act(board, "suspend", "An error was found.").status_code == 302

    halted = gate.decide_request(lawful())
    (reason,) = halted.reasons
    number = Suspension.objects.get().pk
    assert reason.rule == f"board/suspension-{number}"
    assert (reason.safeguard, reason.instrument) == ("SYS", "board")
    assert "An error was found." in reason.message
    assert f"suspension no. {number}" in reason.citation
    assert halted.requires == ()
    assert halted.policy_set != before.policy_set

    page = board.get(reverse("policy:suspend"))
    assert "Lift the suspension" in page.content.decode()
    assert act(board, "lift", "It was corrected.").status_code == 302
    assert gate.decide_request(lawful()) == gate.decide_as_known(lawful(), timezone.now())
    assert gate.decide_request(lawful()).policy_set == before.policy_set


@pytest.mark.parametrize("agency", ["lapd", "seattle-pd", "milwaukee-pd", "boston-pd"])
@pytest.mark.parametrize("action", ["submit", "approve", "run", "view", "receive", "acquire"])
def test_it_stops_every_action_of_every_agency(house, agency, action):
    suspend(house)
    document = {"receive": receipt, "acquire": acquisition}.get(action, lawful)()
    decision = gate.decide_request({**document, "action": action, "agency": agency})
    assert "SYS" in {r.safeguard for r in decision.reasons if r.instrument == "board"}


def test_it_stops_what_is_asked_under_named_packs_too(house):
    suspend(house)
    assert not gate.decide_request(lawful(), ["lapd-2021"]).permits


def test_a_draft_learns_of_it_at_once(house):
    assert not gate.preview_request(lawful()).reasons
    suspend(house)
    assert [r.instrument for r in gate.preview_request(lawful()).reasons] == ["board"]


def test_a_refusal_during_it_can_be_made_again_later(house):
    suspend(house)
    then = timezone.now()
    halted = gate.decide_request(lawful())
    services.lift_suspension(person=house.colleague, reason="Over.")
    assert gate.decide_request(lawful()).permits
    assert gate.decide_as_known(lawful(), then) == halted


def test_the_relay_learns_of_it_and_packs_in_files_do_not(house):
    suspend(house)
    with acting_as("relay"):
        assert not gate.decide_request(lawful()).permits
    with files_only():
        assert gate.decide_request(lawful()).permits


def test_the_banner_is_on_every_page_and_leads_to_the_record(house):
    addresses = [
        "/rules/",
        "/would-it-be-allowed/",
        "/ledger/",
        reverse("account_login"),
    ]
    stranger, board = Client(), browser_of(house.board)
    assert all(BANNER not in stranger.get(each).content.decode() for each in addresses)
    suspend(house, "A <b>grave</b> error.")
    for browser, each in [(stranger, a) for a in addresses] + [(board, "/replays/")]:
        page = browser.get(each)
        assert faults(Page(page.content.decode())) == []
        assert BANNER in page.content.decode(), each
        assert "A &lt;b&gt;grave&lt;/b&gt; error." in page.content.decode()
        assert reverse("policy:suspensions") in page.content.decode()
    text = Page(stranger.get(reverse("policy:suspensions")).content.decode()).one("main").text
    assert "Suspended now" in text
    services.lift_suspension(person=house.colleague, reason="Corrected.")
    assert BANNER not in stranger.get("/rules/").content.decode()
    text = Page(stranger.get(reverse("policy:suspensions")).content.decode()).one("main").text
    assert "A <b>grave</b> error." in text
    assert "Corrected." in text
    assert "Not suspended" in text


def test_what_the_law_says_is_still_answered(house, client):
    suspend(house)
    answer = client.get("/would-it-be-allowed/", {"agencies": "lapd"})
    (shown,) = answer.context["answers"]
    assert shown.reasons == []
    assert BANNER in answer.content.decode()


def test_a_page_that_is_out_of_date_does_not_do_the_opposite(house):
    board, colleague = browser_of(house.board), browser_of(house.colleague)
    assert act(board, "suspend").status_code == 302
    assert act(colleague, "suspend").status_code == 422
    assert Suspension.objects.count() == 1
    assert not Lifting.objects.exists()
    assert act(colleague, "lift").status_code == 302
    assert act(board, "lift").status_code == 422
    assert Lifting.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "\x00"])
def test_a_reason_is_one_line_that_everyone_can_read(house, reason):
    assert act(browser_of(house.board), "suspend", reason).status_code == 422
    assert not Suspension.objects.exists()


def test_several_lines_become_one(house):
    assert act(browser_of(house.board), "suspend", "First.\n\tSecond.").status_code == 302
    assert Suspension.objects.get().reason == "First. Second."


def test_it_is_stepped_up(house):
    answer = act(browser_of(house.board, stepped_up=False), "suspend")
    assert "reauthenticate" in answer.url
    assert not Suspension.objects.exists()


def test_the_database_itself_demands_the_board(house):
    with pytest.raises(NotAllowedError, match="role board"):
        services.suspend_use(person=house.administrator, reason="No.")
    suspend(house)
    with pytest.raises(NotAllowedError, match="role board"):
        services.lift_suspension(person=house.officer, reason="No.")
    with pytest.raises(DatabaseError, match="role board"), transaction.atomic():
        Lifting.objects.create(
            suspension=Suspension.objects.get(),
            reason="No.",
            lifted_by=house.administrator,
            lifted_at=timezone.now(),
        )
    assert not gate.decide_request(lawful()).permits
