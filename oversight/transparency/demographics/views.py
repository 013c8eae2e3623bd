"""The page about race, sex and age."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from oversight.interface.components import Link
from oversight.interface.languages import home_link
from oversight.policy.presenting.board import halt_banner
from oversight.transparency import presenting, selectors
from oversight.transparency.breakdowns import ABOUT_SUBJECTS
from oversight.transparency.demographics.charts import demographic_charts
from oversight.transparency.demographics.rates import FEW
from oversight.transparency.frozen import published_by
from oversight.transparency.models import Edition


@published_by("edition")
def demographics(request: HttpRequest) -> HttpResponse:
    """Shares with intervals of the edition that ``?edition=`` names, else of the largest one."""
    telling = [edition for edition in selectors.current_editions() if _tells(edition)]
    edition = _chosen(request.GET.get("edition"), telling)
    context: dict[str, Any] = {
        "edition": edition,
        "few": FEW,
        "crumbs": [home_link(), Link(_("Race, sex and age"))],
        "site_alert": halt_banner(selectors.ALIAS),
    }
    if edition is not None:
        context |= {
            "period": presenting.period_text(edition),
            "charts": list(demographic_charts(edition.document)),
            "others": [(e, presenting.period_text(e)) for e in telling if e != edition],
        }
    return HttpResponse(render_to_string("transparency/demographics.html", context, request))


def _tells(edition: Edition) -> bool:
    tables = edition.document["tables"]
    return any(tables[name]["totals"]["requests"] for name in ABOUT_SUBJECTS if name in tables)


def _requests(edition: Edition) -> int:
    return int(edition.document["figures"]["requests"]["value"])


def _chosen(number: str | None, telling: list[Edition]) -> Edition | None:
    """The edition of most requests unless one is named: shares of few searches say little.

    Raises Http404 for a number of no edition that tells of persons.
    """
    if number is None:
        return max(telling, key=_requests, default=None)
    for edition in telling:
        if str(edition.number) == number:
            return edition
    raise Http404
