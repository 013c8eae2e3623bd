"""Publications and their figures, read through the public's own database role."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.transparency import selectors
from oversight.transparency.api.filters import Paged, Publications, chosen
from oversight.transparency.api.paging import paged
from oversight.transparency.api.reading import ReadView, reads
from oversight.transparency.api.shapes import (
    DefinitionForm,
    EditionForm,
    FiguresForm,
    TablesForm,
)
from oversight.transparency.breakdowns import COLUMN_LABELS, TITLES, row_label
from oversight.transparency.definitions import ALL, BY_NAME
from oversight.transparency.models import Edition, is_nil

_TOLD: Final = (
    *("number", "kind", "period_from", "period_to", "created_at", "digest", "because"),
    *("corrects_id", "correction__number"),
    *("document__complete", "document__nil_return", "document__tables_printed"),
    *("document__figures__requests__value", "document__figures__requests__before_adoption"),
)


class EditionFilters(Publications):
    kind = serializers.ChoiceField(
        choices=Edition.Kind.choices, required=False, help_text="The kind of publication."
    )


class Editions(ReadView):
    """Every edition, in the order of their numbers: a page once full never changes."""

    filters = EditionFilters

    @reads("list_editions", "Editions, by number", EditionForm, filters=EditionFilters)
    def get(self, request: Request) -> Response:
        asked = self.asked(request)
        rows = _rows(asked).values(*_TOLD)
        return paged(request, rows, asked, lambda rows: [told(request, row) for row in rows])


class OneEdition(ReadView):
    """One edition and where its parts are."""

    @reads("get_edition", "One edition", EditionForm)
    def get(self, request: Request, number: int) -> Response:
        self.asked(request)
        return Response(told(request, _edition(number)))


class Figures(ReadView):
    """The figures of one edition, with their definitions."""

    @reads("get_figures", "Figures of one edition", FiguresForm)
    def get(self, request: Request, number: int) -> Response:
        self.asked(request)
        return Response(_figures(request, _edition(number)))


class Statistics(ReadView):
    """The figures of the latest period that has been published."""

    @reads("get_statistics", "Figures of the latest period", FiguresForm)
    def get(self, request: Request) -> Response:
        self.asked(request)
        latest = selectors.latest_edition()
        if latest is None:
            raise NotFound
        return Response(_figures(request, _edition(latest.number)))


class Tables(ReadView):
    """The tables about persons of one edition."""

    @reads("get_tables", "Tables of one edition", TablesForm)
    def get(self, request: Request, number: int) -> Response:
        self.asked(request)
        edition = _edition(number)
        document = edition["document"]
        tables = [
            _table(name, table) for name, table in document["tables"].items() if name in TITLES
        ]
        body = {"threshold": document["threshold"], "tables": tables}
        return Response({"edition": told(request, edition), **body})


class Definitions(ReadView):
    """What each figure counts today; an edition keeps the words of its own day."""

    filters = Paged

    @reads("list_definitions", "Definitions of the figures", DefinitionForm, filters=Paged)
    def get(self, request: Request) -> Response:
        rows = [
            {
                "name": each.name,
                "title": str(each.label),
                "definition": str(each.text),
                "counted_from": str(each.rows),
            }
            for each in ALL
        ]
        return paged(request, rows, self.asked(request), list)


def told(request: Request, row: Mapping[str, Any]) -> dict[str, Any]:
    """An edition as ``EditionForm`` says it; ``row`` holds the fields of ``_TOLD``."""
    number = row["number"]
    addresses = {
        "url": "api:edition",
        "page": "transparency:report",
        "document": "transparency:report_json",
        "figures": "api:figures",
        "tables": "api:tables",
    }
    return {
        "number": number,
        "kind": row["kind"],
        "period_from": row["period_from"],
        "period_to": row["period_to"],
        "published_at": row["created_at"],
        "digest": row["digest"],
        "complete": row["document__complete"],
        "nil_return": is_nil(
            row["document__nil_return"],
            row["document__figures__requests__value"],
            row["document__figures__requests__before_adoption"],
        ),
        "tables_printed": row["document__tables_printed"],
        "corrects": row["corrects_id"],
        "corrected_by": row["correction__number"],
        "because": row["because"],
        **{
            name: request.build_absolute_uri(reverse(address, args=[number]))
            for name, address in addresses.items()
        },
    }


def _rows(asked: Mapping[str, Any]) -> QuerySet[Edition]:
    found = chosen(selectors.editions().order_by("number"), asked)
    return found.filter(kind=asked["kind"]) if "kind" in asked else found


def _edition(number: int) -> Mapping[str, Any]:
    found = selectors.editions().filter(number=number).values(*_TOLD, "document").first()
    if found is None:
        raise NotFound
    return dict(found)


def _figures(request: Request, edition: Mapping[str, Any]) -> dict[str, Any]:
    frozen = edition["document"]["figures"].items()
    figures = [_figure(name, figure) for name, figure in frozen if name in BY_NAME]
    return {"edition": told(request, edition), "figures": figures}


def _figure(name: str, figure: Mapping[str, Any]) -> dict[str, Any]:
    value = figure["value"]
    money = isinstance(value, str)  # an edition freezes money as text
    return {
        "name": name,
        "title": str(BY_NAME[name].label),
        "value": float(value) if money else value,
        "unit": "US dollars" if money else "count",
        "before_adoption": figure["before_adoption"],
        "definition": figure["definition"],
    }


def _table(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    columns = [column for column in COLUMN_LABELS if column in table["totals"]]
    return {
        "name": name,
        "title": str(TITLES[name]),
        "columns": [{"name": c, "title": str(COLUMN_LABELS[c])} for c in columns],
        "rows": [
            {
                "row": row["row"],
                "title": str(row_label(name, row["row"])),
                "counts": {column: row[column] for column in columns},
            }
            for row in table["rows"]
        ],
        "totals": {column: table["totals"][column] for column in columns},
    }
