"""The enumerated space of facts: the requests with which an act is tried.

An ordinary search; each fact changed by itself; every pair of facts of which a changed rule reads
one; and for each rule that begins or ends the whole table of what it reads: every combination of
the values of its facts, the rest as usual. A rule cannot tell apart what it does not read, so a
whole table shows all that the rule can say of these values.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from operator import mul
from typing import Final

from oversight.policy.variations import Variation

LARGEST_TABLE: Final = 2_000
Choice = tuple[Variation, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """``choices`` are what differs from an ordinary search; ``too_large`` the rules without table."""

    choices: tuple[Choice, ...]
    values: Mapping[str, int]
    too_large: tuple[str, ...]


def space_of(variations: Sequence[Variation], reads: Mapping[str, frozenset[str]]) -> Space:
    """Every request to try, once each; ``reads`` gives the facts that each changed rule reads."""
    concerned = frozenset().union(*reads.values())
    found = dict.fromkeys(_singles_and_pairs(variations, concerned))
    too_large = []
    for rule, paths in sorted(reads.items()):
        facts = _facts_of(variations, paths)
        if reduce(mul, (len(values) + 1 for values in facts), 1) > LARGEST_TABLE:
            too_large.append(rule)
        else:
            found |= dict.fromkeys(_table(facts))
    counts = dict.fromkeys((one.path for one in variations), 1)
    for variation in variations:
        counts[variation.path] += 1
    return Space(tuple(found), counts, tuple(too_large))


def _singles_and_pairs(
    variations: Sequence[Variation], concerned: frozenset[str]
) -> Iterable[Choice]:
    yield ()
    yield from ((variation,) for variation in variations)
    touched = {variation.path for variation in variations if _touches(variation, concerned)}
    for one, other in combinations(variations, 2):
        if one.path != other.path and {one.path, other.path} & touched:
            yield (one, other)


def _facts_of(variations: Sequence[Variation], paths: frozenset[str]) -> list[list[Variation]]:
    facts: dict[str, list[Variation]] = {}
    for variation in variations:
        if _touches(variation, paths):
            facts.setdefault(variation.path, []).append(variation)
    return list(facts.values())


def _table(facts: list[list[Variation]]) -> Iterable[Choice]:
    for row in product(*([None, *values] for values in facts)):
        yield tuple(variation for variation in row if variation)


def _touches(variation: Variation, paths: frozenset[str]) -> bool:
    """Whether one of the paths is a changed fact, lies in it, or holds it."""
    mine = [f"{path}." for path in (variation.path, *variation.also)]
    return any(
        one.startswith(f"{path}.") or f"{path}.".startswith(one) for path in paths for one in mine
    )
