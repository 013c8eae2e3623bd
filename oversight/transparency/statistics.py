"""The page of all figures: of one period, each with its definition, beside the period before."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from oversight.interface.components import Link
from oversight.interface.languages import home_link
from oversight.policy.presenting.board import halt_banner
from oversight.transparency import presenting, selectors
from oversight.transparency.charts import charts_of
from oversight.transparency.frozen import published_by
from oversight.transparency.models import Edition

_FRONT: Final = (
    *("requests", "refused_by_gate", "run", "leads"),
    *("people_with_access", "templates_held"),
)


@published_by("edition")
def statistics(request: HttpRequest) -> HttpResponse:
    """All figures of a period: the one that ``?edition=`` names, else the latest."""
    listed = selectors.listed_editions()
    edition = _chosen(request.GET.get("edition"), listed)
    context: dict[str, Any] = {
        "edition": edition,
        "site_alert": halt_banner(selectors.ALIAS),
        "crumbs": [home_link(), Link(_("Figures"))],
    }
    if edition is not None:
        context |= _of_edition(edition, listed)
    return HttpResponse(render_to_string("transparency/statistics.html", context, request))


def _chosen(number: str | None, listed: list[Edition]) -> Edition | None:
    """Raises Http404 for a number that is none, or of an edition that was corrected since."""
    if number is None:
        return selectors.latest_edition()
    if number not in {str(each.number) for each in listed}:
        raise Http404
    return selectors.edition_numbered(int(number))


def _of_edition(edition: Edition, listed: list[Edition]) -> dict[str, Any]:
    past = selectors.edition_before(edition, listed)
    document = edition.document
    return {
        "document": document,
        "period": presenting.period_text(edition),
        "before": past,
        "before_period": presenting.period_text(past) if past else "",
        "choices": [(each.number, presenting.period_text(each)) for each in listed],
        "figures": presenting.figures(document, _FRONT),
        "groups": presenting.figure_groups(document, past.document if past else None),
        "sheets": presenting.breakdowns(document),
        "charts": charts_of(document),
        "tells_of_persons": "race" in document["tables"],
    }
