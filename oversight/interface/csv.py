"""Tables as CSV files that a spreadsheet cannot be tricked with."""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from django.http import StreamingHttpResponse

from oversight.interface.tables import Table

# A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV Injection"); they skip
# leading blanks, and full-width forms are folded to these by some of them.
_FORMULA: Final = re.compile(
    r"^\s*[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]"
)  # the last four: wide forms
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Echo:
    """A file that gives back what is written, for streaming."""

    def write(self, text: str) -> str:
        return text


def neutral(value: object) -> str:
    """One value as the text of a cell: ISO 8601 for dates, formulas made text by an apostrophe.

    Numbers are written as they are, a minus included; None is an empty cell.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        value = " ".join(str(each) for each in value)
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def csv_lines(records: Iterable[Sequence[object]]) -> Iterator[str]:
    """RFC 4180 lines, ended by CRLF."""
    writer = csv.writer(_Echo())
    for record in records:
        yield writer.writerow([neutral(value) for value in record])


def csv_response(table: Table, name: str) -> StreamingHttpResponse:
    """All rows of `table` as a download called `name`.csv (lower-case words joined by hyphens)."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no file name: use lower-case words joined by hyphens.")
    return StreamingHttpResponse(
        csv_lines(table.records),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "X-Content-Type-Options": "nosniff",
        },
    )
