"""The archive, each publication with its files, and what is due: read through the public's own role."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oversight.interface import pdf
from oversight.interface.components import Link
from oversight.interface.languages import home_link
from oversight.policy.presenting.board import halt_banner
from oversight.transparency.frozen import published
from oversight.transparency.models import Edition
from oversight.transparency.reports import presenting, selectors
from oversight.transparency.reports.archive import archived
from oversight.transparency.reports.downloads import csv_of, downloads, json_of, name_of, pdf_of
from oversight.transparency.reports.models import Report
from oversight.transparency.reports.owing import all_owed
from oversight.transparency.selectors import ALIAS, edition_numbered, editions


@published
def reports(request: HttpRequest) -> HttpResponse:
    """The archive: what was filed, and every edition, corrected ones too."""
    context = {
        "filed": [archived(report) for report in selectors.filed_reports()],
        "editions": [archived(edition) for edition in editions()],
        "crumbs": [home_link(), Link(_("Reports"))],
    }
    return _page(request, "reports", context)


@published
def due(request: HttpRequest) -> HttpResponse:
    """Which reports this agency owes, when each is due, and whether it was filed."""
    found = all_owed(settings.AGENCY, timezone.localdate())
    context = {"owed": found, "crumbs": [*_crumbs(), Link(_("What is due"))]}
    return _page(request, "reports_due", context)


@published
def filed(request: HttpRequest, number: int) -> HttpResponse:
    """One report that was filed, item by item."""
    found = _report_or_404(number)
    document = found.document
    context = {
        "report": found,
        "document": document,
        "title": presenting.title(document),
        "facts": presenting.facts(document),
        "notices": presenting.notices(document),
        "changes": presenting.changes_text(document),
        "items": presenting.items(document, found.edition.document),
        "downloads": list(downloads(found)),
        "crumbs": [*_crumbs(), Link(_("Report %(number)s") % {"number": number})],
    }
    return _page(request, "report_filed", context)


@published
def report_pdf(_request: HttpRequest, number: int) -> HttpResponse:
    """An edition as PDF/UA-1, in the language of the address."""
    return _pdf(_edition_or_404(number))


@published
def filed_pdf(_request: HttpRequest, number: int) -> HttpResponse:
    """A report as PDF/UA-1, in the language of the address."""
    return _pdf(_report_or_404(number))


@published
def report_json(_request: HttpRequest, number: int) -> HttpResponse:
    """The document of an edition: its sha256 is the edition's digest."""
    return _json(_edition_or_404(number))


@published
def filed_json(_request: HttpRequest, number: int) -> HttpResponse:
    """The document of a report: its sha256 is the report's digest."""
    return _json(_report_or_404(number))


@published
def report_csv(_request: HttpRequest, number: int) -> HttpResponse:
    """An edition as one long table."""
    return _csv(_edition_or_404(number))


@published
def filed_csv(_request: HttpRequest, number: int) -> HttpResponse:
    """A report as one long table."""
    return _csv(_report_or_404(number))


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    whole = {**context, "site_alert": halt_banner(ALIAS)}
    return HttpResponse(render_to_string(f"transparency/{name}.html", whole, request))


def _crumbs() -> list[Link]:
    return [home_link(), Link(_("Reports"), reverse("transparency:reports"))]


def _edition_or_404(number: int) -> Edition:
    try:
        return edition_numbered(number)
    except Edition.DoesNotExist:
        raise Http404 from None


def _report_or_404(number: int) -> Report:
    try:
        return selectors.report_numbered(number)
    except Report.DoesNotExist:
        raise Http404 from None


def _pdf(publication: Edition | Report) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    return pdf.pdf_response(pdf_of(publication, language), f"{name_of(publication)}-{language}")


def _json(publication: Edition | Report) -> HttpResponse:
    return HttpResponse(json_of(publication), content_type="application/json")


def _csv(publication: Edition | Report) -> HttpResponse:
    return HttpResponse(
        csv_of(publication),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name_of(publication)}.csv"'},
    )
