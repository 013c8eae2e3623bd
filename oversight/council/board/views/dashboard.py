"""The dashboard: figures, what stands behind each, how supervisors decide, what is unusual."""

from typing import Any, Final

from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oversight.council.board import anomalies, figures, selectors, services
from oversight.council.board.counting import counted_for
from oversight.council.board.demography import demography, descriptions
from oversight.council.board.forms import PeriodForm, RowFilters
from oversight.council.board.periods import DEFAULT, Period, period_of
from oversight.council.board.rows import chosen_rows
from oversight.council.board.tables import Findings, Hits, Reviews, Rows, Supervisors
from oversight.council.board.verdicts import patterns_of, verdicts_given
from oversight.council.data import EVIDENCE, read_data
from oversight.interface.components import Figure, Link
from oversight.interface.csv import csv_response
from oversight.people.viewer import viewer_of
from oversight.transparency.definitions import NOT_YET_RECORDED


@require_safe
@never_cache
def dashboard(request: HttpRequest) -> HttpResponseBase:
    """Everything at one glance; each figure leads to its definition and its rows."""
    period = _period(request)
    asked = anomalies.asked_in(period.start, period.end)
    unusual = {name: len(anomalies.hits_of(name, asked)) for name in anomalies.RULES}
    today = timezone.localdate()
    board = figures.dashboard(period)
    context = {
        **_about(period),
        "board": board,
        "front": [_front(line, period) for line in board.front],
        "unrecorded": [each.label for each in NOT_YET_RECORDED],
        "demography": demography(period),
        "unusual": [(name, rule.title, unusual[name]) for name, rule in anomalies.RULES.items()],
        "waiting": Findings(list(selectors.unanswered()[:10]), _NOTHING),
        "overdue": selectors.overdue(on=today).count(),
        "late_notices": selectors.late_notices(),
    }
    return render(request, "council/board/dashboard.html", context)


@require_safe
@never_cache
def figure(request: HttpRequest, name: str) -> HttpResponseBase:
    """What a figure counts, and the requests that it counted; opening them is recorded."""
    try:
        definition = figures.definition_of(name)
    except KeyError:
        raise Http404 from None
    period = _period(request)
    filters = RowFilters(request.GET, described=descriptions(period))
    counted = counted_for(name, period.start, period.end) if filters.is_valid() else ()
    table = Rows(chosen_rows(counted, **filters.chosen), request.GET)
    if filters.is_valid():
        what = f"{name} {period.start.isoformat()} {period.end.isoformat()}"
        services.open_rows(reader=viewer_of(request), what=what, rows=table.shown_numbers)
    if table.csv_wanted:
        return csv_response(table, f"{name.replace('_', '-')}-rows")
    context = {
        **_about(period, definition.label),
        "definition": definition,
        "table": table,
        "filters": filters,
    }
    return render(request, "council/board/figure.html", context)


@require_safe
@never_cache
def supervisors(request: HttpRequest) -> HttpResponseBase:
    """How each supervisor decides; the page names them, so opening it is recorded."""
    period = _period(request)
    patterns = patterns_of(verdicts_given(period.start, period.end))
    table = Supervisors(patterns, request.GET)
    services.open_rows(
        reader=viewer_of(request),
        what=f"supervisors {period.start.isoformat()} {period.end.isoformat()}",
        rows=[pattern.supervisor for pattern in patterns],
    )
    if table.csv_wanted:
        return csv_response(table, "supervisors")
    context = {
        **_about(period, _("Supervisors")),
        "table": table,
        "definition": figures.definition_of("share_approved"),
    }
    return render(request, "council/board/supervisors.html", context)


@require_safe
@never_cache
def unusual(request: HttpRequest) -> HttpResponseBase:
    """What is unusual, with the rule of each; the page names officers, so opening it is recorded."""
    period = _period(request)
    asked = anomalies.asked_in(period.start, period.end)
    sections = [_section(name, anomalies.hits_of(name, asked)) for name in anomalies.RULES]
    shown = {number for section in sections for hit in section["hits"] for number in hit.requests}
    services.open_rows(
        reader=viewer_of(request),
        what=f"unusual use {period.start.isoformat()} {period.end.isoformat()}",
        rows=sorted(shown),
    )
    terms = read_data("review")
    context = {
        **_about(period, _("Unusual use")),
        "sections": sections,
        "reviews": Reviews(selectors.reviews()[:_REVIEWS], _NOTHING),
        "terms": terms,
        "evidence": EVIDENCE[terms["evidence"]],
    }
    return render(request, "council/board/unusual.html", context)


_NOTHING = QueryDict()
_REVIEWS: Final = 13
"""A quarter's."""


def _section(name: str, hits: list[anomalies.Hit]) -> dict[str, Any]:
    rule, numbers = anomalies.RULES[name], read_data("anomalies")[name]
    return {
        "name": name,
        "title": rule.title,
        "text": str(rule.text) % numbers,
        "citation": numbers["citation"],
        "evidence": EVIDENCE[numbers["evidence"]],
        "hits": hits,
        "table": Hits(hits, _NOTHING),
    }


def _front(line: figures.Line, period: Period) -> Figure:
    address = f"{reverse('board:figure', args=[line.key])}?period={period.code}"
    before = _("Before: %(count)s") % {"count": line.before}
    return Figure(line.now, line.label, note=before, rows_url=address)


def _about(period: Period, here: Any = None) -> dict[str, Any]:
    crumbs = [Link(_("Dashboard"), f"{reverse('board:dashboard')}?period={period.code}")]
    return {
        "period": period,
        "before": period.before,
        "period_form": PeriodForm({"period": period.code}),
        "crumbs": [*crumbs, Link(here)] if here else [],
    }


def _period(request: HttpRequest) -> Period:
    return period_of(request.GET.get("period", DEFAULT), timezone.localdate())
