"""A part of a rule that no request can meet is found before anyone votes on it."""

import pytest

from oversight.policy import gate
from oversight.policy.dead_ends import check_reach
from oversight.policy.engine.adoption import validate_pack
from oversight.policy.engine.packs import PackError
from oversight.policy.engine.places import place_in
from tests.policy.test_adoption import GOOD

CONDITION = 'context.probe.source == Source::"drone"'
CASES = "must = ["


def checked(text):
    library = gate.load_policy().library
    check_reach(validate_pack(text.encode(), library), library, "lapd")


def with_condition(condition, *, unless=""):
    way_out = f"unless {{ {unless} }};" if unless else ";"
    return GOOD.replace(f"{{ {CONDITION} }};", f"{{ {condition} }}\n{way_out}")


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        with_condition(f'{CONDITION} || context.probe.mode == Mode::"live"'),
        with_condition(f"{CONDITION} || context.probe.faces > 3"),
        with_condition(
            f"{CONDITION} && (context.protected_basis || context has exigency || true)",
        ),
        with_condition(CONDITION, unless='context.purpose == Purpose::"trafficking"'),
        with_condition(
            CONDITION,
            unless="context has authority && context.authority.in_force || context has exigency",
        ),
    ],
)
def test_what_can_be_met_passes(text):
    checked(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            with_condition(f"{CONDITION} || context.probe.faces > 3 && context.probe.faces < 2"),
            "faces",
        ),
        (
            with_condition(
                f'{CONDITION} || context.probe.kind == ProbeKind::"sketch" && '
                'context.probe.kind == ProbeKind::"composite"'
            ),
            "composite",
        ),
        (with_condition(f'{CONDITION} && (true || context.system.id == "x")'), '"x"'),
        (with_condition(CONDITION, unless='context.probe.source == Source::"phone"'), "phone"),
    ],
)
def test_what_can_never_be_met_is_named_with_its_line(text, told):
    with pytest.raises(PackError, match="never applies") as caught:
        checked(text)
    assert told in caught.value.message
    line, _column = place_in(text, caught.value)
    assert text.split("\n")[line - 1].startswith("cedar")


def test_a_case_shows_what_the_space_of_facts_does_not_hold():
    text = with_condition(f'{CONDITION} || context.system.id like "*acme*"')
    with pytest.raises(PackError, match="acme"):
        checked(text)
    shown = 'must = [{ name = "acme", set = { "system.id" = "acme-2" } }, '
    checked(text.replace(CASES, shown))


def test_rules_that_stand_already_are_not_checked_again():
    library = gate.load_policy().library
    for slug in ("boston-16-62", "vendor-moratoria"):
        copy = (gate.PACKS / f"{slug}.toml").read_bytes()
        check_reach(validate_pack(copy, library), library, "lapd")
