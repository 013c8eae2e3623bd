"""What editions count of this room (docs/decisions/0100): complaints, technologies, records, cost."""

from decimal import Decimal
from typing import Final

from oversight.council.models import Finding, RecordsRequest, StandingChange, Technology, YearlyCost
from oversight.council.periods import ended_before_adoption, midnight
from oversight.council.selectors.complaints import totals_of
from oversight.transparency.sources import Period, Value

NAMES: Final = (
    "complaints",
    "complaints_open",
    "complaints_sustained",
    "complaints_not_sustained",
    "complaints_unfounded",
    "technologies",
    "records_requests",
    "cost",
)


def council_figures(period: Period) -> dict[str, Value]:
    """Return this room's figures of a period.

    None where nobody could record them: a period that ended before this system was in use, records
    requests of which the department has entered none ever, and the cost of anything but whole
    years in which it was entered for every technology.
    """
    if ended_before_adoption(period.end):
        return dict.fromkeys(NAMES)
    return {
        **_complaints(period),
        "technologies": _technologies(period),
        "records_requests": _records_requests(period),
        "cost": _cost(period),
    }


def _complaints(period: Period) -> dict[str, Value]:
    totals = totals_of(midnight(period.start), midnight(period.end))
    ended = totals.by_outcome
    return {
        "complaints": totals.received,
        "complaints_open": totals.in_review,
        "complaints_sustained": ended[Finding.Outcome.SUSTAINED],
        "complaints_not_sustained": ended[Finding.Outcome.NOT_SUSTAINED],
        # That no rule was broken: it did not happen, or it did and the rules allowed it.
        "complaints_unfounded": ended[Finding.Outcome.UNFOUNDED]
        + ended[Finding.Outcome.EXONERATED],
    }


def _technologies(period: Period) -> int:
    """On the inventory at the end of the period, and not retired by then."""
    end = midnight(period.end)
    retired = StandingChange.objects.filter(act=StandingChange.Act.RETIRED, made_at__lt=end)
    listed = Technology.objects.filter(added_at__lt=end)
    return listed.exclude(pk__in=retired.values("technology")).count()


def _records_requests(period: Period) -> int | None:
    if not RecordsRequest.objects.exists():
        return None
    found = RecordsRequest.objects.filter(received_on__gte=period.start, received_on__lt=period.end)
    return found.count()


def _cost(period: Period) -> Decimal | None:
    first_days = {(day.month, day.day) for day in (period.start, period.end)}
    if first_days != {(1, 1)}:
        return None
    years = range(period.start.year, period.end.year)
    technologies = Technology.objects.filter(kind=Technology.Kind.FACE_RECOGNITION)
    newest: dict[tuple[int, int], YearlyCost] = {
        (cost.technology_id, cost.year): cost
        for cost in YearlyCost.objects.filter(technology__in=technologies).order_by("pk")
    }
    wanted = [(one.pk, year) for one in technologies for year in years]
    if not wanted or any(key not in newest for key in wanted):
        return None
    return sum((newest[key].personnel + newest[key].other for key in wanted), Decimal(0))
