"""Reads of requests for public records. All of it is public."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import QuerySet

from oversight.council.models import RecordsRequest


@dataclass(frozen=True, slots=True)
class RecordsYear:
    """The requests received in a year, and what became of them. ``days`` is None where none ended."""

    year: int
    received: int
    outcomes: Counter[str]
    days: float | None

    @property
    def open(self) -> int:
        """How many have not ended."""
        return self.received - self.outcomes.total()


def records_years() -> list[RecordsYear]:
    """Every year in which requests were received, the newest first."""
    rows = list(
        RecordsRequest.objects.values_list(
            "received_on", "answer__outcome", "answer__answered_on"
        ).order_by()
    )
    years = sorted({received.year for received, *_rest in rows}, reverse=True)
    return [_year(year, [row for row in rows if row[0].year == year]) for year in years]


def open_requests() -> QuerySet[RecordsRequest]:
    """Requests without an answer, the oldest first."""
    return RecordsRequest.objects.filter(answer__isnull=True).order_by("received_on", "pk")


def records_request(number: int) -> RecordsRequest:
    """One request; raises ``RecordsRequest.DoesNotExist``."""
    return RecordsRequest.objects.get(pk=number)


def _year(year: int, rows: list[tuple[date, str | None, date | None]]) -> RecordsYear:
    days = [(ended - received).days for received, _outcome, ended in rows if ended]
    outcomes = Counter(outcome for _received, outcome, _ended in rows if outcome)
    return RecordsYear(year, len(rows), outcomes, median(days) if days else None)
