"""Whatever is wrong with a pack is answered with place and remedy, and ends no process."""

import re

import pytest

from oversight.policy import gate
from oversight.policy.engine.adoption import validate_pack
from oversight.policy.engine.decide import decide
from oversight.policy.engine.facts import read_facts
from oversight.policy.engine.packs import PackError
from oversight.policy.engine.places import place_in
from oversight.policy.engine.policyset import Trial
from tests.policy.documents import facts
from tests.policy.test_adoption import GOOD, HEAD, RULE

CONDITION = 'context.probe.source == Source::"drone"'
MUST = re.search(r"must = .*", GOOD)[0]
AND = "true && "
OWED = GOOD.replace("forbid (", "permit (")


def duty(form):
    return OWED.replace("[[rule]]", f"[[rule]]\nduty = {form}")


def slip(text):
    with pytest.raises(PackError) as caught:
        validate_pack(text.encode(), gate.load_policy().library)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (GOOD.replace(MUST, "must = 7"), "no-drones.must", "must be a list of tables"),
        (GOOD.replace(MUST, 'must = ["x"]'), "no-drones.must", "must be a list of tables"),
        (GOOD.replace(MUST, 'must = [{ name = "x" }]'), "must.set", "must be a table"),
        (GOOD.replace(MUST, 'must = [{ name = "x", set = "y" }]'), "must.set", "must be a table"),
        (GOOD.replace(MUST, 'must = [{ name = "x", set = {}, y = 1 }]'), "must.y", "known key"),
        (GOOD.replace("[[rule]]", "[rule]"), "testville-2026.rule", "must be a list of tables"),
        (HEAD + "rule = 5", "testville-2026.rule", "must be a list of tables"),
        ("base = 5" + GOOD, "testville-2026.base", "must be a table"),
        ("exception = 5" + GOOD, "testville-2026.exception", "must be a list"),
        ("awaits_counsel = 5" + GOOD, "awaits_counsel", "is missing or empty"),
        (GOOD + "[[permit]]\nx = 1", "a permit.id", "is missing"),
        (
            GOOD + '[[exception]]\ncode = "a b"\ncitation = "c"\nmessage = "m"',
            "an exception.code",
            "is not a code",
        ),
        (GOOD.replace('remedy = "Use', 'remedy = 5 # "Use'), "remedy", "is missing or empty"),
        (GOOD.replace("No drones", "No\\u0000drones"), "title", "control character"),
        (GOOD.replace("No drones", "No \\u202e drones"), "title", "control character"),
        (duty('"x"'), "duty", "must be a table"),
        (duty("{ hours = 5 }"), "duty.kind", "is missing"),
        (duty('{ kind = "audit", hours = "5" }'), "duty.hours", "is not a number of hours"),
        (duty('{ kind = "audit", hours = -5 }'), "duty.hours", "is not a number of hours"),
        (duty('{ kind = "audit", months = 99999 }'), "duty.months", "is not a number of months"),
        (duty('{ kind = "audit", each_year_on = "02-29" }'), "each_year_on", "of every year"),
        ("a = " + "[" * 5000 + "]" * 5000 + GOOD, "pack", "is nested too deeply"),
        (
            GOOD.replace(CONDITION, "(" * 4000 + "true" + ")" * 4000),
            "no-drones",
            "is nested too deeply",
        ),
        (GOOD.replace(CONDITION, AND * 900 + "true"), "no-drones", "nested too deeply"),
        (GOOD.replace(CONDITION, AND * 200 + "true"), "no-drones", "nested too deeply"),
        (GOOD.replace(CONDITION, "!" * 9000 + "true"), "no-drones", "too many occurrences"),
    ],
)
def test_a_slip_of_form_is_named(text, place, message):
    error = slip(text)
    assert error.place.endswith(place)
    assert re.search(message, error.message)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (GOOD.replace('Source::"drone"', 'Source::"dron"'), '"dron"'),
        (GOOD.replace("context.probe.source", "context.probe.sorce"), "probe.sorce"),
        (GOOD.replace("context.probe.source ==", "context.probe.source ="), '= Source::"drone" }'),
        (GOOD.replace('safeguard = "R14"', 'safeguard = "R99"'), 'safeguard = "R99"'),
        (GOOD.replace(MUST, "must = []"), "must = []"),
        (GOOD.replace('binds = ["detroit"]', 'binds = ["atlantis"]'), "binds = "),
        (GOOD.replace(' "probe.source" = "drone"', ' "probe.sauce" = "drone"'), "probe.sauce"),
        (GOOD + RULE.replace("no-drones", "other").replace('"R14"', '"R0"'), 'safeguard = "R0"'),
        ("foo = 1" + GOOD, "foo = 1"),
    ],
)
def test_line_and_column_lead_to_the_slip(text, shown):
    line, column = place_in(text, slip(text))
    assert text.split("\n")[line - 1][column - 1 :].lstrip('"').startswith(shown.lstrip('"'))


def test_a_slip_that_the_text_does_not_show_has_no_line():
    assert place_in(GOOD, PackError("pack", "is not TOML: …", "Correct it.")) is None
    assert place_in("", PackError("nowhere/rule.cedar", "is missing", "Give it.")) is None


def test_a_byte_order_mark_is_passed_over():
    validate_pack(("\ufeff" + GOOD).encode(), gate.load_policy().library)


def test_a_term_counted_from_an_emergency_begins_now_where_there_is_none():
    text = duty('{ kind = "audit", hours = 5, counted_from = "exigency.started_at" }')
    policy = gate.load_policy()
    trial = Trial(begins=validate_pack(text.encode(), policy.library))
    document = read_facts(facts(agency="dpd", probe__source="drone"), policy.library.reference)
    owed = decide(document, policy.bind(document, trial=trial)).duties
    assert {duty.due for duty in owed if duty.kind == "audit"} == {"2026-03-02T22:05:00-05:00"}
