"""The life of an instrument, through the pages."""

import hashlib
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from oversight.ledger.facts import fact_tables, findings_in
from oversight.ledger.models import Entry
from oversight.policy import codes, gate, selectors, services
from oversight.policy import effects as comparing
from oversight.policy.models import Adoption, Proposal
from oversight.policy.presenting import effects
from oversight.policy.services.errors import NotAllowedError
from tests.conftest import acting_as
from tests.policy.web.scene import (
    DIGEST,
    adopted,
    browser_of,
    checked,
    day_parts,
    lawful,
    pack,
    proposed,
    refusals,
    vote,
    vote_answers,
)

pytestmark = pytest.mark.django_db


def test_from_proposal_to_law_through_the_pages(house):
    admin, board = browser_of(house.administrator), browser_of(house.board)
    checked(admin.get(reverse("policy:propose")))
    answer = admin.post(reverse("policy:propose"), {"text": pack(), "note": "Drones."})
    assert answer.status_code == 302, answer.context["form"].errors
    one = Proposal.objects.get()
    checked(admin.get(answer.url))
    checked(board.get(reverse("policy:effect", args=[one.pk])))
    assert "drones-2026/no-drones" not in refusals()

    checked(board.get(reverse("policy:adopt", args=[one.pk])))
    answer = board.post(reverse("policy:adopt", args=[one.pk]), vote_answers())
    assert answer.status_code == 302, answer.context["form"].errors
    adoption = Adoption.objects.get()
    assert adoption.document_digest == f"sha256:{hashlib.sha256(b'signed').hexdigest()}"
    assert adoption.ayes_names == ["Ada Example", "Bo Example"]
    text = checked(board.get(reverse("policy:proposal", args=[one.pk]))).one("main").text
    assert "City Council" in text
    assert "Ada Example" in text
    assert "drones-2026/no-drones" in refusals()
    assert "No drones" in checked(board.get("/rules/drones-2026/no-drones/")).one("main").text
    checked(admin.get(reverse("policy:proposals")))


def test_each_act_has_its_entry_and_nothing_else_has_one(house):
    adopted(house)
    services.suspend_use(person=house.board, reason="A test.")
    services.lift_suspension(person=house.colleague, reason="It is over.")
    slugs = list(
        Entry.objects.filter(kind__gte=200, kind__lt=300)
        .order_by("index")
        .values_list("kind", flat=True)
    )
    assert slugs == [200, 201, 203, 204]
    with acting_as("owner"):
        ours = [table for table in fact_tables() if table.model.startswith("policy.")]
        assert len(ours) == 5
        assert [finding for table in ours for finding in findings_in(table)] == []


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("officer", "proposals"),
        ("officer", "propose"),
        ("board", "propose"),
        ("board", "upload"),
        ("board", "sunset"),
        ("auditor", "propose"),
        ("administrator", "suspend"),
        ("administrator", "replays"),
        ("auditor", "replays"),
        ("officer", "suspend"),
    ],
)
def test_pages_are_for_their_roles(house, who, page):
    browser = browser_of(getattr(house, who))
    assert browser.get(reverse(f"policy:{page}")).status_code == 404
    assert browser.post(reverse(f"policy:{page}"), {}).status_code in (404, 405)


def test_an_administrator_cannot_adopt_nor_an_officer_look(house):
    one = proposed(house)
    address = reverse("policy:adopt", args=[one.pk])
    assert browser_of(house.administrator).post(address, vote_answers()).status_code == 404
    assert (
        browser_of(house.officer).get(reverse("policy:proposal", args=[one.pk])).status_code == 404
    )
    assert not Adoption.objects.exists()


def test_adopting_asks_for_the_password_again(house):
    one = proposed(house)
    browser = browser_of(house.board, stepped_up=False)
    answer = browser.post(reverse("policy:adopt", args=[one.pk]), vote_answers())
    assert answer.status_code == 302
    assert "reauthenticate" in answer.url
    assert not Adoption.objects.exists()


