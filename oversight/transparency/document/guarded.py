"""What an edition tells of persons: tables in which small cells are withheld."""

from collections.abc import Sequence
from typing import Any

from oversight.interface.display import SMALL
from oversight.transparency.breakdowns import ABOUT_SUBJECTS, COLUMNS, TITLES, rows_of
from oversight.transparency.disclosure import Printed, Request, withheld_cells
from oversight.transparency.document.neighbours import Neighbours
from oversight.transparency.models import EarlierSearch, Edition
from oversight.transparency.tally import Tally

Json = dict[str, Any]


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
