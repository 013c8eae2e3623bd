"""The tables of an edition's document as a report names them, row by row, as they were printed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from oversight.transparency.definitions import ENDINGS, RESULTS

Json = dict[str, Any]

_KEYS: Final = {"months": "month", "use-types": "use_type", "units": "unit", "areas": "area"}


def rows_of(document: Mapping[str, Any], name: str) -> list[Json] | None:
    """Return a table's rows, or None where the edition has no such table.

    Each row has its key as ``row`` and its counts, null where withheld. ``name`` is what pages
    call it: ``endings``, ``results``, ``rules``, ``months``, ``use-types``, ``units``,
    ``areas``, or a table about persons.
    """
    match name:
        case "endings":
            return _figures(document, ENDINGS, "requests")
        case "results":
            return _figures(document, RESULTS, "searches")
        case "rules":
            return _rules(document)
        case "months" | "use-types" | "units" | "areas":
            return _listed(document, name)
    table = document["tables"].get(name.replace("-", "_"))
    return None if table is None else [*table["rows"], {"row": "all", **table["totals"]}]


def _figures(document: Mapping[str, Any], names: Sequence[str], counted: str) -> list[Json]:
    figures = document["figures"]
    return [
        {"row": name, counted: figures[name]["value"]}
        for name in names
        if name in figures and figures[name]["value"] is not None
    ]


def _rules(document: Mapping[str, Any]) -> list[Json]:
    lists = (("refusals_by_rule", False), ("refusals_by_rule_before_adoption", True))
    return [
        {"row": rule["rule"], "requests": rule["requests"], "before_adoption": earlier}
        for name, earlier in lists
        for rule in document[name]
    ]


def _listed(document: Mapping[str, Any], name: str) -> list[Json] | None:
    key = _KEYS[name]
    rows = document.get(name.replace("-", "_"))
    if rows is None:  # an edition from before these were counted
        return None
    return [
        {"row": row[key], **{field: value for field, value in row.items() if field != key}}
        for row in rows
    ]
