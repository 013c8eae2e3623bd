"""The rules as the public pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oversight.interface.components import Link, SummaryRow, Text
from oversight.interface.display import date_text
from oversight.policy.copies import copy_named, marks_of
from oversight.policy.gate import Catalogue, Instrument, Rule
from oversight.policy.presenting.safeguards import SAFEGUARDS, safeguard_text
from oversight.policy.presenting.words import (
    EFFECTS,
    Badge,
    Standing,
    badge_of,
    evidence_badge,
    rule_standing,
    span_text,
    standing_of,
)
from oversight.policy.translations import Wording, as_written, wording

HOUSE: Final = "house"

LEVELS: Final[Mapping[str, Promise]] = {
    "ordinance": gettext_lazy("Ordinance of a city or county"),
    "statute": gettext_lazy("Act of a legislature"),
    "board policy": gettext_lazy("Policy of a governing board"),
    "board policy and settlement": gettext_lazy("Policy of a governing board, and a settlement"),
    "membership policy": gettext_lazy("Policy that members agree to"),
    "bill": gettext_lazy("Bill before a legislature"),
    "voluntary moratorium": gettext_lazy("Promise of a company"),
    "regulation": gettext_lazy("Regulation"),
    "system": gettext_lazy("Rule of this system"),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule in a list: its newest version."""

    rule: Rule
    instrument: Instrument
    badge: Badge
    evidence: Badge

    @property
    def url(self) -> str:
        return rule_url(self.rule.id)

    @property
    def title(self) -> Wording:
        return wording(self.rule.id, self.rule.title)

    @property
    def safeguard(self) -> str:
        return safeguard_text(self.rule.safeguard)


@dataclass(frozen=True, slots=True)
class City:
    """An agency and the instruments that bind it, with where each stands."""

    slug: str
    name: str
    instruments: Sequence[tuple[Link, Badge]]


@dataclass(frozen=True, slots=True)
class Safeguard:
    """A safeguard and how many rules serve it."""

    number: str
    name: Text
    rules: int
    url: str


def rule_url(rule_id: str) -> str:
    """The page of a rule; empty for the gate's own refusals, which have none."""
    pack, _slash, name = rule_id.partition("/")
    if pack in ("gate", "board"):
        return ""
    return reverse("policy:rule", args=[pack, name])


def pack_link(instrument: Instrument) -> Link:
    """A link to an instrument's page."""
    title = wording(instrument.slug, instrument.title)
    return Link(str(title), reverse("policy:instrument", args=[instrument.slug]))


def here(slug: str, title: str) -> Link:
    """The crumb of the page of a rule or an instrument itself."""
    return Link(str(wording(slug, title)))


def cities(catalogue: Catalogue, on: date) -> list[City]:
    """Every agency by name, with what binds it."""
    found = [
        City(
            slug,
            agency.name,
            [_line(one, on) for one in adopted_for(slug, catalogue)],
        )
        for slug, agency in catalogue.agencies.items()
    ]
    return sorted(found, key=lambda city: city.name)


def elsewhere(catalogue: Catalogue, on: date) -> list[tuple[Link, Badge]]:
    """Instruments that bind no agency by themselves; the house is among them, and binds all."""
    bound = {one.slug for agency in catalogue.agencies for one in adopted_for(agency, catalogue)}
    return [_line(one, on) for one in catalogue.instruments if one.slug not in bound]


def adopted_for(agency: str, catalogue: Catalogue) -> list[Instrument]:
    """The adopted instruments that bind an agency, in force or not; the house is left out."""
    found = (catalogue.instrument(pack) for pack in catalogue.bound[agency])
    return [one for one in found if one.in_force_from is not None]


def safeguards(catalogue: Catalogue) -> list[Safeguard]:
    """Every safeguard that a rule serves, by number."""
    address = reverse("policy:rules")
    return [
        Safeguard(
            number, SAFEGUARDS.get(number, number), len(rules), f"{address}?safeguard={number}"
        )
        for number, rules in catalogue.by_safeguard().items()
    ]


