"""The page of open data and its files, read through the public's own database role."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from oversight.interface.components import Link
from oversight.interface.languages import file_url, home_link
from oversight.policy.presenting.board import halt_banner
from oversight.transparency import presenting, selectors
from oversight.transparency.datasets import catalogue as dcat
from oversight.transparency.datasets import package
from oversight.transparency.datasets.columns import Dataset
from oversight.transparency.datasets.dictionary import DICTIONARY, SOURCE
from oversight.transparency.datasets.of_an_edition import BY_FILE, OF_AN_EDITION
from oversight.transparency.datasets.of_the_site import EDITIONS, OF_THE_SITE, SEARCHES_BY_MONTH
from oversight.transparency.frozen import published
from oversight.transparency.models import Edition


@published
def open_data(request: HttpRequest) -> HttpResponse:
    """What files there are, what they hold, what was withheld, and how to cite them."""
    current = selectors.current_editions()
    context = {
        "of_the_site": OF_THE_SITE,
        "of_an_edition": OF_AN_EDITION,
        "editions": [(each, presenting.period_text(each)) for each in selectors.editions()],
        "used": [each.number for each in selectors.side_by_side(current)],
        "latest": next(iter(current), None),
        "crumbs": [home_link(), Link(_("Open data"))],
        "site_alert": halt_banner(selectors.ALIAS),
    }
    return HttpResponse(render_to_string("transparency/open_data.html", context, request))


@published
def searches_by_month(_request: HttpRequest) -> HttpResponse:
    """The main file (contracts, section 8)."""
    return _csv(SEARCHES_BY_MONTH, selectors.current_editions(), SEARCHES_BY_MONTH.name)


@published
def editions(_request: HttpRequest) -> HttpResponse:
    """Every edition, one a row."""
    return _csv(EDITIONS, selectors.editions(), EDITIONS.name)


@published
def data_dictionary(_request: HttpRequest) -> HttpResponse:
    """Every column of every file, one a row."""
    return _csv(DICTIONARY, SOURCE, DICTIONARY.name)


@published
def site_package(request: HttpRequest) -> HttpResponse:
    """The Frictionless description of the files of the site."""
    every, current = list(selectors.editions()), selectors.current_editions()
    return JsonResponse(package.site_package(_base(request), every, current))


@published
def edition_package(request: HttpRequest, number: int) -> HttpResponse:
    """The Frictionless description of the files of one edition."""
    return JsonResponse(package.edition_package(_base(request), _numbered(number)))


@published
def edition_file(_request: HttpRequest, number: int, name: str) -> HttpResponse:
    """A file of one edition."""
    return _file(_numbered(number), name)


@published
def current_package(request: HttpRequest) -> HttpResponse:
    """As of one edition: of the latest period that has been published."""
    return JsonResponse(package.edition_package(_base(request), _latest()))


@published
def current_file(_request: HttpRequest, name: str) -> HttpResponse:
    """A file of the latest period; Content-Location says which edition it is."""
    edition = _latest()
    response = _file(edition, name)
    place = file_url("transparency:edition_file", edition.number, name)
    response.headers["Content-Location"] = place
    return response


@published
def catalogue(request: HttpRequest) -> HttpResponse:
    """The DCAT-US catalogue of the site."""
    every, current = list(selectors.editions()), selectors.current_editions()
    return JsonResponse(dcat.catalogue(_base(request), every, current))


def _file(edition: Edition, name: str) -> HttpResponse:
    dataset = BY_FILE.get(name)
    if dataset is None:
        raise Http404
    return _csv(dataset, edition.document, f"edition-{edition.number}-{name}")


def _csv(dataset: Dataset, source: Any, name: str) -> HttpResponse:
    return HttpResponse(
        package.content_of(dataset, source),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _numbered(number: int) -> Edition:
    try:
        return selectors.edition_numbered(number)
    except Edition.DoesNotExist:
        raise Http404 from None


def _latest() -> Edition:
    edition = selectors.latest_edition()
    if edition is None:
        raise Http404
    return edition


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
