"""Every open-data file with its columns."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from oversight.transparency import opendata
from oversight.transparency.breakdowns import COLUMNS, TITLES
from oversight.transparency.datasets.columns import Column, Dataset, Row
from oversight.transparency.definitions import BY_NAME
from oversight.transparency.models import Edition

Document = Mapping[str, Any]

_MONTH: Final = Column("month", "yearmonth", _("Month of the requests, such as 2026-03"))
_AGENCY: Final = Column("agency", "string", _("Short name of the agency that asked"))
_USE: Final = Column("use_type", "string", _("Purpose; 'unknown' where the source is silent"))
_REQUESTS: Final = Column("requests", "integer", _("Requests sent"))
_REFUSED: Final = Column("refused", "integer", _("Refused by the rules or by a supervisor"))
_RUN: Final = Column("run", "integer", _("Searches that ran"))
_NOBODY: Final = Column(
    "no_candidate",
    "integer",
    _("Searches that returned nobody; empty where withheld"),
    required=False,
)
_LEADS: Final = Column(
    "leads", "integer", _("Searches that gave a lead; empty where withheld"), required=False
)
_BEFORE: Final = Column(
    "before_adoption",
    "integer",
    _("How many of them are searches from before adoption, as departments told of them"),
    required=False,
)
_AGENCY: Final = Column("agency", "string", _("Short name of the agency that asked"))
_UNIT: Final = Column(
    "unit", "string", _("Name of the unit; 'unknown' if it is not one that the agency lists")
)
_AREA: Final = Column(
    "area", "string", _("Area that the unit serves; 'all' for all of the city, or 'unknown'")
)
_TIMED: Final = ("waited", "waited_before_adoption", "read")
_SUPPRESSED: Final = Column(
    "suppressed",
    "string",
    _("Names of the withheld columns, separated by spaces"),
    required=False,
)
_SEARCHES: Final = (
    _MONTH,
    _AGENCY,
    *(_USE, _REQUESTS, _REFUSED, _RUN, _NOBODY, _LEADS, _SUPPRESSED),
)
_SEARCHES_KEY: Final = ("month", "agency", "use_type")
_DIGEST: Final = r"sha256:[0-9a-f]{64}"


def _editions(every: Sequence[Edition]) -> Iterator[Row]:
    for edition in sorted(every, key=lambda each: each.number):
        correction = getattr(edition, "correction", None)
        yield {
            "number": edition.number,
            "kind": edition.kind,
            "period_from": edition.period_from,
            "period_to": edition.period_to,
            "published_at": f"{edition.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "digest": edition.digest,
            "complete": edition.document["complete"],
            "nil_return": bool(edition.document["nil_return"]),
            "corrects": edition.corrects_id,
            "corrected_by": correction.number if correction else None,
            "because": edition.because,
        }


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
    for row in document.get("units", ()):
        yield {**row, "unit": row["unit"] or "unknown"}


def _areas(document: Document) -> Iterator[Row]:
    for row in document.get("areas", ()):
        yield {**row, "area": "unknown" if row["area"] is None else row["area"] or "all"}


def _hidden(row: Row) -> dict[str, Any]:
    return {**row, "suppressed": " ".join(row["suppressed"])}


def _places(document: Document, name: str, column: str, whole: str) -> Iterator[Row]:
    """Rows by unit or area; an edition from before these were counted has none."""
    for row in document.get(name, ()):
        place = row[column]
        yield {**row, column: "not stated" if place is None else place or whole}


def _groups(document: Document) -> Iterator[Row]:
    for table, told in document["tables"].items():
        if table in TITLES:
            for row in (*told["rows"], {"row": "all", **told["totals"]}):
                for count in ("requests", *COLUMNS):
                    line = {"table": table, "group": row["row"], "count": count}
                    yield {**line, "value": row[count], "withheld": row[count] is None}


SEARCHES_BY_MONTH: Final = Dataset(
    "searches-by-month",
    _("Searches by month, agency and purpose"),
    _("One row for each month, agency and purpose that occurs, from reports that do not overlap"),
    _SEARCHES,
    _SEARCHES_KEY,
    opendata.searches_by_month,
)
EDITIONS: Final = Dataset(
    "editions",
    _("All reports"),
    _("One row for each report ever published, corrected ones too"),
    (
        Column("number", "integer", _("Number of the report")),
        Column("kind", "string", _("Kind of report")),
        Column("period_from", "date", _("First day of the period")),
        Column("period_to", "date", _("Day after the last day of the period")),
        Column("published_at", "datetime", _("When it was published (UTC)")),
        Column("digest", "string", _("Digest of the frozen document"), pattern=_DIGEST),
        Column("complete", "boolean", _("Whether the period was over")),
        Column("nil_return", "boolean", _("Whether nothing was asked for in the period")),
        Column("corrects", "integer", _("Number of the report that it corrects"), required=False),
        Column(
            "corrected_by", "integer", _("Number of the report that corrects it"), required=False
        ),
        Column("because", "string", _("What the correction mends"), required=False),
    ),
    ("number",),
    _editions,
)
OF_THE_SITE: Final = (SEARCHES_BY_MONTH, EDITIONS)
"""Files of all editions; the first is made from the current ones, the second from every one."""

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
            _BEFORE,
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
        (_MONTH, _REQUESTS, _REFUSED, _RUN, _NOBODY, _LEADS, _BEFORE),
        ("month",),
        lambda document: document["months"],
    ),
    Dataset(
        "use-types",
        _("Purposes"),
        _("One row for each purpose that occurs"),
        (_USE, _REQUESTS, _REFUSED, _RUN, _BEFORE),
        ("use_type",),
        lambda document: document["use_types"],
    ),
    Dataset(
        "units",
        _("Units"),
        _("One row for each unit that an agency lists, and one for requests of no listed unit"),
        (_AGENCY, _UNIT, _REQUESTS, _REFUSED, _RUN, _BEFORE),
        ("agency", "unit"),
        _units,
    ),
    Dataset(
        "areas",
        _("Areas"),
        _("One row for each area that units serve"),
        (_AGENCY, _AREA, _REQUESTS, _REFUSED, _RUN, _BEFORE),
        ("agency", "area"),
        _areas,
    ),
    Dataset(
        "durations",
        _("How long sign-off took"),
        _("One row for each thing that was timed; quantiles are empty under 20 verdicts"),
        (
            Column("name", "string", _("What was timed"), choices=_TIMED),
            Column("unit", "string", _("Unit of time"), choices=("minutes", "seconds")),
            Column("counted", "integer", _("Verdicts counted")),
            *(
                Column(name, "integer", text, required=False)
                for name, text in (
                    ("quarter", _("A quarter took at most so long")),
                    ("median", _("Half took at most so long")),
                    ("three_quarters", _("Three quarters took at most so long")),
                    ("nine_tenths", _("Nine of ten took at most so long")),
                )
            ),
        ),
        ("name",),
        lambda document: document.get("durations", ()),
    ),
    Dataset(
        "searches",
        _("Searches by month, agency and purpose"),
        _("One row for each month, agency and purpose that occurs in the period"),
        _SEARCHES,
        _SEARCHES_KEY,
        lambda document: map(_hidden, document["searches"]),
    ),
    Dataset(
        "units",
        _("Units"),
        _("One row for each unit that an agency lists; results are not told by unit"),
        (
            _AGENCY,
            Column("unit", "string", _("Unit; 'not stated' also where the agency lists no such")),
            *(_REQUESTS, _REFUSED, _RUN, _BEFORE),
        ),
        ("agency", "unit"),
        lambda document: _places(document, "units", "unit", "not stated"),
    ),
    Dataset(
        "areas",
        _("Areas"),
        _("One row for each area that the units of an agency serve; results are not told by area"),
        (
            _AGENCY,
            Column("area", "string", _("Area; 'all' for units that serve the whole city")),
            *(_REQUESTS, _REFUSED, _RUN, _BEFORE),
        ),
        ("agency", "area"),
        lambda document: _places(document, "areas", "area", "all"),
    ),
    Dataset(
        "durations",
        _("Time to sign-off"),
        _("One row for each thing that was timed"),
        (
            Column(
                "name",
                "string",
                _(
                    "waited and waited_before_adoption: minutes from sending to the verdict; read: seconds from opening to the verdict"
                ),
            ),
            Column(
                "counted", "integer", _("How many verdicts were timed; under 20, only this is told")
            ),
            Column("quarter", "integer", _("A quarter took at most this long"), required=False),
            Column("median", "integer", _("Half took at most this long"), required=False),
            Column(
                "three_quarters",
                "integer",
                _("Three quarters took at most this long"),
                required=False,
            ),
            Column(
                "nine_tenths", "integer", _("Nine of ten took at most this long"), required=False
            ),
        ),
        ("name",),
        lambda document: document.get("durations", ()),
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
