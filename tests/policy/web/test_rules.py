"""The rules in public: every one is shown whole, found, and says how it stands."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from oversight.policy import figures, gate
from oversight.policy.copies import copy_named
from oversight.policy.engine.catalogue import catalogue_of
from oversight.policy.figures import Refusals, published_refusals, register_refusals
from oversight.policy.presenting.lawbook import rule_url
from oversight.policy.presenting.safeguards import SAFEGUARDS
from oversight.policy.presenting.versions import versions_of
from oversight.policy.views import rules as pages
from tests.interface.markup import Page, faults

pytestmark = pytest.mark.django_db

ADDRESS = "/rules/"
FOUND = catalogue_of(gate.load_policy().library)


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    page = Page(answer.content.decode())
    assert faults(page) == []
    return " ".join(page.one("main").text.split())


def test_the_front_names_every_city_and_every_safeguard(client):
    text = text_of(client.get(ADDRESS))
    found = gate.catalogue()
    for agency in found.agencies.values():
        assert agency.name in text
    for number in found.by_safeguard():
        assert f"{number} " in text
    for instrument in found.instruments:
        assert instrument.title in text


def test_every_safeguard_that_a_rule_serves_has_a_name():
    assert set(gate.catalogue().by_safeguard()) <= set(SAFEGUARDS)


def test_an_agency_without_a_local_instrument_is_not_said_to_be_free(client):
    page = Page(client.get(ADDRESS).content.decode())
    (milwaukee,) = (each for each in page.all("li") if "Milwaukee" in each.text and each.within)
    assert "The rules that this system keeps in every city apply" in milwaukee.text


@pytest.mark.parametrize("instrument", FOUND.instruments, ids=lambda one: one.slug)
def test_every_instrument_has_its_page(client, instrument):
    text = text_of(client.get(f"/rules/{instrument.slug}/"))
    for shown in (instrument.summary, instrument.citation, instrument.adopted):
        assert " ".join(shown.split()) in text
    for rule in instrument.rules:
        assert rule.title in text


@pytest.mark.parametrize("rule", FOUND.rules.values(), ids=lambda rule: rule.id)
def test_every_rule_is_shown_whole(client, rule):
    text = text_of(client.get(f"/rules/{rule.id}/"))
    for shown in (rule.message, rule.remedy or "", rule.citation, rule.cedar, rule.id):
        assert " ".join(shown.split()) in text
    for case in (*rule.must, *rule.must_not):
        assert case.name in text
    for mark in rule.sources:
        assert copy_named(mark) in text
    words = {"S": "Read in a public copy", "K": "Unverified", "?": "Sources conflict"}
    assert words[rule.evidence] in text
    assert "Last verified" in text
    assert "Not yet published" in text


def test_what_is_published_of_refusals_is_shown_and_a_withheld_count_stays_withheld(
    client, monkeypatch
):
    monkeypatch.setattr(figures, "_sources", [])
    counts = {"lapd-2021/officer-camera": 1284, "lapd-2021/purpose": None}
    register_refusals(
        lambda rule: Refusals(counts[rule], "2026", "/reports/3/") if rule in counts else None
    )
    assert "1,284 · 2026" in text_of(client.get("/rules/lapd-2021/officer-camera/"))
    assert "fewer than 5 · 2026" in text_of(client.get("/rules/lapd-2021/purpose/"))
    assert "Not yet published" in text_of(client.get("/rules/lapd-2021/no-live-video/"))
    assert published_refusals("nobody/nothing") is None


def test_a_sunset_instrument_says_when_it_ended(client):
    for page in ("ca-ab1215-2019/", "ca-ab1215-2019/officer-camera/"):
        text = text_of(client.get(ADDRESS + page))
        assert "No longer in force" in text
        assert "It stopped applying on January 1, 2023" in text


def test_a_ban_leads_to_the_exceptions_that_its_instrument_names(client):
    page = Page(client.get("/rules/minneapolis-41/ban/").content.decode())
    (link,) = (one for one in page.all("a") if "Exceptions" in one.text)
    address, _hash, place = link.attrs["href"].partition("#")
    assert Page(client.get(address).content.decode()).one("h2", id=place)
    assert "Exceptions" not in text_of(client.get("/rules/lapd-2021/purpose/"))


@pytest.mark.parametrize("pack", ["sf-19b-2019", "va-2022"])
def test_contested_law_says_why_it_awaits_counsel(client, pack):
    one = gate.catalogue().instrument(pack)
    assert one.awaits_counsel
    for page in (f"{pack}/", f"{one.rules[0].id}/"):
        text = text_of(client.get(ADDRESS + page))
        assert "Contested: the rules refuse until lawyers have answered" in text
        assert one.awaits_counsel in text


def test_a_proposal_is_never_said_to_be_in_force(client):
    text = text_of(client.get("/rules/federal-moratorium-bill/"))
    assert "A proposal, never in force" in text
    assert "Never: a proposal" in text


@pytest.mark.parametrize(
    "address",
    [
        "/rules/no-such-pack/",
        "/rules/lapd-2021/no-such-rule/",
        "/rules/gate/no-rule/",
        "/rules/lapd-2021/officer-camera/more/",
        "/rules/..%2f..%2fetc/",
        "/rules/%00/",
        "/rules/%3Cscript%3E/",
        f"/rules/{'x' * 3000}/",
    ],
)
def test_an_unknown_rule_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_rules_are_found_by_words_city_safeguard_and_evidence(client):
    def found(**filters):
        answer = client.get(ADDRESS, filters)
        assert faults(Page(answer.content.decode())) == []
        return {row.rule.id for row in answer.context["table"].ordered}

    every = gate.catalogue().rules
    assert "lapd-2021/officer-camera" in found(words="body-worn CAMERA")
    assert found(safeguard="R14") == {i for i, rule in every.items() if rule.safeguard == "R14"}
    assert found(evidence="K") == {i for i, rule in every.items() if rule.evidence == "K"}
    here = {rule.partition("/")[0] for rule in found(agency="lapd")}
    assert {"house", "lapd-2021", "lacris-member", "ca-ab1215-2019"} <= here
    assert here.isdisjoint({"boston-16-62", "vendor-moratoria", "va-2022"})
    assert found(words="no rule says this") == set()


@pytest.mark.parametrize(
    "filters",
    [
        {"agency": "atlantis-pd"},
        {"safeguard": "R99"},
        {"words": "x" * 500},
        {"words": "<script>alert(1)</script>"},
        {"evidence": "'; DROP TABLE policy_rule; --"},
    ],
)
def test_odd_filters_find_nothing_and_break_nothing(client, filters):
    answer = client.get(ADDRESS, filters)
    assert answer.status_code == 200
    assert answer.context["table"].count == 0
    assert "<script>alert" not in answer.content.decode()


def test_what_was_found_can_be_downloaded_and_sorted(client):
    answer = client.get(ADDRESS, {"agency": "lapd", "format": "csv", "sort": "safeguard"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "Rule,Instrument,Safeguard,Standing,Evidence,Source"
    assert len(lines) > 20


def test_versions_of_a_rule_say_what_changed():
    instrument = gate.catalogue().instrument("lapd-2021")
    rule = next(each for each in instrument.rules if each.id.endswith("officer-camera"))
    ends = date(2027, 1, 1)
    later = replace(
        rule, message="Drones as well.", cedar=rule.cedar + "\n// drones", in_force_from=ends
    )
    both = replace(instrument, rules=(replace(rule, in_force_until=ends), later))
    newest, oldest = versions_of(both, "officer-camera")
    assert oldest.first
    assert not newest.first
    assert [(str(c.label), c.after) for c in newest.changes] == [("Message", "Drones as well.")]
    assert [line.text for line in newest.lines if line.mark == "+"] == ["// drones"]
    assert "January 1, 2027" in oldest.span


def test_a_changed_rule_shows_its_history_and_the_version_in_force(client, monkeypatch):
    found = gate.catalogue()
    instrument = found.instrument("lapd-2021")
    rule = next(each for each in instrument.rules if each.id.endswith("officer-camera"))
    ends = date(2100, 1, 1)
    later = replace(rule, message="Drones <b>as well</b>.", in_force_from=ends)
    amended = replace(instrument, rules=(replace(rule, in_force_until=ends), later))
    others = tuple(one for one in found.instruments if one.slug != "lapd-2021")
    changed = replace(found, instruments=(*others, amended))
    monkeypatch.setattr(pages.gate, "catalogue", lambda: changed)
    answer = client.get("/rules/lapd-2021/officer-camera/")
    assert answer.context["rule"].message == rule.message
    text = text_of(answer)
    assert "Drones <b>as well</b>." in text
    assert "<b>as well" not in answer.content.decode()
    assert "First version on record" in text


def test_the_rules_need_no_query_of_a_case(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get(ADDRESS)
    with django_assert_max_num_queries(2):
        client.get("/rules/lapd-2021/officer-camera/")


def test_every_reason_of_the_gate_has_an_address_or_is_the_gates_own():
    assert rule_url("gate/no-rule") == ""
    assert rule_url("lapd-2021/purpose") == reverse("policy:rule", args=["lapd-2021", "purpose"])
