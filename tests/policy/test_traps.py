"""Six ways in which bare Cedar fails open, each shown to be there, and shown to be closed."""

from dataclasses import replace

import cedarpy
import pytest

from oversight.policy import gate
from oversight.policy.engine import cedar
from oversight.policy.engine.decide import decide, judge
from oversight.policy.engine.facts import FactsError, read_facts
from oversight.policy.engine.packs import PackError
from oversight.policy.engine.policyset import PolicySet
from oversight.policy.engine.request import cedar_request
from oversight.policy.engine.selftest import check_instrument
from oversight.policy.engine.texts import check_text
from tests.policy.documents import facts

PERMIT = "permit (principal, action, resource);"


@pytest.fixture(scope="module")
def policy():
    return gate.load_policy()


@pytest.fixture
def bound(policy):
    checked = read_facts(facts(probe__source="body_worn"), policy.library.reference)
    return policy.bind(checked)


@pytest.fixture
def request_(policy):
    return cedar_request(read_facts(facts(probe__source="body_worn"), policy.library.reference))


def bare(text, request, entities="[]", schema=None):
    return cedarpy.is_authorized(request, PERMIT + text, entities, schema).decision.name


SIMPLE = {"principal": 'Agency::"lapd"', "action": 'Action::"run"', "resource": 'Use::"x"'}


def test_1_a_resource_that_is_not_in_the_store(policy, bound, request_):
    request = {**SIMPLE, "context": {}}
    assert (
        bare("forbid (principal, action, resource) when { resource.banned };", request) == "Allow"
    )

    request_["resource"] = {"type": "Use", "id": "somewhere-else"}
    assert judge(request_, bound).failure.rule == "gate/evaluation-error"


def test_2_an_attribute_that_refers_to_an_entity_that_is_not_in_the_store(policy, bound, request_):
    request = {**SIMPLE, "context": {"asked_by": {"__entity": {"type": "Agency", "id": "ghost"}}}}
    text = "forbid (principal, action, resource) when { context.asked_by.banned };"
    assert bare(text, request) == "Allow"

    with pytest.raises(FactsError, match="on_behalf_of"):
        gate.decide_request(facts(on_behalf_of="ghost"))
    with pytest.raises(PackError, match=r"unknown Government, “san-fransisco”"):
        check_text(
            'forbid (principal in Government::"san-fransisco", action, resource);',
            "forbid",
            "a rule",
            policy.world,
            policy.library.reference,
        )


def test_3_an_unknown_member_of_a_vocabulary(policy, bound, request_):
    request = {**SIMPLE, "context": {"source": {"__entity": {"type": "Source", "id": "BODY"}}}}
    text = 'forbid (principal, action, resource) when { context.source == Source::"body_worn" };'
    assert bare(text, request) == "Allow"

    request_["context"]["probe"]["source"]["id"] = "BODY-WORN"
    assert judge(request_, bound).failure.rule == "gate/evaluation-error"
    with pytest.raises(FactsError, match=r"probe\.source"):
        gate.decide_request(facts(probe__source="BODY-WORN"))
    with pytest.raises(PackError, match="not declared as a valid eid"):
        check_text(
            'forbid (principal, action in Action::"search", resource) '
            'when { context.probe.source == Source::"body-worn" };',
            "forbid",
            "a rule",
            policy.world,
            policy.library.reference,
        )


def test_4_entities_that_were_parsed_without_the_schema(policy, bound, request_):
    unschooled = cedarpy.Entities.from_json_str("[]")
    text = 'forbid (principal, action in Action::"search", resource);'
    compiled = cedar.compile_policies(
        {"permit": cedar.parse_policy(PERMIT), "forbid": cedar.parse_policy(text)}
    )
    careless = cedarpy.is_authorized(request_, compiled, unschooled, policy.world.schema)
    assert careless.decision.name == "Allow"

    assert not cedar.evaluate(request_, compiled, policy.world).allowed


def test_5_a_context_key_that_is_missing(policy, bound, request_):
    text = "forbid (principal, action, resource) when { context.live };"
    assert bare(text, {**SIMPLE, "context": {}}) == "Allow"

    del request_["context"]["probe"]
    assert judge(request_, bound).failure.rule == "gate/evaluation-error"
    document = facts()
    del document["probe"]
    with pytest.raises(FactsError, match="probe"):
        gate.decide_request(document)


def test_6_arithmetic_that_overflows(policy):
    text = "forbid (principal, action, resource) when { context.faces * context.faces > 0 };"
    assert bare(text, {**SIMPLE, "context": {"faces": 2**62}}) == "Allow"

    with pytest.raises(PackError, match="arithmetic"):
        check_text(text, "forbid", "a rule", policy.world, policy.library.reference)
    with pytest.raises(FactsError, match=r"probe\.faces"):
        gate.decide_request(facts(probe__faces=2**62))


def test_whatever_errs_in_evaluation_is_refused_with_a_reason_of_its_own(policy):
    checked = read_facts(facts(), policy.library.reference)
    bound = policy.bind(checked)
    rule = replace(
        bound.rules[0],
        id="x/overflow",
        effect="forbid",
        cedar="forbid (principal, action, resource) "
        "when { context.candidates_requested * 9223372036854775807 > 0 };",
    )
    decision = decide(checked, PolicySet((rule,), bound.permits, bound.world))
    assert decision.effect == "refuse"
    assert [reason.safeguard for reason in decision.reasons] == ["SYS"]


@pytest.mark.parametrize("error", [ValueError("x"), TypeError("x"), RuntimeError("x")])
def test_an_engine_that_breaks_refuses(policy, monkeypatch, error):
    def broken(*_args):
        raise error

    monkeypatch.setattr(cedarpy, "is_authorized", broken)
    assert [reason.rule for reason in gate.decide_request(facts()).reasons] == [
        "gate/evaluation-error"
    ]


def test_where_no_rule_allows_it_is_said(policy):
    checked = read_facts(facts(), policy.library.reference)
    nothing = PolicySet((), {"p": 'permit (principal, action == Action::"acquire", resource);'},
                        policy.world)  # fmt: skip
    decision = decide(checked, nothing)
    assert [reason.message for reason in decision.reasons] == [
        "No rule in force on that date allows this."
    ]


def test_a_rule_that_stopped_refusing_keeps_the_gate_from_starting(policy):
    lapd = policy.library.instruments["lapd-2021"]
    broken = tuple(
        replace(rule, cedar=rule.cedar.replace('"in_car"', '"drone"')) for rule in lapd.rules
    )
    with pytest.raises(PackError, match=r"officer-camera.*“an in-car camera”"):
        check_instrument(policy, replace(lapd, rules=broken))


def test_ids_are_ours_and_not_positions(bound):
    assert all("/" in name for name in bound.policies)
    assert set(bound.policies) == {rule.id for rule in bound.rules} | set(bound.permits)