def test_nobody_adopts_what_they_proposed(house):
    one = services.propose_instrument(text=pack(), proposer=house.both)
    answer = browser_of(house.both).post(reverse("policy:adopt", args=[one.pk]), vote_answers())
    checked(answer, 422)
    assert "Adopting takes two people" in answer.content.decode()
    assert not Adoption.objects.exists()


def test_adopted_once_and_no_more(house):
    one = adopted(house)
    with pytest.raises(NotAllowedError, match="already"):
        services.adopt_proposal(proposal=one, adopter=house.colleague, vote=vote())
    assert Adoption.objects.count() == 1


def test_a_lost_vote_adopts_nothing(house):
    one = proposed(house)
    answer = browser_of(house.board).post(
        reverse("policy:adopt", args=[one.pk]),
        vote_answers(ayes="1", noes="2", ayes_names="", noes_names=""),
    )
    checked(answer, 422)
    assert "The vote was lost" in answer.content.decode()
    assert not Adoption.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"ayes": "3"},  # two names
        {"document": "", "document_digest": ""},
        {"document_digest": "ab" * 32},  # not that of the file
        {"document": "", "document_digest": "zz" * 32},
        {"voted_on_year": "2999"},
        {"body": " "},
        {"noes": "-1"},
    ],
)
def test_a_vote_that_is_not_whole_is_asked_for_again(house, changes):
    one = proposed(house)
    answer = browser_of(house.board).post(
        reverse("policy:adopt", args=[one.pk]), vote_answers(**changes)
    )
    checked(answer, 422)
    assert not Adoption.objects.exists()


