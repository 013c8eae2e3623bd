"""The decision document: its form, who is bound on which day, what is needed and owed."""

import json
import os
import random
import subprocess
import sys
from datetime import datetime

import pytest

from oversight.policy.gate import UnknownPackError, catalogue, decide_request
from tests.policy.documents import EXIGENCY, SUPERVISOR, WARRANT, acquisition, facts, receipt


def packs_of(document):
    return {check.rule.partition("/")[0] for check in decide_request(document).checked}


def test_the_document_has_the_form_of_the_contract():
    document = decide_request(facts(probe__source="body_worn")).as_json()
    assert list(document) == [
        *("effect", "reasons", "duties", "requires", "checked"),
        *("policy_set", "facts", "engine", "at"),
    ]
    assert document["effect"] == "refuse"
    assert document["reasons"] == [
        {
            "rule": "lapd-2021/officer-camera",
            "safeguard": "R14",
            "instrument": "lapd-2021",
            "citation": "LAPD policy on photo comparison technology, prohibited uses "
            "(12 January 2021)",
            "message": "The image comes from a body-worn or in-car camera. "
            "Such images may not be searched.",
            "remedy": "Use an image from another lawful source.",
        }
    ]
    assert document["requires"] == []
    assert document["at"] == "2026-03-02T14:05:00-08:00"
    assert document["policy_set"].startswith("sha256:")
    assert {"rule": "lapd-2021/officer-camera", "safeguard": "R14", "outcome": "violated"} in (
        document["checked"]
    )
    json.dumps(document)


def test_a_permit_names_what_the_search_needs():
    decision = decide_request(facts())
    assert decision.permits
    assert decision.reasons == ()
    assert decision.requires == ("supervisor_sign_off", "two_examiners", "corroboration")
    outcomes = {check.rule: check.outcome for check in decision.checked}
    assert outcomes["lapd-2021/officer-camera"] == "satisfied"
    assert outcomes["lapd-2021/outside-agencies"] == "not_applicable"
    assert outcomes["house/two-examiners"] == "satisfied"


def test_an_outside_requester_signs_the_form_of_the_county():
    decision = decide_request(facts(agency="lasd", on_behalf_of="hennepin-sheriff"))
    assert "outside_request_form" in decision.requires


@pytest.mark.parametrize(
    ("agency", "at", "packs"),
    [
        ("lapd", "2026-03-02T12:00:00-08:00", {"house", "lapd-2021", "lacris-member"}),
        ("lapd", "2022-06-01T12:00:00-07:00",
         {"house", "lapd-2021", "lacris-member", "ca-ab1215-2019"}),
        ("lasd", "2026-03-02T12:00:00-08:00", {"house", "lacris-member"}),
        ("lapd", "2018-03-02T12:00:00-08:00", {"house"}),
        ("sfpd", "2026-03-02T12:00:00-08:00", {"house", "sf-19b-2019"}),
        ("mpd", "2026-03-02T12:00:00-06:00", {"house", "minneapolis-41"}),
        ("hennepin-sheriff", "2026-03-02T12:00:00-06:00", {"house"}),
        ("boston-pd", "2026-03-02T12:00:00-05:00", {"house", "boston-16-62"}),
        ("portland-pb", "2026-03-02T12:00:00-08:00", {"house", "portland-2020"}),
        ("dpd", "2026-03-02T12:00:00-05:00", {"house", "detroit-307.5"}),
        ("nopd", "2026-03-02T12:00:00-06:00", {"house", "nola-147-2022"}),
        ("baltimore-pd", "2026-03-02T12:00:00-05:00", {"house", "maryland-2-503"}),
        ("billings-pd", "2026-03-02T12:00:00-07:00", {"house", "montana-44-15"}),
        ("seattle-pd", "2026-03-02T12:00:00-08:00", {"house", "washington-43.386"}),
        ("richmond-pd", "2026-03-02T12:00:00-05:00", {"house", "va-2022"}),
        ("milwaukee-pd", "2026-03-02T12:00:00-06:00", {"house"}),
    ],
)  # fmt: skip
def test_an_agency_is_bound_by_the_governments_it_is_within(agency, at, packs):
    assert packs_of(facts(agency=agency, at=at)) == packs


def test_every_agency_of_the_contract_is_known():
    assert set(catalogue().agencies) == {
        *("lapd", "lasd", "glendale-pd", "sfpd", "mpd", "hennepin-sheriff", "boston-pd"),
        *("portland-pb", "dpd", "nopd", "baltimore-pd", "billings-pd", "seattle-pd"),
        *("richmond-pd", "milwaukee-pd"),
    }


def test_who_asks_is_bound_as_well_as_who_searches():
    asked = facts(agency="hennepin-sheriff", on_behalf_of="mpd")
    assert packs_of(asked) == {"house", "minneapolis-41"}
    assert decide_request(asked).safeguards == {"R01", "R09"}
    assert decide_request(facts(agency="hennepin-sheriff")).permits


def test_a_body_worn_probe_before_and_after_the_sunset_of_the_moratorium():
    def decided(at):
        trained = {
            "requester__training__completed_on": at[:10],
            "requester__training__expires_on": "2024-01-01",
        }
        return decide_request(facts(at=at, probe__source="body_worn", **trained))

    during, after = decided("2022-06-01T12:00:00-07:00"), decided("2023-01-02T12:00:00-08:00")
    assert {reason.instrument for reason in during.reasons} == {"ca-ab1215-2019", "lapd-2021"}
    assert {reason.instrument for reason in after.reasons} == {"lapd-2021"}
    assert during.policy_set != after.policy_set


