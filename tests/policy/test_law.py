"""The law, row by row: the gate refuses for these reasons and for no others."""

import json

import pytest

from oversight.policy import gate
from oversight.policy.engine.cases import case_document
from oversight.policy.engine.decide import decide
from oversight.policy.engine.facts import read_facts
from oversight.policy.engine.policyset import Policy, PolicySet, Trial
from tests.policy.law import ROWS, Row

CATALOGUE = gate.catalogue()
CASES = [
    pytest.param(instrument, rule, case, meets, id=f"{rule.id}: {case.name}")
    for instrument in CATALOGUE.instruments
    for rule in instrument.rules
    for meets, cases in ((True, rule.must), (False, rule.must_not))
    for case in cases
]


def name_of(row: Row) -> str:
    return f"{row.pack}: {', '.join(sorted(row.rules)) or 'permitted'}"


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_the_gate_refuses_for_exactly_these_rules(row):
    decision = gate.decide_request(row.facts, [row.pack])
    assert {reason.rule for reason in decision.reasons} == row.rules
    assert decision.effect == ("refuse" if row.rules else "permit")


@pytest.mark.parametrize(("instrument", "rule", "case", "meets"), CASES)
def test_every_rule_meets_its_cases_and_no_other(instrument, rule, case, meets):
    document = case_document(gate.load_policy().library.base, instrument, case)
    decision = gate.decide_request(document, [instrument.slug])
    in_force = {check.rule: check.outcome for check in decision.checked}
    if rule.id not in in_force:
        # A proposal is never in force; a rule may have ended, or not have begun, on that day.
        assert instrument.status == "proposed"
        return
    if rule.effect == "forbid":
        assert (in_force[rule.id] == "violated") is meets
    elif decision.permits or rule.occasion == "refusal":
        assert (in_force[rule.id] == "satisfied") is meets


def forbids() -> list[str]:
    return [rule.id for rule in CATALOGUE.rules.values() if rule.effect == "forbid"]


def decided_without(removed: str, row: Row) -> set[str]:
    policy: Policy = gate.load_policy()
    facts = read_facts(row.facts, policy.library.reference)
    bound = policy.bind(facts, [row.pack])
    kept = tuple(rule for rule in bound.rules if rule.id != removed)
    decision = decide(facts, PolicySet(kept, bound.permits, bound.world))
    return {reason.rule for reason in decision.reasons}


@pytest.mark.parametrize("removed", [rule for rule in forbids() if "moratorium-bill" not in rule])
def test_without_any_one_prohibition_the_law_above_is_broken(removed):
    rows = [row for row in ROWS if removed in row.rules]
    assert any(decided_without(removed, row) != row.rules for row in rows), f"no row for {removed}"


def test_every_refusal_names_citation_message_and_safeguard():
    for row in ROWS:
        for reason in gate.decide_request(row.facts, [row.pack]).reasons:
            assert reason.citation
            assert reason.message
            assert reason.safeguard in gate.catalogue().by_safeguard()


def test_the_proposal_would_refuse_every_search_if_it_were_adopted():
    policy = gate.load_policy()
    proposal = policy.library.instruments["federal-moratorium-bill"]
    facts = read_facts(ROWS[0].facts, policy.library.reference)
    decision = decide(facts, policy.bind(facts, trial=Trial(begins=proposal)))
    assert [reason.rule for reason in decision.reasons] == ["federal-moratorium-bill/moratorium"]


def test_decisions_hold_nothing_but_json():
    for row in ROWS:
        document = gate.decide_request(row.facts, [row.pack]).as_json()
        assert json.loads(json.dumps(document)) == document
