"""Reports that instruments ask for, as they were filed, read through the public's own role."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.transparency.api.filters import Publications, chosen
from oversight.transparency.api.paging import paged
from oversight.transparency.api.reading import ReadView, reads
from oversight.transparency.api.shapes import FiledReportForm
from oversight.transparency.reports.catalogue import packs
from oversight.transparency.reports.models import Report
from oversight.transparency.reports.presenting import said
from oversight.transparency.reports.selectors import filed_reports

_PLAIN: Final = ("number", "period_from", "period_to", "due", "filed_at", "digest", "because")
_OF_PACK: Final = ("title", "citation", "evidence")
_TOLD: Final = (
    *(*_PLAIN, "pack", "edition_id", "corrects_id", "correction__number"),
    *(f"document__pack__{name}" for name in _OF_PACK),
    *("document__late", "document__nil_return"),
)
_ADDRESSES: Final = {
    "url": "api:filed_report",
    "page": "transparency:filed",
    "document": "transparency:filed_json",
    "table": "transparency:filed_csv",
    "pdf": "transparency:filed_pdf",
}


class ReportFilters(Publications):
    """Kinds are those that can be filed today and those that were."""

    kind = serializers.ChoiceField(
        choices=[], required=False, help_text="The kind of report, of those that were filed."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filed = filed_reports().order_by("pack").values_list("pack", flat=True).distinct()
        self.offer("kind", [*packs(), *filed])


class FiledReports(ReadView):
    """Every report that was filed, in the order of their numbers: a page once full never changes."""

    filters = ReportFilters

    @reads("list_filed_reports", "Filed reports, by number", FiledReportForm, filters=ReportFilters)
    def get(self, request: Request) -> Response:
        asked = self.asked(request)
        rows = _rows(asked).values(*_TOLD)
        return paged(request, rows, asked, lambda rows: [_told(request, row) for row in rows])


class OneReport(ReadView):
    """One report that was filed, and where its files are."""

    @reads("get_filed_report", "One filed report", FiledReportForm)
    def get(self, request: Request, number: int) -> Response:
        self.asked(request)
        found = filed_reports().filter(number=number).values(*_TOLD).first()
        if found is None:
            raise NotFound
        return Response(_told(request, found))


def _rows(asked: Mapping[str, Any]) -> QuerySet[Report]:
    found = chosen(filed_reports().order_by("number"), asked)
    return found.filter(pack=asked["kind"]) if "kind" in asked else found


def _told(request: Request, row: Mapping[str, Any]) -> dict[str, Any]:
    def address(name: str, number: int) -> str:
        return request.build_absolute_uri(reverse(name, args=[number]))

    return {
        **{name: row[name] for name in _PLAIN},
        **{name: row[f"document__pack__{name}"] for name in _OF_PACK},
        "title": said(row["document__pack__title"]),
        "kind": row["pack"],
        "late": row["document__late"],
        "nil_return": bool(row["document__nil_return"]),
        "edition": address("api:edition", row["edition_id"]),
        "corrects": row["corrects_id"],
        "corrected_by": row["correction__number"],
        **{name: address(view, row["number"]) for name, view in _ADDRESSES.items()},
    }
