"""The rules, for everyone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oversight.interface.components import Link
from oversight.interface.csv import csv_response
from oversight.interface.languages import home_link
from oversight.policy import gate
from oversight.policy.figures import published_refusals
from oversight.policy.forms.finding import RuleFilters
from oversight.policy.presenting import lawbook
from oversight.policy.presenting.versions import versions_of
from oversight.policy.tables import Rules


@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    """The rules by city and by safeguard; with filters, those that were looked for."""
    found, today = gate.catalogue(), timezone.localdate()
    filters = RuleFilters(request.GET, catalogue=found)
    context: dict[str, Any] = {"filters": filters, "crumbs": [home_link(), Link(_("Rules"))]}
    if filters.used:
        table = Rules(filters.narrowed(lawbook.rows_of(found, today)), request.GET)
        if table.csv_wanted:
            return csv_response(table, "rules")
        context["table"] = table
    else:
        context["cities"] = lawbook.cities(found, today)
        context["elsewhere"] = lawbook.elsewhere(found, today)
        context["safeguards"] = lawbook.safeguards(found)
    return render(request, "policy/rules.html", context)


@require_safe
def instrument(request: HttpRequest, pack: str) -> HttpResponse:
    """One instrument: who is bound, since when, by which vote, and its rules."""
    found, today = gate.catalogue(), timezone.localdate()
    one = _instrument_or_404(found, pack)
    newest = {rule.id: rule for rule in one.rules}
    context = {
        "instrument": one,
        "warnings": lawbook.warnings_of(one, today),
        "about": lawbook.instrument_rows(one, found),
        "rows": [lawbook.row_of(rule, one, today) for rule in newest.values()],
        "crumbs": [home_link(), _rules(), lawbook.here(one.slug, one.title)],
    }
    return render(request, "policy/instrument.html", context)


@require_safe
def rule(request: HttpRequest, pack: str, rule: str) -> HttpResponse:
    """One rule: what it says, what cures it, its source, its text, and what changed when."""
    found, today = gate.catalogue(), timezone.localdate()
    one = _instrument_or_404(found, pack)
    versions = versions_of(one, rule)
    if not versions:
        raise Http404
    shown = next((v.rule for v in versions if v.rule.in_force_on(today)), versions[0].rule)
    context = {
        "instrument": one,
        "rule": shown,
        "row": lawbook.row_of(shown, one, today),
        "warnings": lawbook.warnings_of(one, today),
        "about": lawbook.rule_rows(shown, one),
        "versions": versions,
        "refusals": published_refusals(shown.id),
        "crumbs": [
            home_link(),
            _rules(),
            lawbook.pack_link(one),
            lawbook.here(shown.id, shown.title),
        ],
    }
    return render(request, "policy/rule.html", context)


def _instrument_or_404(found: gate.Catalogue, pack: str) -> gate.Instrument:
    try:
        return found.instrument(pack)
    except KeyError:
        raise Http404 from None


def _rules() -> Link:
    return Link(_("Rules"), reverse("policy:rules"))
