"""What an act would change: the cases of its rules, and an ordinary search with its variations.

The ordinary search of the packs is varied in one fact at a time, and in pairs of facts; each variation
is decided under the law as it stands and under the law with the act. Rules that look at
three facts together show in their own cases.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any, Final
from zoneinfo import ZoneInfo

from oversight.interface.components import Text
from oversight.policy.engine.cases import case_document
from oversight.policy.engine.decide import judge
from oversight.policy.engine.facts import Facts, FactsError, read_facts
from oversight.policy.engine.loader import Library
from oversight.policy.engine.packs import Instrument
from oversight.policy.engine.policyset import Policy, PolicySet
from oversight.policy.engine.request import cedar_request
from oversight.policy.standing import Act, with_act
from oversight.policy.variations import VARIATIONS, Variation

AGENCIES_AT_MOST: Final = 3
EXAMPLES: Final = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is refused, and by which rules."""

    rules: tuple[str, ...]

    @property
    def refused(self) -> bool:
        return bool(self.rules)


@dataclass(frozen=True, slots=True)
class Example:
    """A request that is decided otherwise: what it differs in from an ordinary search."""

    words: Sequence[Text]
    before: Verdict
    after: Verdict


@dataclass(slots=True)
class Effect:
    """What the act changes for one agency, over the variations of an ordinary search."""

    agency: str
    tried: int = 0
    refused_before: int = 0
    refused_after: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Example]] = field(default_factory=dict)

    def add(self, words: Sequence[Text], before: Verdict, after: Verdict) -> None:
        """Count one variation."""
        self.tried += 1
        self.refused_before += before.refused
        self.refused_after += after.refused
        if before == after:
            return
        change = "other_reasons"
        if before.refused != after.refused:
            change = "now_refused" if after.refused else "now_permitted"
        self.changes[change] += 1
        self.by_rule.update(set(after.rules) - set(before.rules))
        kept = self.examples.setdefault(change, [])
        if len(kept) < EXAMPLES:
            kept.append(Example(words, before, after))


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """One case of a rule of the act, decided before and after."""

    rule: str
    name: str
    meets: bool
    before: Verdict
    after: Verdict


class Comparison:
    """The law as it stands beside the law with one act, on the day on which that takes effect."""

    def __init__(self, library: Library, act: Act) -> None:
        self.act = act
        self._library = with_act(library, act)
        self._before = Policy(library)
        self._after = Policy(self._library)

    def agencies(self, usual: str) -> list[str]:
        """Whom the act reaches, the first few; ``usual`` if it binds nobody by itself."""
        affected = self._instrument()
        bound = set(affected.binds)
        reference = self._library.reference
        found = [slug for slug in reference.agencies if bound & reference.governments_of(slug)]
        return sorted(found, key=lambda slug: (slug != usual, slug))[:AGENCIES_AT_MOST] or [usual]

    def effect_on(self, agency: str) -> Effect:
        """Every variation of an ordinary search by ``agency``."""
        effect = Effect(agency)
        for words, facts in self._variations(agency):
            effect.add(words, *self._both(facts))
        return effect

    def cases(self) -> Iterator[CaseEffect]:
        """The cases of the act's own rules."""
        if self.act.instrument is None:
            return
        base = self._ordinary(self._library.base["agency"])
        for rule in self.act.instrument.rules:
            for meets, cases in ((True, rule.must), (False, rule.must_not)):
                for case in cases:
                    document = case_document(base, self.act.instrument, case)
                    facts = read_facts(document, self._library.reference)
                    yield CaseEffect(rule.id, case.name, meets, *self._both(facts))

    def _instrument(self) -> Instrument:
        return self.act.instrument or self._library.instruments[self.act.slug]

    def _both(self, facts: Facts) -> tuple[Verdict, Verdict]:
        return self._verdict(self._before, facts), self._verdict(self._after, facts)

    def _verdict(self, policy: Policy, facts: Facts) -> Verdict:
        judgement = judge(cedar_request(facts), self._set(policy, facts))
        if judgement.failure:
            return Verdict((judgement.failure.rule,))
        return Verdict(tuple(sorted(judgement.violated)))

    def _set(self, policy: Policy, facts: Facts) -> PolicySet:
        """The rules for these facts; those of an act that binds nobody are asked for by name."""
        named = not self._instrument().binds and self.act.slug in policy.library.instruments
        return policy.bind(facts, [self.act.slug] if named else None)

    def _variations(self, agency: str) -> Iterator[tuple[Sequence[Text], Facts]]:
        base = self._ordinary(agency)
        for chosen in _choices(self._concerned(base)):
            document = deepcopy(base)
            for variation in chosen:
                variation.apply(document)
            try:
                facts = read_facts(document, self._library.reference)
            except FactsError:
                continue  # an answer that this library does not know is no request
            yield [variation.words for variation in chosen], facts

    def _concerned(self, base: Mapping[str, Any]) -> frozenset[str]:
        """The facts that rules read which begin or end with the act."""
        facts = read_facts(base, self._library.reference)
        sets = [self._set(policy, facts) for policy in (self._before, self._after)]
        texts = [{(rule.id, rule.cedar) for rule in one.rules} for one in sets]
        changed = {rule for rule, _text in texts[0] ^ texts[1]}
        return frozenset(
            path for one in sets for rule in changed & one.reads.keys() for path in one.reads[rule]
        )

    def _ordinary(self, agency: str) -> dict[str, Any]:
        zone = ZoneInfo(self._library.reference.agencies[agency].time_zone)
        day = self.act.takes_effect
        document = deepcopy(dict(self._library.base))
        document["agency"] = agency
        document["at"] = datetime.combine(day, time(12), zone).isoformat()
        document["case"] = None
        document["requester"]["training"] |= _training_on(day)
        return document


def _training_on(day: date) -> dict[str, str]:
    """Training of half a year ago that counts for half a year more."""
    half = timedelta(days=182)
    return {
        "completed_on": (day - half).isoformat(),
        "expires_on": (day + half).isoformat(),
    }


def _choices(concerned: frozenset[str]) -> Iterator[tuple[Variation, ...]]:
    """Nothing, every variation, and every pair of different facts that the act could tell apart.

    A pair in which neither fact is read by a rule that begins or ends is left out: the act treats
    it as it treats the ordinary search.
    """
    yield ()
    for variation in VARIATIONS:
        yield (variation,)
    for one, other in combinations(VARIATIONS, 2):
        if one.path != other.path and (_touches(one, concerned) or _touches(other, concerned)):
            yield (one, other)


def _touches(variation: Variation, paths: frozenset[str]) -> bool:
    mine = f"{variation.path}."
    return any(mine.startswith(f"{path}.") or f"{path}.".startswith(mine) for path in paths)
