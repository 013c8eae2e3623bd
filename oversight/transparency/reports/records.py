"""A report as one long table: which item, what of it, which row, which count, how much, how it stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from oversight.transparency.opendata import records_of as figures_of
from oversight.transparency.reports.presenting import changes_text, said

HEADER = ("item", "part", "row", "count", "value", "state")

Json = Mapping[str, Any]


def records_of(document: Json) -> Iterator[list[object]]:
    """Yield the header and the rows of a report.

    ``state`` is ``exact``, ``withheld``, ``not_recorded``, ``supplied`` or ``not_supplied``; of the
    rows about the report itself it is empty.
    """
    yield list(HEADER)
    yield from _about(document)
    for item in document["items"]:
        yield from _item(item)


def edition_records_of(document: Json) -> Iterator[list[object]]:
    """Yield an edition as one long table, with what it says of itself before its figures."""
    rows = figures_of(document)
    yield list(next(rows))
    told = {
        "number": document["number"],
        "from": document["period"]["from"],
        "to": document["period"]["to"],
        "made_at": document["made_at"],
        "complete": document["complete"],
        "nil_return": document["nil_return"],
        "corrects": document.get("corrects"),
        "because": document.get("because"),
    }
    for name, value in told.items():
        yield ["edition", "", name, value, None]
    for name, change in document.get("changes", {}).get("figures", {}).items():
        yield ["corrected_from", "", name, change["from"], None]
    yield from rows


def _about(document: Json) -> Iterator[list[object]]:
    told = {
        "number": document["number"],
        "kind": document["pack"]["slug"],
        "title": said(document["pack"]["title"]),
        "citation": document["pack"]["citation"],
        "from": document["period"]["from"],
        "to": document["period"]["to"],
        "due": document["due"],
        "made_at": document["made_at"],
        "late": document["late"],
        "edition": document["edition"]["number"],
        "nil_return": document["nil_return"],
        "corrects": document.get("corrects"),
        "because": document.get("because"),
    }
    for name, value in told.items():
        yield ["report", "about", "", name, value, ""]
    for line in changes_text(document):
        yield ["report", "change", "", "", line, ""]


def _item(item: Json) -> Iterator[list[object]]:
    for figure in item["figures"]:
        yield [item["id"], "figure", "", figure["name"], figure["value"], figure["state"]]
    for table in item["tables"]:
        yield from _table(item["id"], table)
    for words in item["not_recorded"]:
        yield [item["id"], "asked", said(words), "", None, "not_recorded"]
    if item["asked"]:
        text = item["answer"]["text"] if item["answer"] else None
        yield [item["id"], "text", "", "", text, "supplied" if text else "not_supplied"]


def _table(item: str, table: Json) -> Iterator[list[object]]:
    if table["rows"] is None:
        yield [item, table["name"], "", "", None, "not_recorded"]
        return
    for row in table["rows"]:
        named = [row[key] for key in ("agency", "row") if key in row]
        for count, value in row.items():
            if count not in ("agency", "row", "suppressed"):
                state = "withheld" if value is None else "exact"
                told = " / ".join(each or "unknown" for each in named)
                yield [item, table["name"], told, count, value, state]
