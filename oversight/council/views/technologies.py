"""The inventory, for everyone."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from oversight.council.forms.technologies import TechnologyFilters
from oversight.council.models import Document, Technology
from oversight.council.presenting import technologies as presenting
from oversight.council.selectors import technologies as selectors
from oversight.council.selectors.technologies import Standing
from oversight.council.tables import Technologies
from oversight.interface.components import Link
from oversight.interface.csv import csv_response
from oversight.people.models import Person, Role
from oversight.people.selectors import roles_of


@require_safe
def inventory(request: HttpRequest) -> HttpResponseBase:
    """Every technology, and the promises of vendors."""
    filters = TechnologyFilters(request.GET)
    table = Technologies(filters.narrowed(selectors.standings()), request.GET)
    if table.csv_wanted:
        return csv_response(table, "technologies")
    context = {
        "table": table,
        "filters": filters,
        "moratoria": presenting.moratoria(),
        "roles": roles_for(request),
        "crumbs": presenting.crumbs(),
    }
    return render(request, "council/technologies.html", context)


@require_safe
def technology(request: HttpRequest, slug: str) -> HttpResponse:
    """One technology: how it stands, what was proposed, who voted how, what it costs, its history."""
    standing = standing_or_404(slug)
    one = standing.technology
    context = {
        "technology": one,
        "badge": presenting.badge_of(standing),
        "about": presenting.about_rows(standing),
        "acquisitions": presenting.shown_acquisitions(one),
        "verdict": presenting.verdict_on(standing),
        "costs": presenting.cost_rows(selectors.costs_of(one)),
        "history": presenting.history_of(one),
        "roles": roles_for(request),
        "crumbs": presenting.crumbs(Link(one.name)),
    }
    return render(request, "council/technology.html", context)


@require_safe
def document(_request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """A document, byte for byte; it is downloaded, never run in the page's place."""
    try:
        found = selectors.document_of(slug, number)
    except Document.DoesNotExist:
        raise Http404 from None
    if name != found.name:
        raise Http404
    charset = "; charset=utf-8" if found.media_type == "text/plain" else ""
    return HttpResponse(
        bytes(found.content.data),
        content_type=found.media_type + charset,
        headers={
            "Content-Disposition": f'attachment; filename="{found.name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "public, max-age=86400",
            "ETag": f'"{found.digest.removeprefix("sha256:")}"',
        },
    )


def roles_for(request: HttpRequest) -> frozenset[str]:
    """Which acts a page offers; the access table decides who may do them."""
    person = request.user
    if not isinstance(person, Person):
        return frozenset()
    return roles_of(person, on=timezone.localdate()) & {Role.BOARD, Role.ADMINISTRATOR}


def standing_or_404(slug: str) -> Standing:
    """A technology as it stands today."""
    try:
        return selectors.standing_of(slug)
    except Technology.DoesNotExist:
        raise Http404 from None
