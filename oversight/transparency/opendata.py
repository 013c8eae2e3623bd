"""Rows for open data: of the main file, and of an edition as one long table.

Which columns a file has, and what they mean, is said in ``datasets``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from oversight.transparency.breakdowns import COLUMNS
from oversight.transparency.models import Edition
from oversight.transparency.selectors import side_by_side

_ADDED: Final = ("requests", "refused", "run", "no_candidate", "leads")
_KEY: Final = ("month", "agency", "use_type")


def searches_by_month(current: Sequence[Edition]) -> Iterator[dict[str, Any]]:
    """Yield the rows of the main file (contracts, section 8), from editions that do not overlap.

    A withheld count is None, and its name stands in ``suppressed``, separated by spaces.
    """
    sums: dict[tuple[str, ...], dict[str, int | None]] = {}
    for edition in side_by_side(current):
        for row in edition.document["searches"]:
            key = tuple(row[name] for name in _KEY)
            before = sums.get(key, dict.fromkeys(_ADDED, 0))
            sums[key] = {name: _sum(before[name], row[name]) for name in _ADDED}
    for key, row in sorted(sums.items()):
        hidden = [name for name in _ADDED if row[name] is None]
        yield {**dict(zip(_KEY, key, strict=True)), **row, "suppressed": " ".join(hidden)}


def records_of(document: Mapping[str, Any]) -> Iterator[list[object]]:
    """Yield an edition as one long table: which list, which row, which count, how many."""
    yield ["list", "row", "count", "value", "before_adoption"]
    for name, figure in document["figures"].items():
        yield ["figures", "", name, figure["value"], figure["before_adoption"]]
    yield from _list_records(document)
    for row in document["searches"]:
        for count in _ADDED:
            yield ["searches", " ".join(row[k] for k in _KEY), count, row[count], None]
    for name, table in document["tables"].items():
        for row in (*table["rows"], {"row": "all", **table["totals"]}):
            for count in ("requests", *COLUMNS):
                yield [name, row["row"], count, row[count], None]


def _list_records(document: Mapping[str, Any]) -> Iterator[list[object]]:
    for name in ("refusals_by_rule", "refusals_by_rule_before_adoption"):
        for rule in document[name]:
            yield [name, rule["rule"], "requests", rule["requests"], None]
    for name, key in (("months", "month"), ("use_types", "use_type")):
        for row in document[name]:
            for count in sorted(row.keys() - {key, "before_adoption", "suppressed"}):
                earlier = row["before_adoption"] if count == "requests" else None
                yield [name, row[key], count, row[count], earlier]


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
