"""A pack that is proposed for adoption is right as a whole, or refused with place and remedy."""

from datetime import date
from pathlib import Path

import pytest

from oversight.policy import gate
from oversight.policy.engine.adoption import validate_pack
from oversight.policy.engine.decide import decide
from oversight.policy.engine.facts import read_facts
from oversight.policy.engine.loader import MANIFEST, manifest_text, read_library
from oversight.policy.engine.packs import PackError
from oversight.policy.engine.policyset import Policy
from tests.policy.documents import facts

HEAD = """
slug = "testville-2026"
title = "Testville: drones"
summary = "No images from drones."
citation = "Testville Code ch. 9"
jurisdiction = "Testville"
authority_level = "ordinance"
status = "in_force"
adopted = "1 May 2026, City Council, 7-0"
sources = ["S:1"]
last_verified = 2026-11-01
in_force_from = 2026-06-01
binds = ["detroit"]
"""
RULE = """
[[rule]]
id = "no-drones"
safeguard = "R14"
title = "No drones"
citation = "Testville Code § 9-1"
evidence = "S"
message = "The image comes from a drone."
remedy = "Use another image."
cedar = '''
forbid (principal, action in Action::"search", resource)
when { context.probe.source == Source::"drone" };
'''
must = [{ name = "a drone", set = { "probe.source" = "drone" } }]
must_not = [{ name = "a shop", set = {} }]
"""
GOOD = HEAD + RULE


def validated(text):
    return validate_pack(text.encode(), gate.load_policy().library)


def refused(text):
    with pytest.raises(PackError) as caught:
        validated(text)
    assert caught.value.remedy
    return str(caught.value)


def test_a_good_pack_is_taken():
    instrument = validated(GOOD)
    assert [rule.id for rule in instrument.rules] == ["testville-2026/no-drones"]
    assert instrument.rules[0].in_force_from == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('Source::"drone"', 'Source::"drones"', "no-drones.*drones.*not declared"),
        ('"probe.source" = "drone"', '"probe.source" = "drones"', "probe.source: “drones”"),
        ('binds = ["detroit"]', 'binds = ["detroyt"]', "binds.*detroyt.*not known"),
        ('safeguard = "R14"', 'safeguard = "R51"', "no-drones.safeguard.*R51"),
        ('citation = "Testville Code § 9-1"', "", "no-drones.citation: is missing"),
        ('citation = "Testville Code § 9-1"', 'citation = " "', "no-drones.citation: is missing"),
        ('message = "The image comes from a drone."', "", "no-drones.message: is missing"),
        ('evidence = "S"', 'evidence = "X"', "evidence.*“X”"),
        ("2026-06-01", '"2026-06-01"', "in_force_from: is not a day"),
        ("in_force_from", "in_force_form", "in_force_form: is not a known key"),
        ("in_force_from = 2026-06-01", "", "in_force_from: must be given"),
        ('slug = "testville-2026"', 'slug = "Testville 2026"', "Testville 2026: is not a slug"),
        ('slug = "testville-2026"', 'slug = "house"', "house: would permit by itself"),
        ("must = [{ name", "must = []\nx = [{ name", "no-drones.x: is not a known key"),
        ('must = [{ name = "a drone", set = { "probe.source" = "drone" } }]', "",
         "no-drones.must: has no case"),
        ('must_not = [{ name = "a shop", set = {} }]', "", "no-drones.must_not: has no case"),
        ("context.probe.source ==", "context.probe.source = ", "line 2, column 29"),
        ('action in Action::"search"', 'action in Action::"look"', "no-drones.*look"),
        ("context.probe.source", "context.probe.sauce", "no-drones.*sauce"),
        ("principal,", "principal == ?principal,", "is a template"),
        ("forbid", "permit", "says `permit` where `forbid` belongs"),
        ("};\n'''", "};\npermit (principal, action, resource);\n'''", "holds 2 policies"),
        ("when {", "when { false &&", "a drone.*condition may be impossible"),
        ('when { context.probe.source == Source::"drone" }', "", "meets “a shop”"),
        ("when { context", "when { context.probe.faces > 3 && context.probe.faces < 2 && context",
         "condition may be impossible"),
        ("when { context", "when { context.probe.faces * 2 > -1 && context", "arithmetic"),
        ("principal,", 'principal in Government::"detroyt",', "unknown Government, “detroyt”"),
        ("set = {} }]", 'set = { "probe.kind.x" = 1 } }]', "probe.kind.x.*leads nowhere"),
        ("[[rule]]", "[rule", "is not TOML.*line"),
    ],
)  # fmt: skip
def test_a_bad_pack_is_refused_with_the_place(old, new, message):
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    with pytest.raises(PackError, match=f"(?s){message}") as caught:
        validated(text)
    assert caught.value.remedy


