"""The board's own reading is recorded: rows that can identify officers, and cases in a sample."""

from collections.abc import Sequence

from oversight.council.board import events
from oversight.council.board.models import Sample
from oversight.council.board.sampled import request_at
from oversight.council.board.services.acting import acting, tell
from oversight.people.models import Person


def open_rows(*, reader: Person, what: str, rows: Sequence[int]) -> None:
    """Record that someone opened rows: what they asked for, and the numbers of the requests shown."""
    with acting() as now:
        tell(events.ROWS_OPENED, now, {"reader": reader.pk, "what": what, "rows": list(rows)})


def open_case(*, reader: Person, sample: Sample, place: int) -> None:
    """Record that someone opened a member of a sample."""
    with acting() as now:
        told = {"reader": reader.pk, "sample": sample.number, "place": place}
        tell(events.CASE_OPENED, now, {**told, "request": request_at(sample, place).pk})
