"""What an act would change: over the enumerated space of facts, and over the cases of its rules.

Each request of the space is decided under the law as it stands and under the law with the act.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
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
from oversight.policy.enumeration import Choice, Space, space_of
from oversight.policy.standing import Act, with_act
from oversight.policy.variations import VARIATIONS, exceptions_of

AGENCIES_AT_MOST: Final = 3
EXAMPLES: Final = 5
CHANGES: Final = ("now_refused", "now_permitted", "other_reasons", "other_duties")


@dataclass(frozen=True, slots=True)
class Verdict:
    """By which rules it is refused, if by any, and which rules require or oblige besides."""

    rules: tuple[str, ...]
    owed: tuple[str, ...] = ()

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
        change = "other_reasons" if before.rules != after.rules else "other_duties"
        if before.refused != after.refused:
            change = "now_refused" if after.refused else "now_permitted"
        self.changes[change] += 1
        # What a permit asks for is news only where there was a permit before.
        told = "owed" if change == "other_duties" else "rules"
        self.by_rule.update(set(getattr(after, told)) - set(getattr(before, told)))
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

    def requests(self, usual: str) -> list[tuple[str, Choice]]:
        """Every request to try, for one agency after the other."""
        return [
            (agency, choice)
            for agency in self.agencies(usual)
            for choice in self.space(agency).choices
        ]

    def space(self, agency: str) -> Space:
        """The requests of one agency: those that the rules which begin or end could tell apart."""
        named = {one.code: one.message for one in self._instrument().exceptions}
        variations = (*VARIATIONS, *exceptions_of(named))
        return space_of(variations, self._changed(self._ordinary(agency)))

    def attempt(self, agency: str, choice: Choice) -> tuple[Verdict, Verdict] | None:
        """One request before and after; None for an answer that this library does not know."""
        facts = self.facts(agency, choice)
        return self._both(facts) if facts else None

    def facts(self, agency: str, choice: Choice) -> Facts | None:
        """The facts of one request; None for an answer that this library does not know."""
        document = self._ordinary(agency)
        for variation in choice:
            variation.apply(document)
        try:
            return read_facts(document, self._library.reference)
        except FactsError:
            return None

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
        return Verdict(tuple(sorted(judgement.violated)), tuple(sorted(judgement.owed)))

    def _set(self, policy: Policy, facts: Facts) -> PolicySet:
        """The rules for these facts; those of an act that binds nobody are asked for by name."""
        named = not self._instrument().binds and self.act.slug in policy.library.instruments
        return policy.bind(facts, [self.act.slug] if named else None)

    def _changed(self, base: Mapping[str, Any]) -> dict[str, frozenset[str]]:
        """For each rule that begins or ends with the act, the facts that it reads."""
        facts = read_facts(base, self._library.reference)
        sets = [self._set(policy, facts) for policy in (self._before, self._after)]
        texts = [{(rule.id, rule.cedar) for rule in one.rules} for one in sets]
        changed = {rule for rule, _text in texts[0] ^ texts[1]}
        found: dict[str, frozenset[str]] = {}
        for one in sets:
            for rule in changed & one.reads.keys():
                found[rule] = found.get(rule, frozenset()) | _reads(one, rule)
        return found

    def _ordinary(self, agency: str) -> dict[str, Any]:
        zone = ZoneInfo(self._library.reference.agencies[agency].time_zone)
        day = self.act.takes_effect
        document = deepcopy(dict(self._library.base))
        document["agency"] = agency
        document["at"] = datetime.combine(day, clock(12), zone).isoformat()
        document["case"] = None
        document["requester"]["training"] |= _training_on(day)
        return document


def _reads(policy_set: PolicySet, rule: str) -> frozenset[str]:
    """The facts that a rule reads; the action too, if it does not speak of an ordinary search alike."""
    conditions = str(policy_set.policies[rule]["conditions"])
    by_action = "submit" not in policy_set.actions[rule] or str({"Var": "action"}) in conditions
    paths = policy_set.reads[rule] | ({"action"} if by_action else frozenset())
    # `context has probe` beside `context.probe.source` reads no more than the latter.
    return frozenset(p for p in paths if not any(q.startswith(f"{p}.") for q in paths))


def _training_on(day: date) -> dict[str, str]:
    """Training of half a year ago that counts for half a year more."""
    half = timedelta(days=182)
    return {
        "completed_on": (day - half).isoformat(),
        "expires_on": (day + half).isoformat(),
    }


@dataclass(slots=True)
class Trying:
    """An act being tried over the space of facts, as far as it has come."""

    total: int
    done: int = 0
    effects: dict[str, Effect] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        return self.done >= self.total

    def go_on(self, comparison: Comparison, usual: str, *, seconds: float) -> None:
        """Try the requests that are left, for so long at most."""
        end = time.monotonic() + seconds
        for agency, choice in comparison.requests(usual)[self.done :]:
            effect = self.effects.setdefault(agency, Effect(agency))
            verdicts = comparison.attempt(agency, choice)
            if verdicts:
                effect.add([variation.words for variation in choice], *verdicts)
            self.done += 1
            if time.monotonic() > end:
                return