def rows_of(catalogue: Catalogue, on: date) -> list[RuleRow]:
    """Every rule in its newest version."""
    return [
        row_of(rule, catalogue.instrument(rule.instrument), on) for rule in catalogue.rules.values()
    ]


def row_of(rule: Rule, instrument: Instrument, on: date) -> RuleRow:
    """One rule in a list."""
    standing = rule_standing(rule, instrument, on)
    return RuleRow(rule, instrument, badge_of(standing), evidence_badge(rule.evidence))


def instrument_rows(instrument: Instrument, catalogue: Catalogue) -> list[SummaryRow]:
    """What to know of an instrument."""
    return [
        SummaryRow(_("Source"), as_written(instrument.citation)),
        SummaryRow(_("Jurisdiction"), wording(instrument.slug, instrument.jurisdiction)),
        SummaryRow(_("Kind"), LEVELS.get(instrument.authority_level, instrument.authority_level)),
        SummaryRow(_("Adopted"), wording(instrument.slug, instrument.adopted)),
        SummaryRow(_("In force"), span_text(instrument.in_force_from, instrument.in_force_until)),
        SummaryRow(_("Binds"), bound_names(instrument, catalogue)),
        SummaryRow(_("Copies that were read"), _copies(marks_of(instrument))),
        SummaryRow(_("Last verified"), date_text(instrument.last_verified)),
    ]


def bound_names(instrument: Instrument, catalogue: Catalogue) -> list[str]:
    """The agencies that an instrument binds, in words."""
    if instrument.slug == HOUSE:
        return [_("Every agency that uses this system")]
    names = [
        catalogue.agencies[slug].name
        for slug, packs in catalogue.bound.items()
        if instrument.slug in packs
    ]
    if names:
        return [as_written(name) for name in sorted(names)]
    governments = [as_written(catalogue.governments[slug].name) for slug in instrument.binds]
    return governments or [_("Nobody by itself; it is applied where it is asked for by name")]


def rule_rows(rule: Rule, instrument: Instrument) -> list[SummaryRow]:
    """What to know of one version of a rule."""
    return [
        SummaryRow(_("Effect"), EFFECTS[rule.effect]),
        SummaryRow(_("Safeguard"), safeguard_text(rule.safeguard)),
        SummaryRow(_("Instrument"), wording(instrument.slug, instrument.title)),
        SummaryRow(_("Source"), as_written(rule.citation)),
        SummaryRow(_("Copies that were read"), _copies(rule.sources)),
        SummaryRow(_("In force"), span_text(rule.in_force_from, rule.in_force_until)),
        SummaryRow(_("Last verified"), date_text(rule.last_verified)),
    ]


def warnings_of(instrument: Instrument, on: date) -> list[tuple[str, str | Wording]]:
    """What a reader must know first, each as heading and text."""
    found: list[tuple[str, str | Wording]] = []
    standing = standing_of(instrument, on)
    if standing == Standing.ENDED and instrument.in_force_until:
        day = date_text(instrument.in_force_until)
        text = _("It stopped applying on %(day)s. Its rules are kept here for the record.")
        found.append((_("No longer in force"), text % {"day": day}))
    if standing == Standing.PROPOSAL:
        text = _("Nobody is bound by it. It can be tried on past requests, and that is all.")
        found.append((_("A proposal, never in force"), text))
    if standing == Standing.VOLUNTARY:
        text = _("Companies promised this themselves. It binds no agency.")
        found.append((_("A voluntary promise"), text))
    if instrument.awaits_counsel:
        heading = _("Contested: the rules refuse until lawyers have answered")
        found.append((heading, wording(instrument.slug, instrument.awaits_counsel)))
    return found


def _copies(marks: Sequence[str]) -> list[SafeString | str] | None:
    """The copies in words; None, which the page says as such, if none was read."""
    return [as_written(copy_named(mark)) for mark in marks] or None


def _line(instrument: Instrument, on: date) -> tuple[Link, Badge]:
    return pack_link(instrument), badge_of(standing_of(instrument, on))
