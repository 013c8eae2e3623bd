"""The preview says what is certain already, and never more."""

import time

import pytest

from oversight.policy.gate import FactsError, decide_request, preview_request
from tests.policy.documents import WARRANT, facts

START = {"at": "2026-03-02T14:05:00-08:00", "agency": "lapd"}


def rules(preview):
    return [reason.rule for reason in preview.reasons]


def test_nothing_answered_is_nothing_refused():
    preview = preview_request(START)
    assert preview.reasons == ()
    awaited = {undecided.rule: undecided.awaits for undecided in preview.undecided}
    assert awaited["lapd-2021/officer-camera"] == ("probe", "probe.source")
    assert "lapd-2021/purpose" not in preview.satisfied


def test_half_an_answer_is_judged_as_far_as_it_goes():
    preview = preview_request({**START, "probe": {"source": "body_worn"}})
    assert rules(preview) == ["lapd-2021/officer-camera"]
    assert preview.reasons[0].remedy == "Use an image from another lawful source."


def test_a_rule_waits_until_every_fact_it_reads_is_there():
    half = {**START, "capture_context": ["protest"], "protected_basis": False}
    assert rules(preview_request(half)) == []
    whole = {**half, "suspicion_specific": False}
    assert rules(preview_request(whole)) == ["lacris-member/protected-activity"]


def test_null_is_an_answer():
    montana = {**START, "agency": "billings-pd", "authority": None}
    assert rules(preview_request(montana)) == []
    assert rules(preview_request({**montana, "exigency": None})) == ["montana-44-15/warrant"]
    with_warrant = {**START, "agency": "billings-pd", "authority": WARRANT, "exigency": None}
    assert "montana-44-15/warrant" in preview_request(with_warrant).satisfied


def test_a_wrong_code_is_still_wrong():
    with pytest.raises(FactsError, match=r"probe\.source"):
        preview_request({**START, "probe": {"source": "helmet"}})
    with pytest.raises(FactsError, match="agency"):
        preview_request({"at": START["at"]})


def test_everything_answered_is_the_decision():
    for changes in ({}, {"probe__source": "in_car"}, {"predicate__level": "none"}):
        document = facts(**changes)
        preview, decision = preview_request(document), decide_request(document)
        assert preview.undecided == ()
        assert preview.reasons == decision.reasons
        assert preview.policy_set == decision.policy_set


def test_what_is_needed_is_told_from_the_start():
    assert preview_request(START).requires == (
        "supervisor_sign_off",
        "two_examiners",
        "corroboration",
    )


def test_a_preview_takes_less_than_20_milliseconds():
    document = facts()
    preview_request(document)
    taken = []
    for _ in range(50):
        start = time.perf_counter()
        preview_request(document)
        taken.append(time.perf_counter() - start)
    assert sorted(taken)[25] < 0.020
