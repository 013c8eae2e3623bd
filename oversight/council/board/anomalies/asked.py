"""Who asked for what, and when: one row for each sending of a request."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models.fields.json import KT

from oversight.requests.figures import window
from oversight.requests.models import Submission


@dataclass(frozen=True, slots=True)
class Asked:
    """The first sending of a request, at the time of its agency."""

    request: int
    officer: str
    unit: str
    case: str
    source: str
    at: datetime


def asked_in(start: date, end: date) -> list[Asked]:
    """Return the requests first sent from ``start`` to before ``end``, oldest first."""
    rows = (
        Submission.objects.filter(sequence=1, submitted_at__range=window(start, end))
        .order_by("submitted_at", "id")
        .values_list(
            "request_id",
            "request__requester__name",
            "request__requester__username",
            "request__unit__name",
            "submitted_at",
            "request__agency__time_zone",
            KT("answers__case_number"),
            KT("answers__source"),
        )
    )
    found = [
        Asked(
            request=request,
            officer=f"{name} ({username})",
            unit=unit,
            case=case or "",
            source=source or "",
            at=moment.astimezone(ZoneInfo(zone)),
        )
        for request, name, username, unit, moment, zone, case, source in rows.iterator()
    ]
    return [each for each in found if start <= each.at.date() < end]