def test_the_legal_day_is_that_of_the_agency():
    # The first hours of 2023 in Greenwich are still 2022 in California.
    assert "ca-ab1215-2019" in packs_of(facts(at="2023-01-01T07:59:00Z"))
    assert "ca-ab1215-2019" not in packs_of(facts(at="2023-01-01T08:00:00Z"))


def test_house_applies_at_every_date_and_whatever_is_asked_for():
    for at in ("1000-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "9000-12-31T23:59:59-12:00"):
        rules = {check.rule for check in decide_request(facts(at=at), ["eu-post-rbi"]).checked}
        assert "house/training-current" in rules


def test_a_pack_asked_for_applies_whether_or_not_it_binds():
    assert decide_request(facts(agency="lapd"), ["minneapolis-41"]).safeguards == {"R01"}
    assert decide_request(facts(agency="mpd"), []).permits


def test_an_unknown_pack_is_named():
    with pytest.raises(UnknownPackError, match=r"sf-19b.*Use one of"):
        decide_request(facts(), ["sf-19b"])


def test_strictest_wins_across_packs():
    document = facts(probe__source="body_worn", offence=None)
    decision = decide_request(document, ["lapd-2021", "detroit-307.5"])
    assert decision.safeguards == {"R14", "R03"}


def test_an_emergency_is_reported_within_48_hours_on_the_agencys_clock():
    document = facts(at="2026-03-06T09:00:00-08:00",
                     exigency={**EXIGENCY, "started_at": "2026-03-06T18:30:00+01:00"})  # fmt: skip
    (duty,) = decide_request(document).duties
    assert (duty.kind, duty.rule) == ("after_report", "house/exigency-report")
    # The clocks go forward on 8 March: 48 hours that have passed, not two days on the wall.
    assert duty.due == "2026-03-08T10:30:00-07:00"


def test_duties_of_maryland_and_detroit():
    owed = {duty.kind: duty.due for duty in decide_request(facts(agency="baltimore-pd")).duties}
    assert owed == {"audit": "2026-10-01T00:00:00-04:00", "disclosure": None}
    refused = decide_request(facts(agency="dpd", protected_basis=True))
    assert refused.safeguards == {"R06"}
    assert [(duty.kind, duty.due) for duty in refused.duties] == [
        ("notice", "2026-03-03T17:05:00-05:00")
    ]
    assert refused.requires == ()


def test_duties_of_the_european_regulation():
    urgent = {**EXIGENCY, "started_at": "2028-03-02T10:00:00-08:00"}
    document = facts(
        at="2028-03-02T14:05:00-08:00",
        requester__training__expires_on="2029-01-01",
        exigency=urgent,
    )
    due = {d.kind: d.due for d in decide_request(document, ["eu-post-rbi"]).duties}
    assert due["authorisation_request"] == "2028-03-04T10:00:00-08:00"
    assert due["keep_logs"] == "2028-09-02T14:05:00-07:00"
    assert due["purge"] is None


def test_detroit_needs_no_lineup_since_the_settlement():
    before = facts(agency="dpd", at="2024-06-27T12:00:00-04:00",
                   requester__training__completed_on="2024-01-01")  # fmt: skip
    since = {**before, "at": "2024-06-28T12:00:00-04:00"}
    assert "no_lineup_without_independent_evidence" not in decide_request(before).requires
    assert "no_lineup_without_independent_evidence" in decide_request(since).requires


def test_each_action_is_decided_anew():
    signed = {"approvals": [SUPERVISOR]}
    assert decide_request(facts(action="approve", **signed)).permits
    assert decide_request(facts(action="run", **signed)).permits
    late = facts(action="view", at="2026-09-15T00:00:00-07:00", **signed)
    assert decide_request(late).safeguards == {"R25"}


def test_an_approval_that_is_dated_later_does_not_count_yet():
    later = {**SUPERVISOR, "at": "2026-03-02T14:05:01-08:00"}
    assert decide_request(facts(action="run", approvals=[later])).safeguards == {"R26"}


def test_a_receipt_needs_examiners_and_corroboration_and_no_sign_off():
    assert decide_request(receipt()).requires == ("two_examiners", "corroboration")
    assert decide_request(acquisition()).requires == ()
    device = {**acquisition(), "agency": "sfpd", "exception": "device_unlock"}
    assert decide_request(device).requires == ("written_findings",)


def test_order_of_keys_and_packs_changes_nothing():
    document = facts(probe__source="body_worn", authority=WARRANT)
    packs = ["lapd-2021", "maryland-2-503", "boston-16-62"]
    expected = decide_request(document, packs)
    for seed in range(5):
        order = random.Random(seed)
        keys = list(document)
        order.shuffle(keys)
        order.shuffle(packs)
        assert decide_request({key: document[key] for key in keys}, packs) == expected


def test_a_decision_is_the_same_in_another_process():
    """Stored facts decided again, with other hash seeds and in another time zone, are equal."""
    document = facts(probe__source="body_worn", capture_context=["protest", "school"])
    code = (
        "import json, sys; from oversight.policy.gate import decide_request;"
        "print(json.dumps(decide_request(json.load(sys.stdin)).as_json()))"
    )
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "UTC")):
        again = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(document),
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        )
        assert json.loads(again.stdout) == decide_request(document).as_json()


def test_reasons_are_in_the_order_of_their_rules():
    reasons = decide_request(facts(probe__source="body_worn", purpose="personal")).reasons
    assert [reason.rule for reason in reasons] == sorted(reason.rule for reason in reasons)


def test_due_dates_are_rfc_3339():
    for duty in decide_request(facts(agency="baltimore-pd", exigency=EXIGENCY)).duties:
        if duty.due:
            assert datetime.fromisoformat(duty.due).utcoffset() is not None
