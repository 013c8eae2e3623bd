"""The law as it stands today: instruments and rules, as the pages under /rules/ show it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.policy import gate
from oversight.policy.presenting.words import EFFECTS, Standing, rule_standing, standing_of
from oversight.transparency.api.filters import Flag, Paged
from oversight.transparency.api.paging import paged
from oversight.transparency.api.reading import ReadView, reads
from oversight.transparency.api.rule_shapes import PackForm, RuleForm

_HOUSE = "house"


class LawFilters(Paged):
    agency = serializers.ChoiceField(
        choices=[], required=False, help_text="What binds this agency, the house rules included."
    )
    in_force = Flag(required=False, help_text="In force today (true), or not (false).")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("agency", gate.catalogue().agencies)


class RuleFilters(LawFilters):
    pack = serializers.ChoiceField(
        choices=[], required=False, help_text="Short name of the legal instrument."
    )
    safeguard = serializers.ChoiceField(
        choices=[], required=False, help_text="Number of the safeguard."
    )
    effect = serializers.ChoiceField(
        choices=list(EFFECTS), required=False, help_text="What the rule does to a request."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        law = gate.catalogue()
        self.offer("pack", [one.slug for one in law.instruments])
        self.offer("safeguard", law.by_safeguard())


class Packs(ReadView):
    """The instruments by slug."""

    filters = LawFilters

    @reads("list_packs", "Legal instruments", PackForm, filters=LawFilters, tag="law")
    def get(self, request: Request) -> Response:
        asked, law, today = self.asked(request), gate.catalogue(), timezone.localdate()
        found = [
            one
            for one in law.instruments
            if _binds(law, one.slug, asked) and _stands(standing_of(one, today), asked)
        ]
        return paged(request, found, asked, lambda rows: [_pack(request, one) for one in rows])


class OnePack(ReadView):
    """One instrument."""

    @reads("get_pack", "One legal instrument", PackForm, tag="law")
    def get(self, request: Request, pack: str) -> Response:
        self.asked(request)
        return Response(_pack(request, _instrument(gate.catalogue(), pack)))


class Rules(ReadView):
    """The newest version of every rule, by its id."""

    filters = RuleFilters

    @reads("list_rules", "Rules", RuleForm, filters=RuleFilters, tag="law")
    def get(self, request: Request) -> Response:
        asked, law = self.asked(request), gate.catalogue()
        found = [law.rules[name] for name in sorted(law.rules)]
        chosen = [rule for rule in found if _chosen(law, rule, asked)]
        return paged(
            request, chosen, asked, lambda rows: [_rule(request, law, rule) for rule in rows]
        )


class OneRule(ReadView):
    """One rule, in its newest version."""

    @reads("get_rule", "One rule", RuleForm, tag="law")
    def get(self, request: Request, pack: str, rule: str) -> Response:
        self.asked(request)
        law = gate.catalogue()
        found = law.rules.get(f"{pack}/{rule}")
        if found is None:
            raise NotFound
        return Response(_rule(request, law, found))


def _instrument(law: gate.Catalogue, pack: str) -> gate.Instrument:
    try:
        return law.instrument(pack)
    except KeyError:
        raise NotFound from None


def _binds(law: gate.Catalogue, pack: str, asked: Mapping[str, Any]) -> bool:
    agency = asked.get("agency")
    return agency is None or pack in (_HOUSE, *law.bound[agency])


def _stands(standing: Standing, asked: Mapping[str, Any]) -> bool:
    wanted = asked.get("in_force")
    return wanted is None or (wanted == "true") == (standing == Standing.IN_FORCE)


def _chosen(law: gate.Catalogue, rule: gate.Rule, asked: Mapping[str, Any]) -> bool:
    instrument = law.instrument(rule.instrument)
    return (
        _binds(law, rule.instrument, asked)
        and rule.instrument == asked.get("pack", rule.instrument)
        and rule.safeguard == asked.get("safeguard", rule.safeguard)
        and rule.effect == asked.get("effect", rule.effect)
        and _stands(rule_standing(rule, instrument, timezone.localdate()), asked)
    )


def _law(one: gate.Instrument | gate.Rule) -> dict[str, Any]:
    return {
        "in_force_from": None if one.in_force_from == date.min else one.in_force_from,
        "in_force_until": one.in_force_until,
        "citation": one.citation,
        "sources": list(one.sources),
        "last_verified": one.last_verified,
    }


def _pack(request: Request, one: gate.Instrument) -> dict[str, Any]:
    plain = ("slug", "title", "summary", "jurisdiction", "authority_level", "adopted")
    return {
        **{name: getattr(one, name) for name in plain},
        **_law(one),
        "standing": str(standing_of(one, timezone.localdate())),
        "binds": list(one.binds),
        "awaits_counsel": one.awaits_counsel,
        "rules": sorted({rule.id for rule in one.rules}),
        "url": request.build_absolute_uri(reverse("api:pack", args=[one.slug])),
        "page": request.build_absolute_uri(reverse("policy:instrument", args=[one.slug])),
    }


def _rule(request: Request, law: gate.Catalogue, rule: gate.Rule) -> dict[str, Any]:
    plain = ("id", "safeguard", "effect", "title", "message", "remedy", "evidence", "requires")
    standing = rule_standing(rule, law.instrument(rule.instrument), timezone.localdate())
    place = rule.id.split("/", 1)
    return {
        **{name: getattr(rule, name) for name in plain},
        **_law(rule),
        "pack": rule.instrument,
        "standing": str(standing),
        "duty": _duty(rule),
        "cedar": rule.cedar,
        "url": request.build_absolute_uri(reverse("api:rule", args=place)),
        "page": request.build_absolute_uri(reverse("policy:rule", args=place)),
    }


def _duty(rule: gate.Rule) -> dict[str, Any] | None:
    if rule.duty is None:
        return None
    return {name: value for name, value in asdict(rule.duty).items() if name != "counted_from"}
