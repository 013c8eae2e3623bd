"""What an edition counts, before small numbers of its lists are withheld."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import translation

from oversight.people.models import Unit
from oversight.transparency.definitions import ALL, RECORDED, Definition
from oversight.transparency.sources import Value
from oversight.transparency.tally import (
    ACTS,
    BEFORE_ADOPTION,
    MEASURES,
    Tally,
    UnitKey,
    reason_of,
)

_SEARCH_KEY: Final = ("month", "agency", "use_type")
_ENOUGH: Final = 20
"""Fewer verdicts than this give no quantiles: a tenth of them would be one person's."""

Json = dict[str, Any]


def figures(whole: Tally, own: Mapping[str, Value]) -> dict[str, Json]:
    """Each figure with its value, its share from before adoption, and its words."""
    counted = {definition.name: whole.figures[definition.name] for definition in RECORDED}
    recorded: Mapping[str, Value] = {**counted, **own}
    with translation.override("en"):
        return {each.name: _figure(each, recorded, whole) for each in ALL}


def _figure(definition: Definition, recorded: Mapping[str, Value], whole: Tally) -> Json:
    """Freeze a figure with its words; money is text, for JSON has no exact fractions."""
    value = recorded.get(definition.name)
    return {
        "value": f"{value:.2f}" if isinstance(value, Decimal) else value,
        "before_adoption": None if value is None else whole.imported[definition.name],
        "definition": str(definition.text),
    }


def nil_return(start: date, end: date, whole: Tally) -> str | None:
    """The statement of zero of a period without requests; None for any other."""
    if whole.figures["requests"]:
        return None
    last = end - timedelta(days=1)
    return (
        f"Nothing was asked for from {start.isoformat()} to {last.isoformat()}: no request for a"
        " face search was sent. This is a return of zero, not a missing report."
    )


def lists(whole: Tally, areas: Mapping[UnitKey, str | None]) -> Json:
    """Refusals by rule, how long sign-off took, and counts by month, use type, unit and area.

    ``areas`` are those of ``places_of``.
    """
    months = sorted({month for month, _count in whole.months})
    uses = sorted({use for use, _count in whole.use_types})
    return {
        "refusals_by_rule": [
            {**reason_of(key), "requests": count} for key, count in sorted(whole.rules.items())
        ],
        "refusals_by_rule_before_adoption": [
            {"rule": rule, "requests": count} for rule, count in sorted(whole.earlier_rules.items())
        ],
        "months": [
            {"month": month, **_counts(whole.months, month, (*MEASURES, BEFORE_ADOPTION))}
            for month in months
        ],
        "use_types": [{"use_type": use, **_counts(whole.use_types, use, ACTS)} for use in uses],
        "units": list(_units(whole, areas)),
        "areas": list(_areas(whole, areas)),
        "searches": [
            {**dict(zip(_SEARCH_KEY, row, strict=True)), **_counts(whole.searches, row, MEASURES)}
            for row in sorted({row for row, _count in whole.searches})
        ],
        "durations": [
            _duration("waited", "minutes", whole.waited),
            _duration("waited_before_adoption", "minutes", whole.waited_before),
            _duration("read", "seconds", whole.read),
        ],
    }


def places_of(whole: Tally) -> dict[UnitKey, str | None]:
    """Every row of the list of units with its area; None is of no listed unit.

    Only units that the agency itself lists are named: what a source from before adoption wrote as
    a unit might be a person.
    """
    listed: dict[UnitKey, str | None] = {
        (unit.agency_id, unit.name): unit.area for unit in Unit.objects.all()
    }
    told = {key for bucket in whole.buckets.values() for key in bucket.units}
    return listed | {(agency, None): None for agency, unit in told if (agency, unit) not in listed}


def _counts(counter: Mapping[tuple[Any, str], int], key: object, names: Sequence[str]) -> Json:
    return {name: counter[key, name] for name in names}


def _units(whole: Tally, areas: Mapping[UnitKey, str | None]) -> Iterator[Json]:
    """Results are not told by unit: an agency's own lists would give its small numbers away."""
    counts = whole.units(lambda key: key if key in areas else (key[0], None))
    for agency, unit in sorted(areas, key=_absent_last):
        yield {"agency": agency, "unit": unit, **_counts(counts, (agency, unit), ACTS)}


def _areas(whole: Tally, areas: Mapping[UnitKey, str | None]) -> Iterator[Json]:
    counts = whole.units(lambda key: (key[0], areas.get(key)))
    for agency, area in sorted(
        {(agency, areas[agency, u]) for agency, u in areas}, key=_absent_last
    ):
        yield {"agency": agency, "area": area, **_counts(counts, (agency, area), ACTS)}


def _absent_last(place: UnitKey) -> tuple[str, bool, str]:
    return place[0], place[1] is None, place[1] or ""


def _duration(name: str, unit: str, times: Counter[int]) -> Json:
    """How long something took: nearest-rank quantiles (Hyndman and Fan 1996, type 1)."""
    counted = times.total()
    wanted = {"quarter": 0.25, "median": 0.5, "three_quarters": 0.75, "nine_tenths": 0.9}
    told = {
        each: _quantile(times, share) if counted >= _ENOUGH else None
        for each, share in wanted.items()
    }
    return {"name": name, "unit": unit, "counted": counted, **told}


def _quantile(times: Counter[int], share: float) -> int:
    rank, passed = math.ceil(share * times.total()), 0
    for time in sorted(times):
        passed += times[time]
        if passed >= rank:
            return time
    raise ValueError("There is no quantile of nothing.")