def test_a_duplicate_id_is_refused():
    assert "testville-2026/no-drones: appears twice" in refused(GOOD + RULE)


def test_two_versions_of_a_rule_may_follow_one_another_but_not_overlap():
    ends = RULE.replace('id = "no-drones"', 'id = "no-drones"\nin_force_until = 2027-01-01')
    begins = RULE.replace('id = "no-drones"', 'id = "no-drones"\nin_force_from = 2027-01-01')
    assert len(validated(HEAD + ends + begins).rules) == 2
    assert "two versions in force on 2026-12-31" in refused(
        HEAD + ends + begins.replace("2027-01-01", "2026-12-31")
    )


def test_days_are_in_order_and_within_the_instrument():
    backwards = RULE.replace('id = "no-drones"', 'id = "no-drones"\nin_force_until = 2026-06-01')
    assert "ends before it starts" in refused(HEAD + backwards)
    early = RULE.replace('id = "no-drones"', 'id = "no-drones"\nin_force_from = 2026-05-31')
    assert "outside its instrument's days" in refused(HEAD + early)


def test_ten_megabytes_are_refused_at_once():
    assert "10,0" in refused(GOOD + "#" * 10_000_000)


def test_a_rule_of_enormous_text_is_refused():
    assert "20,000 characters" in refused(
        GOOD.replace("when {", "when { // " + "x" * 20_000 + "\n")
    )


def test_a_pack_without_rules_is_refused():
    assert "has no rules" in refused(HEAD)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(PackError, match="is not UTF-8 text"):
        validate_pack(b"\xff\xfe", gate.load_policy().library)


def test_nothing_is_half_adopted():
    before = gate.load_policy().library.instruments
    refused(GOOD + RULE)
    assert gate.load_policy().library.instruments is before
    assert "testville-2026" not in before


def copy_packs(folder: Path) -> Path:
    for path in filter(Path.is_file, gate.PACKS.iterdir()):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_a_changed_rule_keeps_the_gate_from_starting(tmp_path):
    folder = copy_packs(tmp_path)
    path = folder / "lapd-2021.toml"
    path.write_text(path.read_text().replace('"body_worn"', '"drone"'))
    with pytest.raises(PackError, match=r"lapd-2021\.toml: differs from the sealed set"):
        read_library(folder)


@pytest.mark.parametrize("name", ["sf-19b-2019.toml", "agencies.toml", MANIFEST])
def test_a_missing_file_keeps_the_gate_from_starting(tmp_path, name):
    folder = copy_packs(tmp_path)
    (folder / name).unlink()
    with pytest.raises(PackError, match=f"{name}: (is missing|differs)"):
        read_library(folder)


def test_an_added_file_keeps_the_gate_from_starting(tmp_path):
    folder = copy_packs(tmp_path)
    (folder / "extra.toml").write_text(GOOD)
    with pytest.raises(PackError, match=r"extra\.toml: differs"):
        read_library(folder)


def test_an_empty_set_of_rules_keeps_the_gate_from_starting(tmp_path):
    with pytest.raises(PackError, match="SHA256SUMS: is missing"):
        read_library(tmp_path)
    for name in ("agencies.toml", "base.toml"):
        (tmp_path / name).write_bytes((gate.PACKS / name).read_bytes())
    (tmp_path / MANIFEST).write_text(manifest_text(tmp_path))
    with pytest.raises(PackError, match=r"house\.toml: is missing"):
        Policy(read_library(tmp_path))


def test_the_sealed_set_is_the_one_in_the_repository():
    assert (gate.PACKS / MANIFEST).read_text() == manifest_text(gate.PACKS)


def resealed(folder: Path, old: str, new: str) -> Path:
    path = copy_packs(folder) / "agencies.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    (folder / MANIFEST).write_text(manifest_text(folder))
    return folder


def test_a_site_states_its_own_inventory(tmp_path):
    listed = 'inventory = ["lacris-dms"]'
    policy = Policy(read_library(resealed(tmp_path, listed, 'inventory = ["lacris-dms", "own"]')))
    document = facts(system={"id": "own", "class": "county"}, gallery__id="own")
    there = read_facts(document, policy.library.reference)
    assert decide(there, policy.bind(there)).permits
    here = gate.decide_request(document)
    assert here.safeguards == {"R08"}


@pytest.mark.parametrize("wrong", ["", 'inventory = "lacris-dms"', "inventory = [1]"])
def test_an_inventory_that_is_no_list_of_names_keeps_the_gate_from_starting(tmp_path, wrong):
    folder = resealed(tmp_path, 'inventory = ["lacris-dms"]', wrong)
    with pytest.raises(PackError, match=r"inventory: is not a list of names"):
        read_library(folder)