def test_a_digest_serves_as_well_as_the_file(house):
    one = proposed(house)
    changes = {"document": "", "document_digest": "AB" * 32}
    answer = browser_of(house.board).post(
        reverse("policy:adopt", args=[one.pk]), vote_answers(**changes)
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert Adoption.objects.get().document_digest == DIGEST


def test_a_successor_keeps_the_past_as_it_was(house):
    today = timezone.localdate()
    yesterday = (today - timedelta(days=1)).isoformat()
    before = gate.decide_request(lawful("body_worn", day=yesterday))
    moment = timezone.now()
    amended = (gate.PACKS / "lapd-2021.toml").read_text()
    amended = amended.replace(
        "in_force_from = 2021-01-12", f"in_force_from = {today.isoformat()}"
    ).replace("The image comes from a body-worn or in-car camera.", "No officers' cameras.")
    one = adopted(house, amended)
    found = gate.catalogue().instrument("lapd-2021")
    versions = [rule for rule in found.rules if rule.id == "lapd-2021/officer-camera"]
    assert [rule.in_force_until for rule in versions] == [today, None]
    messages = {r.message for r in gate.decide_request(lawful("body_worn")).reasons}
    assert any(message.startswith("No officers' cameras.") for message in messages)
    again = gate.decide_request(lawful("body_worn", day=yesterday))
    assert (again.effect, again.reasons) == (before.effect, before.reasons)
    assert gate.decide_as_known(lawful("body_worn", day=yesterday), moment) == before
    page = checked(browser_of(house.officer).get("/rules/lapd-2021/officer-camera/"))
    assert "No officers' cameras." in page.one("main").text
    assert page.all("del")
    assert f"sha256:{hashlib.sha256(amended.encode()).hexdigest()}" == one.digest


def test_one_instrument_takes_the_place_of_another(house):
    adopted(house, replaces="lapd-2021")
    assert "lapd-2021/officer-camera" not in refusals("body_worn")
    assert "drones-2026/no-drones" in refusals("drone")
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert "lapd-2021/officer-camera" in refusals("body_worn", day=yesterday)


def test_an_end_is_voted_on_like_a_beginning(house):
    admin, board = browser_of(house.administrator), browser_of(house.board)
    soon = timezone.localdate() + timedelta(days=10)
    checked(admin.get(reverse("policy:sunset")))
    answer = admin.post(
        reverse("policy:sunset"), {"slug": "lapd-2021", **day_parts("ends_on", soon)}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    one = Proposal.objects.get()
    checked(board.get(reverse("policy:effect", args=[one.pk])))
    assert board.post(reverse("policy:adopt", args=[one.pk]), vote_answers()).status_code == 302
    assert "lapd-2021/officer-camera" in refusals("body_worn")
    assert "lapd-2021/officer-camera" not in refusals("body_worn", day=soon.isoformat())
    text = checked(admin.get("/rules/lapd-2021/")).one("main").text
    assert "and no longer from" in text


def test_a_proposal_overtaken_by_another_adoption_is_checked_again(house):
    one = proposed(house, pack(slug="first"))
    other = proposed(house, pack(slug="second"), replaces="lapd-2021")
    services.adopt_proposal(proposal=other, adopter=house.board, vote=vote())
    services.adopt_proposal(proposal=one, adopter=house.board, vote=vote())
    assert {"first/no-drones", "second/no-drones"} <= refusals("drone")


def test_what_a_transaction_takes_back_was_never_law(house):
    one = proposed(house)
    with transaction.atomic():
        services.adopt_proposal(proposal=one, adopter=house.board, vote=vote())
        assert "drones-2026/no-drones" in refusals()
        transaction.set_rollback(True)
    assert "drones-2026/no-drones" not in refusals()
    assert selectors.proposals().count() == 1


def effect_page(browser, proposal):
    """The page of effects once everything has been tried."""
    for _ in range(60):
        answer = browser.get(reverse("policy:effect", args=[proposal.pk]))
        checked(answer)
        if "trying" not in answer.context:
            return answer
    raise AssertionError("it does not come to an end")


def test_an_effect_is_told_in_requests_and_rules(house):
    answer = effect_page(browser_of(house.board), proposed(house))
    (effect,) = answer.context["effects"]
    assert effect.agency == "Los Angeles Police Department"
    labels = [change.label for change in effect.changes]
    assert labels == ["Refused from then on", "Refused for other reasons"]
    assert effect.changes[0].examples[0].words == "Drone"
    assert [rule for rule, _ in effect.by_rule] == ["drones-2026/no-drones"]
    values = dict(answer.context["values"])
    assert values["Where the image comes from"] == len(codes.PROBE_SOURCES)
    (case,) = answer.context["cases"]
    assert (case.name, case.after) == ("a drone", "refused by drones-2026/no-drones")
    assert answer.context["same"] == 1


def test_trying_goes_on_where_the_last_page_left_off(house, monkeypatch):
    monkeypatch.setattr(effects, "_AT_ONCE_SECONDS", 0.0)
    monkeypatch.setattr(comparing, "VARIATIONS", comparing.VARIATIONS[:3])
    one, browser = proposed(house), browser_of(house.board)
    address = reverse("policy:effect", args=[one.pk])
    first = browser.get(address, headers={"HX-Request": "true"})
    total = first.context["trying"].total
    assert 2 < total < 60
    assert f"Tried 1 of {total} requests" in first.content.decode()
    assert "<html" not in first.content.decode()
    checked(browser.get(address))
    (effect,) = effect_page(browser, one).context["effects"]
    assert effect.summary.startswith(f"Of {total} requests tried")


def test_what_is_only_required_or_owed_is_a_change_too(house):
    text = (
        pack()
        .replace("forbid (principal", "permit (principal")
        .replace('remedy = "Use another image."', 'requires = "two_examiners"')
    )
    answer = effect_page(browser_of(house.board), proposed(house, text))
    (effect,) = answer.context["effects"]
    (change,) = effect.changes
    assert change.label == "Not refused, but more or less is required or owed"
    assert change.examples[0].words == "Drone"
    assert "drones-2026/no-drones" in change.examples[0].after


def test_a_decision_costs_one_query_more(house, django_assert_num_queries):
    adopted(house)
    gate.decide_request(lawful("drone"))
    gate.catalogue()
    with django_assert_num_queries(1):
        gate.decide_request(lawful("drone"))
    with django_assert_num_queries(1):
        gate.catalogue()
