"""The requests with which an act is tried: nothing that a changed rule can tell apart is left out."""

from datetime import date
from itertools import product

import pytest

from oversight.policy import enumeration, gate
from oversight.policy.effects import Comparison
from oversight.policy.enumeration import space_of
from oversight.policy.standing import Act
from oversight.policy.variations import VARIATIONS, Variation

COLOURS = [Variation("colour", value, value) for value in ("red", "green")]
SIZES = [Variation("size", value, str(value)) for value in (1, 2, 3)]
SHAPE = [Variation("shape.corners", 4, "square")]
ALL = (*COLOURS, *SIZES, *SHAPE)


def chosen(space):
    return {frozenset((one.path, one.value) for one in choice) for choice in space.choices}


def test_the_table_of_a_rule_is_whole():
    found = chosen(space_of(ALL, {"a": frozenset({"colour", "size"})}))
    for colour, size in product((None, "red", "green"), (None, 1, 2, 3)):
        pairs = (("colour", colour), ("size", size))
        assert frozenset(pair for pair in pairs if pair[1] is not None) in found
    # and pairs in which one fact is read
    assert frozenset({("colour", "red"), ("shape.corners", 4)}) in found


def test_each_request_is_tried_once_and_pairs_that_no_rule_reads_not_at_all():
    space = space_of(ALL, {"a": frozenset({"shape"}), "b": frozenset({"shape.corners"})})
    assert len(chosen(space)) == len(space.choices) == 1 + 6 + 5
    assert frozenset({("colour", "red"), ("size", 1)}) not in chosen(space)
    assert space.values == {"colour": 3, "size": 4, "shape.corners": 2}


def test_a_table_that_is_too_large_is_named(monkeypatch):
    monkeypatch.setattr(enumeration, "LARGEST_TABLE", 11)
    reads = {"small": frozenset({"size"}), "large": frozenset({"colour", "size"})}
    assert space_of(ALL, reads).too_large == ("large",)


@pytest.mark.parametrize("slug", [one.slug for one in gate.catalogue().instruments][:-1])
def test_every_variation_is_a_request_that_can_be_judged(slug):
    """None is passed over: all values are known, in every agency that the act reaches."""
    library = gate.load_policy().library
    act = Act(slug, date(2028, 1, 1), "", None)
    comparison = Comparison(library, act)
    for agency in comparison.agencies("lapd"):
        assert all(comparison.attempt(agency, (variation,)) for variation in VARIATIONS)


def test_the_end_of_any_prohibition_shows_in_the_space():
    """Each rule that refuses is met by some request: its effect is never "nothing changes"."""
    library = gate.load_policy().library
    for slug in ("lapd-2021", "sf-19b-2019", "maryland-2-503", "washington-43.386"):
        comparison = Comparison(library, Act(slug, date(2028, 1, 1), "", None))
        (agency, *_) = comparison.agencies("lapd")
        gone = set()
        for choice in comparison.space(agency).choices[:400]:
            before, after = comparison.attempt(agency, choice)
            gone |= set(before.rules) - set(after.rules)
        rules = library.instruments[slug].rules
        assert gone == {rule.id for rule in rules if rule.effect == "forbid"}
