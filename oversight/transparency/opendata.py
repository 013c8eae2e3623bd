"""The open-data files: allow-listed columns, a dictionary, and descriptions that machines read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Text
from oversight.interface.display import SMALL
from oversight.interface.identity import site_identity
from oversight.transparency.breakdowns import COLUMNS
from oversight.transparency.models import Edition
from oversight.transparency.selectors import side_by_side

Json = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column of the main file: its name, its type as Frictionless calls it, and its meaning."""

    name: str
    type: str
    text: Text


COLUMNS_OF_SEARCHES: Final = (
    Column("month", "yearmonth", _("Month in which the requests were first sent, such as 2026-03")),
    Column("agency", "string", _("Short name of the agency that asked")),
    Column(
        "use_type", "string", _("Purpose of the requests; 'unknown' where the source is silent")
    ),
    Column("requests", "integer", _("Requests sent")),
    Column("refused", "integer", _("Refused by the rules or by a supervisor")),
    Column("run", "integer", _("Searches that ran")),
    Column("no_candidate", "integer", _("Searches that returned nobody; empty where withheld")),
    Column("leads", "integer", _("Searches that gave a lead; empty where withheld")),
    Column("suppressed", "string", _("Names of the withheld columns, separated by spaces")),
)
"""Nothing else is ever in the file (contracts, section 8)."""

_ADDED: Final = ("requests", "refused", "run", "no_candidate", "leads")
_KEY: Final = ("month", "agency", "use_type")


def searches_by_month(current: Sequence[Edition]) -> Iterator[list[object]]:
    """Yield the header and the rows of the main file, from editions that do not overlap."""
    yield [column.name for column in COLUMNS_OF_SEARCHES]
    sums: dict[tuple[str, ...], dict[str, int | None]] = {}
    for edition in side_by_side(current):
        for row in edition.document["searches"]:
            key = tuple(row[name] for name in _KEY)
            before = sums.get(key, dict.fromkeys(_ADDED, 0))
            sums[key] = {name: _sum(before[name], row[name]) for name in _ADDED}
    for key, row in sorted(sums.items()):
        hidden = [name for name in _ADDED if row[name] is None]
        yield [*key, *(row[name] for name in _ADDED), " ".join(hidden)]


def records_of(document: Mapping[str, Any]) -> Iterator[list[object]]:
    """Yield an edition as one long table: which list, which row, which count, how many."""
    yield ["list", "row", "count", "value", "before_adoption"]
    for name, figure in document["figures"].items():
        yield ["figures", "", name, figure["value"], figure["before_adoption"]]
    yield from _exact_records(document)
    for row in document["searches"]:
        for count in _ADDED:
            yield ["searches", " ".join(row[k] for k in _KEY), count, row[count], None]
    for name, table in document["tables"].items():
        for row in (*table["rows"], {"row": "all", **table["totals"]}):
            for count in ("requests", *COLUMNS):
                yield [name, row["row"], count, row[count], None]


def data_package(base: str, current: Sequence[Edition]) -> Json:
    """Describe the main file as a Frictionless data package (v1); ``base`` is the site's address."""
    used = side_by_side(current)
    return {
        "profile": "tabular-data-package",
        "name": "face-recognition-searches",
        "title": f"Face recognition searches, {settings.CITY_NAME}",
        "description": _notes(used),
        "version": str(max((edition.number for edition in used), default=0)),
        "homepage": f"{base}/open-data/",
        "licenses": [
            {
                "name": "CC0-1.0",
                "title": "CC0 1.0 Universal",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
            }
        ],
        "resources": [_resource()],
    }


def catalogue(base: str, current: Sequence[Edition]) -> Json:
    """Describe the open data as DCAT-US 1.1 (Project Open Data) wants it at /data.json."""
    used = side_by_side(current)
    modified = max((e.created_at.date().isoformat() for e in used), default=None)
    dataset = {
        "@type": "dcat:Dataset",
        "title": "Face recognition searches by month",
        "description": _notes(used),
        "keyword": ["face recognition", "police", "oversight", "transparency"],
        "modified": modified,
        "publisher": {"@type": "org:Organization", "name": str(settings.CITY_NAME)},
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": str(settings.CITY_NAME),
            "hasEmail": f"mailto:{_contact()}",
        },
        "identifier": f"{base}/open-data/searches-by-month.csv",
        "accessLevel": "public",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "landingPage": f"{base}/open-data/",
        "describedBy": f"{base}/open-data/datapackage.json",
        "describedByType": "application/json",
        "distribution": [
            {
                "@type": "dcat:Distribution",
                "title": "Searches by month",
                "downloadURL": f"{base}/open-data/searches-by-month.csv",
                "mediaType": "text/csv",
            }
        ],
    }
    return {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@id": f"{base}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": [dataset] if used else [],
    }


def _exact_records(document: Mapping[str, Any]) -> Iterator[list[object]]:
    for name in ("refusals_by_rule", "refusals_by_rule_before_adoption"):
        for rule in document[name]:
            yield [name, rule["rule"], "requests", rule["requests"], None]
    for name, key in (("months", "month"), ("use_types", "use_type")):
        for row in document[name]:
            for count in sorted(row.keys() - {key, "before_adoption"}):
                earlier = row["before_adoption"] if count == "requests" else None
                yield [name, row[key], count, row[count], earlier]


def _contact() -> str:
    """An address to write to: the site's contact where that is one, else its sender's."""
    contact = site_identity().contact
    return contact if "@" in contact else settings.DEFAULT_FROM_EMAIL


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _resource() -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": "searches-by-month",
        "path": "searches-by-month.csv",
        "title": "Searches by month, agency and use type",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": {
            "fields": [_field(column) for column in COLUMNS_OF_SEARCHES],
            "missingValues": [""],
            "primaryKey": list(_KEY),
        },
    }


def _field(column: Column) -> Json:
    field: Json = {
        "name": column.name,
        "type": column.type,
        "description": str(column.text),
    }
    if column.name in (*_KEY, "requests", "refused", "run"):
        field["constraints"] = {"required": True}
    return field


def _notes(used: Sequence[Edition]) -> str:
    periods = ", ".join(
        f"{e.period_from.isoformat()} to {e.period_to.isoformat()} (edition {e.number})"
        for e in used
    )
    imported = any(e.document["figures"]["requests"]["before_adoption"] for e in used)
    earlier = " Includes searches from before adoption, as departments told of them."
    return (
        f"From the published editions of these periods, ends not included: {periods or 'none yet'}."
        f" Counts of results from 1 to {SMALL - 1} are withheld, and others where they would give"
        f" such a count away; totals stay exact.{earlier if imported else ''}"
    )
