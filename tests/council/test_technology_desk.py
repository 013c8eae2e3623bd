"""A technology through the pages of department and board, from the inventory to the gate and back."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from oversight.council.life import State
from oversight.council.models import (
    Acquisition,
    Consultation,
    Document,
    Hearing,
    StandingChange,
    Technology,
    Vote,
    VoteConfirmation,
    YearlyCost,
)
from oversight.council.selectors.technologies import standing_of
from oversight.people.models import Role
from oversight.requests import services
from oversight.requests.inventory import is_approved
from oversight.requests.models import Decision
from tests import world
from tests.conftest import acting_as
from tests.council.desk import comment_on, moment_parts, question, read, refused, sent
from tests.council.town import drone, proposed, ready, voted
from tests.policy.web.scene import day_parts

pytestmark = pytest.mark.django_db

MUGSHOTS = "lacris-dms"
HOME = "/technologies/drone-1/"
COST = {"year": "2025", "personnel": "1000", "other": "20.50", "next_funding": "General fund"}


def vote_answers(signed, **changes):
    today = timezone.localdate()
    return {
        "body": "City Council",
        **day_parts("voted_on", today),
        "ayes": "Ada Adler\nBo Brandt",
        "noes": "Cy Castillo",
        "conditions": "A report every month.",
        **day_parts("approved_from", today),
        **day_parts("renewal_due", today + timedelta(days=365)),
        "signed_document": signed,
        **changes,
    }


# From the inventory to the gate


@pytest.fixture
def city(settings, monkeypatch):
    """A city whose one technology nobody has put on the inventory yet."""
    cache.clear()
    settings.POLICY_PUBLISHED = True
    monkeypatch.setattr(world, "approve_system", lambda **people: people)
    return world.make_city()


def decision_on(officer):
    """Ask for a search that is lawful but for the technology."""
    request = world.draft_with_image(officer)
    services.submit_request(request=request, version=request.draft.version)
    decision = Decision.objects.latest("pk")
    return decision.effect, {each["rule"] for each in decision.document["reasons"]}


def put_forward(clerk):
    """Put it on the inventory, propose it, and publish its three documents."""
    sent(
        clerk,
        "/technologies/add/",
        {
            "name": "County mugshots",
            "slug": MUGSHOTS,
            "kind": "face_recognition",
            "agency": "lapd",
            "vendor": "Sheriff",
            "purpose": "Compares pictures.",
            "galleries": MUGSHOTS,
        },
    )
    plan = {"aim": "acquire", "reasons": "To compare.", "funding": "General fund"}
    sent(
        clerk,
        f"/technologies/{MUGSHOTS}/propose/",
        {**plan, "first_cost": "0", "yearly_cost": "412000"},
    )
    proposal = f"/technologies/{MUGSHOTS}/proposals/{Acquisition.objects.get().pk}/"
    for kind in ("impact_report", "use_policy", "minutes"):
        file = SimpleUploadedFile(f"{kind}.txt", b"What it does, and whom it touches.")
        sent(clerk, f"{proposal}document/", {"kind": kind, "file": file})
    return proposal


def test_from_the_inventory_to_the_gate_and_back(city, signed_in, stepped_up, time_machine):
    with acting_as("owner"):
        member = world.make_person("member2", Role.BOARD, city.agency, None)
    proposer, enterer = (world.Person.objects.get(username=name) for name in ("clerk", "member"))
    home = f"/technologies/{MUGSHOTS}/"
    proposal = put_forward(signed_in(proposer))
    acquisition = Acquisition.objects.get()

    sent(signed_in(enterer), "/comment/ask/", question(f"technology-{acquisition.pk}"))
    comment_on(Consultation.objects.get(), "Please do not compare us with everyone.")
    heard = {
        "body": "City Council",
        **moment_parts("held_at", timezone.now() + timedelta(days=20)),
        "place": "City Hall",
        **day_parts("noticed_on", timezone.localdate()),
    }
    sent(signed_in(enterer), f"{proposal}hearing/", heard)
    signed = Document.objects.get(kind="minutes").pk
    page, _form = refused(stepped_up(enterer), f"{proposal}vote/", vote_answers(signed))
    assert "a public hearing on or before the day of the vote" in page.one("main").text
    assert "the end of the time for public comment" in page.one("main").text
    assert "Ada Adler" in page.one("textarea", name="ayes").text
    assert not Vote.objects.exists()

    time_machine.move_to(timezone.now() + timedelta(days=31), tick=True)
    assert "Not ready for a vote yet" not in read(stepped_up(enterer), f"{proposal}vote/")
    sent(stepped_up(enterer), f"{proposal}vote/", vote_answers(signed))
    assert "waits for a second person" in read(Client(), home)
    assert not is_approved(MUGSHOTS, MUGSHOTS, timezone.now())
    effect, rules = decision_on(city.officer)
    assert (effect, "lapd-2021/approved-system" in rules) == ("refuse", True)

    confirming = f"{home}votes/{Vote.objects.get().pk}/confirm/"
    page, _form = refused(stepped_up(enterer), confirming, {})
    assert "A second person confirms a vote: you entered this one." in page.one("main").text
    assert not VoteConfirmation.objects.exists()
    assert "Cy Castillo" in read(stepped_up(member), confirming)
    sent(stepped_up(member), confirming, {})
    page = read(Client(), home)
    assert standing_of(MUGSHOTS).state == State.APPROVED
    for words in ("Approved", "2-1, carried", "Ada Adler", "A report every month."):
        assert words in page
    assert is_approved(MUGSHOTS, MUGSHOTS, timezone.now())
    assert decision_on(city.officer)[0] == "permit"
    page, _form = refused(stepped_up(proposer), confirming, {})
    assert "confirmed already" in page.one("main").text

    halt = {"act": "suspended", "reason": "A stranger was arrested."}
    sent(stepped_up(enterer), f"{home}standing/", halt)
    assert "A stranger was arrested." in read(Client(), home)
    assert not is_approved(MUGSHOTS, MUGSHOTS, timezone.now())
    effect, rules = decision_on(city.officer)
    assert (effect, "lapd-2021/approved-system" in rules) == ("refuse", True)
    sent(stepped_up(enterer), f"{home}standing/", {"act": "reinstated", "reason": "It is mended."})
    assert decision_on(city.officer)[0] == "permit"
    sent(stepped_up(proposer), f"{home}standing/", {"act": "retired", "reason": "Sold."})
    assert standing_of(MUGSHOTS).state == State.RETIRED
    assert decision_on(city.officer)[0] == "refuse"


# Stepped up


@pytest.fixture
def before_vote(town):
    """A drone of which everything is there that must come before a vote: proposal and minutes."""
    acquisition = proposed(town, drone(town))
    return acquisition, ready(town, acquisition).pk


def test_the_acts_that_the_gate_follows_ask_for_the_password(town, before_vote, signed_in):
    vote = voted(town, proposed(town, drone(town, "drone-2")))
    for address in (
        f"{HOME}proposals/{before_vote[0].pk}/vote/",
        f"/technologies/drone-2/votes/{vote.pk}/confirm/",
        f"{HOME}standing/",
    ):
        browser = signed_in(town.colleague)
        assert reverse("account_reauthenticate") in browser.post(address, {}).url
        answer = browser.get(address)
        assert reverse("account_reauthenticate") in answer.url
        assert "This act needs your password again." in read(browser, answer.url)


def test_a_vote_that_took_longer_than_the_password_holds_is_not_lost(town, before_vote, signed_in):
    acquisition, signed = before_vote
    browser = signed_in(town.member)
    address = f"{HOME}proposals/{acquisition.pk}/vote/"
    answer = browser.post(address, vote_answers(signed))
    assert not Vote.objects.exists()
    password = {"password": world.PASSWORD, "next": address}
    assert browser.post(answer.url, password).status_code == 302
    assert Vote.objects.get().ayes == ["Ada Adler", "Bo Brandt"]


@pytest.mark.parametrize("who", ["administrator", "officer", "auditor"])
def test_votes_are_entered_by_the_board_alone(town, before_vote, stepped_up, who):
    acquisition, signed = before_vote
    browser = stepped_up(getattr(town, who))
    address = f"{HOME}proposals/{acquisition.pk}/vote/"
    assert browser.post(address, vote_answers(signed)).status_code == 404
    assert not Vote.objects.exists()


# What is wrong is named, and nothing typed is lost

LATER = timezone.now().year + 1


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"ayes": "", "noes": ""}, {"ayes"}),
        ({"ayes": "Ada\nAda"}, {"ayes"}),
        ({"noes": "Bo Brandt"}, {"noes"}),
        ({"voted_on_year": "26"}, {"voted_on"}),
        ({"voted_on_year": str(LATER)}, {"voted_on"}),
        ({"approved_from_year": "2001"}, {"approved_from"}),
        ({"renewal_due_year": "2001"}, {"renewal_due"}),
        ({"renewal_due_year": ""}, {"renewal_due"}),
        ({"signed_document": ""}, {"signed_document"}),
        ({"signed_document": "999999"}, {"signed_document"}),
        ({"body": "  "}, {"body"}),
    ],
)
def test_a_wrong_vote_names_the_field(town, before_vote, stepped_up, changes, named):
    acquisition, signed = before_vote
    address = f"{HOME}proposals/{acquisition.pk}/vote/"
    page, form = refused(stepped_up(town.member), address, vote_answers(signed, **changes))
    assert set(form.errors) == named
    assert page.one("textarea", name="conditions").text.strip() == "A report every month."
    assert not Vote.objects.exists()


def test_an_empty_vote_is_asked_for_field_by_field(town, before_vote, stepped_up):
    address = f"{HOME}proposals/{before_vote[0].pk}/vote/"
    _page, form = refused(stepped_up(town.member), address, {})
    assert set(form.errors) == {"body", "voted_on", "ayes", "approved_from", "signed_document"}


def test_a_vote_held_before_the_public_was_done_does_not_count(
    town, before_vote, stepped_up, time_machine
):
    acquisition, signed = before_vote
    sent(stepped_up(town.member), "/comment/ask/", question(f"technology-{acquisition.pk}"))
    day = timezone.localdate()
    time_machine.move_to(timezone.now() + timedelta(days=31), tick=True)
    address = f"{HOME}proposals/{acquisition.pk}/vote/"
    early = vote_answers(signed, **day_parts("voted_on", day + timedelta(days=3)))
    page, _form = refused(stepped_up(town.member), address, early)
    assert "the end of the time for public comment" in page.one("main").text
    sent(stepped_up(town.member), address, vote_answers(signed))


def test_votes_of_another_technology_are_not_found(town, before_vote, stepped_up):
    acquisition, signed = before_vote
    vote = voted(town, proposed(town, drone(town, "drone-2")))
    browser = stepped_up(town.colleague)
    assert browser.post(f"{HOME}votes/{vote.pk}/confirm/").status_code == 404
    elsewhere = f"/technologies/drone-2/proposals/{acquisition.pk}/vote/"
    assert browser.post(elsewhere, vote_answers(signed)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"act": ""}, {"act"}),
        ({"act": "sold"}, {"act"}),
        ({"reason": " "}, {"reason"}),
        ({"reason": "x" * 301}, {"reason"}),
    ],
)
def test_a_wrong_change_of_standing_names_the_field(town, stepped_up, changes, named):
    drone(town)
    answers = {"act": "suspended", "reason": "It fell.", **changes}
    page, form = refused(stepped_up(town.member), f"{HOME}standing/", answers)
    assert set(form.errors) == named
    assert page.one("input", name="reason").attrs.get("value", "").strip() == (
        answers["reason"].strip()
    )
    assert not StandingChange.objects.exists()


def test_what_stands_already_is_not_done_again_and_the_department_cannot_halt(town, stepped_up):
    drone(town)
    board, clerk = stepped_up(town.member), stepped_up(town.administrator)
    address = f"{HOME}standing/"
    for browser, act, why in (
        (board, "reinstated", "It is not suspended."),
        (clerk, "suspended", "needs the role board"),
    ):
        page, _form = refused(browser, address, {"act": act, "reason": "It fell."})
        assert why in page.one("main").text
        assert page.one("input", name="reason").attrs["value"] == "It fell."
    assert not StandingChange.objects.exists()
    sent(board, address, {"act": "retired", "reason": "It fell."})
    for act in ("suspended", "retired"):
        page, _form = refused(board, address, {"act": act, "reason": "Again."})
        assert "retired for good" in page.one("main").text


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"personnel": "-1"}, {"personnel"}),
        ({"other": "a lot"}, {"other"}),
        ({"other": "1e400"}, {"other"}),
        ({"other": "NaN"}, {"other"}),
        ({"year": "26"}, {"year"}),
        ({"year": str(LATER)}, {"year"}),
        ({"year": "twenty"}, {"year"}),
        ({"next_funding": ""}, {"next_funding"}),
    ],
)
def test_a_wrong_cost_names_the_field(town, signed_in, changes, named):
    drone(town)
    answers = {**COST, **changes}
    page, form = refused(signed_in(town.administrator), f"{HOME}cost/", answers)
    assert set(form.errors) == named
    for name, typed in answers.items():
        assert page.one("input", name=name).attrs.get("value", "") == typed
    assert not YearlyCost.objects.exists()


def test_a_cost_is_entered_and_corrected_on_the_public_page(town, signed_in):
    drone(town)
    browser = signed_in(town.administrator)
    sent(browser, f"{HOME}cost/", COST)
    sent(browser, f"{HOME}cost/", {**COST, "personnel": "1500"})
    page = read(Client(), HOME)
    assert "$1,520.50" in page
    assert "$1,020.50" not in page
    assert signed_in(town.member).post(f"{HOME}cost/", COST).status_code == 404


def test_a_hearing_announced_after_it_was_held_names_the_field(town, signed_in):
    acquisition = proposed(town, drone(town))
    answers = {
        "body": "City Council",
        **moment_parts("held_at", timezone.now() - timedelta(days=3)),
        "place": "City Hall",
        **day_parts("noticed_on", timezone.localdate()),
    }
    address = f"{HOME}proposals/{acquisition.pk}/hearing/"
    page, form = refused(signed_in(town.member), address, answers)
    assert set(form.errors) == {"noticed_on"}
    assert page.one("input", name="place").attrs["value"] == "City Hall"
    assert not Hearing.objects.exists()


def test_a_file_that_is_no_document_names_the_field(town, signed_in):
    acquisition = proposed(town, drone(town))
    address = f"{HOME}proposals/{acquisition.pk}/document/"
    for data in (b"MZ\x00\x01", b" "):
        answers = {"kind": "other", "file": SimpleUploadedFile("a.pdf", data)}
        _page, form = refused(signed_in(town.administrator), address, answers)
        assert set(form.errors) == {"file"}
    _page, form = refused(signed_in(town.administrator), address, {"kind": "", "file": ""})
    assert set(form.errors) == {"kind", "file"}
    assert not Document.objects.exists()


def test_an_id_that_is_taken_names_the_field(town, signed_in):
    drone(town)
    answers = {
        "name": "Another",
        "slug": "drone-1",
        "kind": "drones",
        "agency": "lapd",
        "vendor": "Skyworks",
        "purpose": "Flies.",
    }
    page, form = refused(signed_in(town.administrator), "/technologies/add/", answers)
    assert set(form.errors) == {"slug"}
    assert page.one("textarea", name="purpose").text.strip() == "Flies."
    assert Technology.objects.count() == 1
