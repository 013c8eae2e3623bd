"""What an edition tells of persons: tables in which small cells are withheld."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from oversight.interface.display import SMALL
from oversight.transparency.breakdowns import ABOUT_SUBJECTS, COLUMNS, TITLES, rows_of
from oversight.transparency.disclosure import Printed, Request, withheld_cells
from oversight.transparency.document.neighbours import Neighbours
from oversight.transparency.models import EarlierSearch, Edition
from oversight.transparency.tally import MEASURES, Tally

_WITHHOLDABLE: Final = ("no_candidate", "leads")

Json = dict[str, Any]


def search_rows(whole: Tally, apart: Tally, near: Neighbours) -> list[Json]:
    """The rows of the main open-data file."""
    rows: list[Json] = []
    for month in sorted({month for month, _ in whole.months}):
        rows += _searches_of_month(month, whole, apart, near)
    return rows


def _searches_of_month(month: str, whole: Tally, apart: Tally, near: Neighbours) -> list[Json]:
    """Months lie apart, so each is protected by itself; how many searches ran stays exact."""
    keys = whole.keys_of_month(month)
    places = {key: index for index, key in enumerate(keys)}
    withheld = withheld_cells(
        Request(
            counts=whole.results(keys),
            apart=apart.results(keys),
            inner=[_printed_searches(e, places) for e in near.inner],
            corrected=_printed_searches(near.corrected, places) if near.corrected else None,
            fixed_margin=True,
            unprinted=(len(_WITHHOLDABLE),),
            closed=near.closed,
        ),
        threshold=SMALL,
    )
    rows = []
    for key, index in places.items():
        hidden = [name for c, name in enumerate(_WITHHOLDABLE) if (index, c) in withheld]
        counts = {name: whole.searches[key, name] for name in MEASURES}
        row = dict(zip(("month", "agency", "use_type"), key, strict=True))
        rows.append({**row, **counts, **dict.fromkeys(hidden), "suppressed": hidden})
    return rows


def _printed_searches(edition: Edition, places: Mapping[tuple[str, str, str], int]) -> Printed:
    printed: dict[tuple[int, int], int | None] = {}
    for row in edition.document["searches"]:
        index = places.get((row["month"], row["agency"], row["use_type"]))
        if index is not None:
            printed |= {(index, c): row[name] for c, name in enumerate(_WITHHOLDABLE)}
    return printed


def person_tables(whole: Tally, apart: Tally, near: Neighbours) -> dict[str, Json]:
    """The tables that tell of persons searched for."""
    seen = _ever_told() if whole.imported else {}
    wanted = [name for name in TITLES if name not in ABOUT_SUBJECTS or whole.imported]
    return {name: _table(name, rows_of(name, seen), whole, apart, near) for name in wanted}


def _ever_told() -> dict[str, set[str]]:
    return {
        name: set(
            EarlierSearch.objects.filter(**{f"{name}__isnull": False})
            .order_by()
            .values_list(name, flat=True)
            .distinct()
        )
        for name in ABOUT_SUBJECTS
    }


def _table(name: str, rows: Sequence[str], whole: Tally, apart: Tally, near: Neighbours) -> Json:
    counts = whole.cells(name, rows, COLUMNS)
    withheld = withheld_cells(
        Request(
            counts=counts,
            apart=apart.cells(name, rows, COLUMNS),
            inner=[_printed_table(e, name, rows) for e in near.inner],
            corrected=_printed_table(near.corrected, name, rows) if near.corrected else None,
            closed=near.closed,
        ),
        threshold=SMALL,
    )
    lines = []
    for index, key in enumerate(rows):
        cells = [*counts[index], sum(counts[index])]
        shown = [None if (index, c) in withheld else count for c, count in enumerate(cells)]
        lines.append({"row": key, **dict(zip((*COLUMNS, "requests"), shown, strict=True))})
    totals = [sum(column) for column in zip(*counts, strict=True)]
    return {
        "rows": lines,
        "totals": dict(zip((*COLUMNS, "requests"), [*totals, sum(totals)], strict=True)),
    }


def _printed_table(edition: Edition, name: str, rows: Sequence[str]) -> Printed:
    table = edition.document["tables"].get(name)
    lines = {line["row"]: line for line in table["rows"]} if table else {}
    return {
        (index, column): lines[key][field]
        for index, key in enumerate(rows)
        if key in lines
        for column, field in enumerate((*COLUMNS, "requests"))
    }
