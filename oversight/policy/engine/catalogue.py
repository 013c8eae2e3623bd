"""The rules as a catalogue, for pages, documents and reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from oversight.policy.engine.loader import Library
    from oversight.policy.engine.packs import Instrument, Rule
    from oversight.policy.engine.reference import Agency, Government


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Instruments in the order of their slugs, with agencies and governments by slug."""

    instruments: tuple[Instrument, ...]
    agencies: Mapping[str, Agency]
    governments: Mapping[str, Government]
    bound: Mapping[str, tuple[str, ...]]
    """For each agency, the slugs of the instruments that bind it (in force or not)."""

    def instrument(self, slug: str) -> Instrument:
        """The instrument; raises `KeyError` for an unknown slug."""
        return {instrument.slug: instrument for instrument in self.instruments}[slug]

    def rule(self, rule_id: str) -> Rule:
        """The newest version of a rule (``pack/rule``); raises `KeyError` if there is none."""
        return self.rules[rule_id]

    @property
    def rules(self) -> Mapping[str, Rule]:
        return {rule.id: rule for instrument in self.instruments for rule in instrument.rules}

    def by_safeguard(self) -> Mapping[str, tuple[Rule, ...]]:
        """Rules under the number of their safeguard, in the order of the numbers."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules.values():
            found.setdefault(rule.safeguard, []).append(rule)
        return {number: tuple(found[number]) for number in sorted(found)}

    def in_force(self, agency: str, day: date) -> tuple[Rule, ...]:
        """The rules that bind an agency on a day, those of the house first."""
        return tuple(
            rule
            for slug in ("house", *self.bound[agency])
            if self.instrument(slug).in_force_from is not None
            for rule in self.instrument(slug).rules
            if rule.in_force_on(day)
        )


def catalogue_of(library: Library) -> Catalogue:
    reference = library.reference
    instruments = tuple(library.instruments[slug] for slug in sorted(library.instruments))
    bound = {}
    for agency in sorted(reference.agencies):
        governments = reference.governments_of(agency)
        bound[agency] = tuple(
            instrument.slug
            for instrument in instruments
            if governments.intersection(instrument.binds)
        )
    return Catalogue(instruments, reference.agencies, reference.governments, bound)
