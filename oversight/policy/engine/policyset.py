"""The rules in force for an agency on a day, compiled and named by a digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import rfc8785

from oversight.policy.engine import cedar
from oversight.policy.engine.facts import REQUIRED_BY_ACTION, Facts
from oversight.policy.engine.packs import Instrument, PackError, Rule
from oversight.policy.engine.reads import actions_of, facts_read
from oversight.policy.engine.schema import schema_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from oversight.policy.engine.loader import Library

HOUSE = "house"


class UnknownPackError(ValueError):
    """A pack was asked for by a name that no instrument has."""


@dataclass(frozen=True)
class PolicySet:
    """Rules in force together. ``rules`` is ordered by id; ``digest`` names exactly this law."""

    rules: tuple[Rule, ...]
    permits: Mapping[str, str]
    world: cedar.World = field(repr=False)

    @cached_property
    def digest(self) -> str:
        return "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def text(self) -> str:
        """The published set as canonical JSON (RFC 8785): what the digest is of."""
        return rfc8785.dumps(self.published).decode()

    @property
    def published(self) -> dict[str, Any]:
        """The set as a document: what an independent engine needs to decide alike."""
        return {
            "schema": self.world.schema_text,
            "permits": dict(self.permits),
            "rules": [_published(rule) for rule in self.rules],
        }

    @cached_property
    def policies(self) -> dict[str, dict[str, Any]]:
        """Cedar JSON of every rule and every broad permit, by id."""
        texts = {rule.id: rule.cedar for rule in self.rules} | dict(self.permits)
        return {slug: cedar.parse_policy(text) for slug, text in texts.items()}

    @cached_property
    def law(self) -> Any:
        """Prohibitions, broad permits, and what a permit entails: one evaluation decides."""
        chosen = {rule.id for rule in self.rules if rule.occasion != "refusal"}
        return self._compiled(chosen | set(self.permits))

    @cached_property
    def after_refusal(self) -> Any | None:
        """What a refusal entails; None if nothing. In these texts ``permit`` reads "is owed"."""
        chosen = {rule.id for rule in self.rules if rule.occasion == "refusal"}
        return self._compiled(chosen) if chosen else None

    @cached_property
    def obligations(self) -> Any:
        """Requirements and duties by themselves, whatever the decision is."""
        return self._compiled({rule.id for rule in self.rules if rule.effect != "forbid"})

    @cached_property
    def reads(self) -> dict[str, frozenset[str]]:
        """For each rule, the paths of the facts that its text mentions."""
        return {rule.id: facts_read(self.policies[rule.id]) for rule in self.rules}

    @cached_property
    def actions(self) -> dict[str, frozenset[str]]:
        """For each rule, the actions that it speaks of."""
        return {rule.id: actions_of(self.policies[rule.id]) for rule in self.rules}

    def _compiled(self, slugs: set[str]) -> Any:
        return cedar.compile_policies({slug: self.policies[slug] for slug in slugs})


@dataclass(frozen=True, slots=True)
class Trial:
    """An act tried out as if it had been in force on every day: what ends, and what begins.

    ``ends`` holds slugs; ``begins`` applies for whom it binds, or for all if it binds nobody.
    """

    ends: frozenset[str] = frozenset()
    begins: Instrument | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What begins: the last version of each rule."""
        begun = self.begins.rules if self.begins else ()
        return tuple({rule.id: rule for rule in begun}.values())


@dataclass
class Policy:
    """Everything that was loaded; chooses the policy set for given facts."""

    library: Library
    world: cedar.World = field(init=False, repr=False)
    _sets: dict[tuple[int, ...], PolicySet] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        if not self.library.instruments:
            raise PackError("packs", "are empty", "Restore the folder of packs.")
        self.world = _world(self.library)

    def bind(
        self,
        facts: Facts,
        packs: Sequence[str] | None = None,
        trial: Trial | None = None,
    ) -> PolicySet:
        """The set in force on the legal date of `facts`, or as a `trial` would have it.

        Without `packs`: what binds the agency, or on whose behalf it acts. With `packs`: these,
        whether or not they bind. ``house`` is always in the set.
        """
        day = facts.legal_date
        chosen = self._named(packs) if packs is not None else self._binding(facts)
        rules = [
            rule for instrument in chosen for rule in instrument.rules if rule.in_force_on(day)
        ]
        if trial:
            rules = [rule for rule in rules if rule.instrument not in trial.ends]
            rules += trial.rules if self._reaches(trial, facts) else ()
        return self._set_of(rules)

    def _named(self, packs: Iterable[str]) -> list[Instrument]:
        wanted = {HOUSE, *packs}
        for slug in sorted(wanted):
            if slug not in self.library.instruments:
                known = ", ".join(sorted(self.library.instruments))
                raise UnknownPackError(f"pack: “{slug}” is not known. Use one of {known}.")
        return [self._instrument(slug) for slug in wanted]

    def _binding(self, facts: Facts) -> list[Instrument]:
        bound = self._governments(facts)
        return [
            self._instrument(slug)
            for slug, instrument in self.library.instruments.items()
            if slug == HOUSE or bound.intersection(instrument.binds)
        ]

    def _governments(self, facts: Facts) -> frozenset[str]:
        """Governments that bind who searches, or for whom."""
        bound = self.library.reference.governments_of(facts.agency)
        if facts.on_behalf_of:
            bound |= self.library.reference.governments_of(facts.on_behalf_of)
        return bound

    def _reaches(self, trial: Trial, facts: Facts) -> bool:
        binds = trial.begins.binds if trial.begins else ()
        return not binds or bool(self._governments(facts).intersection(binds))

    def _instrument(self, slug: str) -> Instrument:
        instrument = self.library.instruments[slug]
        if instrument.in_force_from is None:
            # A proposal is never in force, whatever days its rules would begin on.
            return replace(instrument, rules=())
        return instrument

    def _set_of(self, rules: Iterable[Rule]) -> PolicySet:
        ordered = tuple(sorted(rules, key=lambda rule: rule.id))
        # The set keeps its rules alive, so that no other rule can come to have the same identity.
        key = tuple(map(id, ordered))
        if key not in self._sets:
            permits = self.library.instruments[HOUSE].permits
            self._sets[key] = PolicySet(ordered, permits, self.world)
        return self._sets[key]


def _world(library: Library) -> cedar.World:
    reference = library.reference
    parents: dict[tuple[str, str], Iterable[str]] = {
        ("Agency", agency.slug): agency.within for agency in reference.agencies.values()
    }
    parents |= {
        ("Government", government.slug): government.within
        for government in reference.governments.values()
    }
    text = schema_text(REQUIRED_BY_ACTION, reference.exceptions)
    return cedar.open_world(text, parents)


def _published(rule: Rule) -> dict[str, Any]:
    until = rule.in_force_until
    return {
        "id": rule.id,
        "effect": rule.effect,
        "safeguard": rule.safeguard,
        "citation": rule.citation,
        "message": rule.message,
        "remedy": rule.remedy,
        "in_force_from": rule.in_force_from.isoformat(),
        "in_force_until": until.isoformat() if until else None,
        "requires": rule.requires,
        "duty": _duty(rule),
        "cedar": rule.cedar,
    }


def _duty(rule: Rule) -> dict[str, Any] | None:
    if rule.duty is None:
        return None
    return {name: getattr(rule.duty, name) for name in rule.duty.__slots__}
