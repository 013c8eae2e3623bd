"""The API explained to people, on a page of the site: no script and nothing from elsewhere."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from oversight.interface.components import Link
from oversight.interface.languages import home_link
from oversight.policy.presenting.board import halt_banner
from oversight.transparency import selectors
from oversight.transparency.api import documentation, problems
from oversight.transparency.api.views.description import description
from oversight.transparency.frozen import published


@published
def page(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters and fields, and what can go wrong."""
    document = description()
    context = {
        "operations": documentation.operations(document),
        "problems": problems.KINDS,
        "limit": settings.API_REQUESTS_A_MINUTE,
        "version": document["info"]["version"],
        "crumbs": [home_link(), Link(_("Programming interface"))],
        "site_alert": halt_banner(selectors.ALIAS),
    }
    return render(request, "transparency/api.html", context)
