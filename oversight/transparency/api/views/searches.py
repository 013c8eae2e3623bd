"""The rows of the main open-data file (contracts, section 8), with filters."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.policy import gate
from oversight.requests import codes
from oversight.transparency import opendata, selectors
from oversight.transparency.api.filters import MONTH, Paged
from oversight.transparency.api.paging import paged
from oversight.transparency.api.reading import ReadView, reads
from oversight.transparency.api.shapes import SearchesForm

_UNKNOWN: Final = "unknown"

Row = Mapping[str, Any]


class SearchFilters(Paged):
    """Agencies are those of the law and those that occur: a wrong name must not look like zero."""

    month_from = serializers.RegexField(
        MONTH, required=False, trim_whitespace=False, help_text="First month, such as 2026-01."
    )
    month_to = serializers.RegexField(
        MONTH, required=False, trim_whitespace=False, help_text="Last month, such as 2026-12."
    )
    agency = serializers.ChoiceField(
        choices=[], required=False, help_text="Short name of the agency that asked."
    )
    use_type = serializers.ChoiceField(
        choices=[*codes.PURPOSES, _UNKNOWN], required=False, help_text="Purpose of the requests."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("agency", agencies())


class Searches(ReadView):
    """Requests and searches by month, agency and use type, from editions that do not overlap."""

    filters = SearchFilters

    @reads("list_searches_by_month", "Searches by month", SearchesForm, filters=SearchFilters)
    def get(self, request: Request) -> Response:
        asked = self.asked(request)
        return paged(request, [row for row in rows() if _wanted(row, asked)], asked, list)


def rows() -> Sequence[dict[str, Any]]:
    """Return the rows of the file."""
    return _rows_at(selectors.state_of_publication())


@lru_cache(maxsize=1)
def _rows_at(_state: str) -> Sequence[dict[str, Any]]:
    """Kept until something else is published: nothing else changes them."""
    return [_row(row) for row in opendata.searches_by_month(selectors.current_editions())]


def agencies() -> list[str]:
    """Return every agency that can be asked for."""
    occurring = {str(row["agency"]) for row in rows()}
    return sorted({*gate.catalogue().agencies, *occurring, _UNKNOWN})


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "suppressed": row["suppressed"].split()}


def _wanted(row: Row, asked: Row) -> bool:
    return bool(
        asked.get("month_from", "") <= row["month"] <= asked.get("month_to", "9999-12")
        and row["agency"] == asked.get("agency", row["agency"])
        and row["use_type"] == asked.get("use_type", row["use_type"])
    )
