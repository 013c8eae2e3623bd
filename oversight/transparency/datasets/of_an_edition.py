"""The open-data files of one edition, made from its frozen document."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Text
from oversight.transparency.breakdowns import COLUMNS, TITLES
from oversight.transparency.datasets.columns import Column, Dataset, Row
from oversight.transparency.datasets.fields import (
    AGENCY,
    AREA,
    BEFORE,
    LEADS,
    MONTH,
    NOBODY,
    REFUSED,
    REQUESTS,
    RUN,
    SEARCHES,
    SEARCHES_KEY,
    SUPPRESSED,
    UNIT,
    USE,
)
from oversight.transparency.definitions import BY_NAME

Document = Mapping[str, Any]

_TIMED: Final = ("waited", "waited_before_adoption", "read")


def _at_most(name: str, text: Text) -> Column:
    return Column(name, "integer", text, required=False)


def _figures(document: Document) -> Iterator[Row]:
    for name, figure in document["figures"].items():
        if name in BY_NAME:
            yield {"figure": name, "title": str(BY_NAME[name].label), **figure}


def _refusals(document: Document) -> Iterator[Row]:
    for rule in document["refusals_by_rule"]:
        yield {**rule, "imported": False}
    for rule in document["refusals_by_rule_before_adoption"]:
        yield {**rule, "imported": True}


def _units(document: Document) -> Iterator[Row]:
    for row in map(_hidden, document.get("units", ())):
        yield {**row, "unit": row["unit"] or "unknown"}


def _areas(document: Document) -> Iterator[Row]:
    for row in map(_hidden, document.get("areas", ())):
        yield {**row, "area": "unknown" if row["area"] is None else row["area"] or "all"}


def _hidden(row: Row) -> dict[str, Any]:
    """A row with what was withheld in one text. Lists of old editions withheld nothing."""
    return {**row, "suppressed": " ".join(row.get("suppressed", ()))}


def _groups(document: Document) -> Iterator[Row]:
    for table, told in document["tables"].items():
        if table in TITLES:
            for row in (*told["rows"], {"row": "all", **told["totals"]}):
                for count in ("requests", *COLUMNS):
                    line = {"table": table, "group": row["row"], "count": count}
                    yield {**line, "value": row[count], "withheld": row[count] is None}


OF_AN_EDITION: Final = (
    Dataset(
        "figures",
        _("Figures"),
        _("One row for each figure of the report"),
        (
            Column("figure", "string", _("Name of the figure")),
            Column("title", "string", _("What it is called on the pages")),
            Column(
                "value",
                "number",
                _("The figure; money in US dollars; empty: not yet recorded, which is not zero"),
                required=False,
            ),
            BEFORE,
            Column("definition", "string", _("What is counted")),
        ),
        ("figure",),
        _figures,
    ),
    Dataset(
        "refusals-by-rule",
        _("Refusals by rule"),
        _("One row for each rule that refused a request; a request can break several"),
        (
            Column("rule", "string", _("Id of the rule, or the name that the source gave")),
            Column("safeguard", "string", _("Number of the safeguard"), required=False),
            Column("instrument", "string", _("Legal instrument"), required=False),
            Column("citation", "string", _("Where it is written"), required=False),
            Column("message", "string", _("What the officer was told"), required=False),
            Column("requests", "integer", _("Requests that the rule refused")),
            Column("imported", "boolean", _("Whether it was told of the time before adoption")),
        ),
        ("rule", "message", "citation", "imported"),
        _refusals,
    ),
    Dataset(
        "months",
        _("Months"),
        _("One row for each month of the period"),
        (MONTH, REQUESTS, REFUSED, RUN, NOBODY, LEADS, BEFORE, SUPPRESSED),
        ("month",),
        lambda document: map(_hidden, document["months"]),
    ),
    Dataset(
        "use-types",
        _("Purposes"),
        _("One row for each purpose that occurs"),
        (USE, REQUESTS, REFUSED, RUN, BEFORE, SUPPRESSED),
        ("use_type",),
        lambda document: map(_hidden, document["use_types"]),
    ),
    Dataset(
        "units",
        _("Units"),
        _("One row for each unit that an agency lists, and one for requests of no listed unit"),
        (AGENCY, UNIT, REQUESTS, REFUSED, RUN, BEFORE, SUPPRESSED),
        ("agency", "unit"),
        _units,
    ),
    Dataset(
        "areas",
        _("Areas"),
        _("One row for each area that units serve"),
        (AGENCY, AREA, REQUESTS, REFUSED, RUN, BEFORE, SUPPRESSED),
        ("agency", "area"),
        _areas,
    ),
    Dataset(
        "durations",
        _("Time to sign-off"),
        _("One row for each thing that was timed, from the last sending of a request"),
        (
            Column("name", "string", _("What was timed"), choices=_TIMED),
            Column("unit", "string", _("Unit of the times"), choices=("minutes", "seconds")),
            Column("counted", "integer", _("Verdicts timed; under 20, only this is told")),
            _at_most("quarter", _("A quarter took at most this long")),
            _at_most("median", _("Half took at most this long")),
            _at_most("three_quarters", _("Three quarters took at most this long")),
            _at_most("nine_tenths", _("Nine of ten took at most this long")),
        ),
        ("name",),
        lambda document: document.get("durations", ()),
    ),
    Dataset(
        "searches",
        _("Searches by month, agency and purpose"),
        _("One row for each month, agency and purpose that occurs in the period"),
        SEARCHES,
        SEARCHES_KEY,
        lambda document: map(_hidden, document["searches"]),
    ),
    Dataset(
        "groups",
        _("Tables about persons"),
        _("One row for each count of each table by offense, source of the image and the like"),
        (
            Column("table", "string", _("Name of the table"), choices=tuple(TITLES)),
            Column("group", "string", _("Row of the table; 'all' is its exact total")),
            Column("count", "string", _("What is counted"), choices=("requests", *COLUMNS)),
            Column("value", "integer", _("How many; empty where withheld"), required=False),
            Column("withheld", "boolean", _("Whether the number was withheld")),
        ),
        ("table", "group", "count"),
        _groups,
    ),
)
BY_FILE: Final = {each.name: each for each in OF_AN_EDITION}
