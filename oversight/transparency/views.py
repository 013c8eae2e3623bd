"""The public pages of reports. They read editions, through the public's own database role."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from oversight.interface.components import Link
from oversight.interface.languages import home_link
from oversight.policy.presenting.board import halt_banner
from oversight.transparency import presenting, selectors
from oversight.transparency.charts import charts_of, front_chart
from oversight.transparency.frozen import published
from oversight.transparency.models import Edition
from oversight.transparency.reports.downloads import downloads
from oversight.transparency.reports.presenting import changes_text

_FRONT: Final = ("requests", "refused_by_gate", "run", "leads")
_ACCESS: Final = "28 CFR 35.200"  # on the web pages of state and local governments, under the ADA
_ASKED_FOR: Final = (*_FRONT, "people_with_access", "templates_held")


@published
def landing(request: HttpRequest) -> HttpResponse:
    """The front page: is it used, how often, for what, with what result, what was refused."""
    edition = selectors.latest_edition()
    context = _about(edition)
    if edition is not None:
        address = reverse("transparency:statistics")
        context["figures"] = presenting.figures(edition.document, _FRONT, address)
        context["story"] = presenting.story(edition.document)
        context["chart"] = front_chart(edition.document)
    return _page(request, "landing", context)


@published
def report(request: HttpRequest, number: int) -> HttpResponse:
    """One edition, as it was frozen."""
    edition = _edition_or_404(number)
    crumbs = [
        home_link(),
        Link(_("Reports"), reverse("transparency:reports")),
        Link(_("Edition %(number)s") % {"number": number}),
    ]
    files = {"downloads": list(downloads(edition)), "changes": changes_text(edition.document)}
    return _page(request, "report", {**_whole(edition), **files, "crumbs": crumbs})


@published
def accessibility(request: HttpRequest) -> HttpResponse:
    """What people with disabilities can count on, what not yet, and whom to tell."""
    crumbs = [home_link(), Link(_("Accessibility"))]
    return _page(request, "accessibility", {"crumbs": crumbs, "citation": _ACCESS})


def _about(edition: Edition | None) -> dict[str, Any]:
    if edition is None:
        return {"edition": None}
    return {
        "edition": edition,
        "document": edition.document,
        "period": presenting.period_text(edition),
    }


def _whole(edition: Edition | None) -> dict[str, Any]:
    context = _about(edition)
    if edition is not None:
        context["sheets"] = presenting.sheets(edition.document)
        context["charts"] = charts_of(edition.document)
        context["definitions"] = presenting.definitions(edition.document)
        context["figures"] = presenting.figures(edition.document, _ASKED_FOR)
    return context


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    whole = {**context, "site_alert": halt_banner(selectors.ALIAS)}
    return HttpResponse(render_to_string(f"transparency/{name}.html", whole, request))


def _edition_or_404(number: int) -> Edition:
    try:
        return selectors.edition_numbered(number)
    except Edition.DoesNotExist:
        raise Http404 from None
