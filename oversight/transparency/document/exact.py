"""What an edition tells of the police: their acts are counted exactly, however few."""

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
from oversight.transparency.tally import MEASURES, Tally, UnitKey, reason_of

_ACTS: Final = ("requests", "refused", "run", "imported")
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


def lists(whole: Tally) -> Json:
    """Refusals by rule, and acts by month, use type, unit and area; how long sign-off took."""
    months = sorted({month for month, _ in whole.months})
    uses = sorted({use for use, _ in whole.use_types})
    return {
        "refusals_by_rule": [
            {**reason_of(key), "requests": count} for key, count in sorted(whole.rules.items())
        ],
        "refusals_by_rule_before_adoption": [
            {"rule": rule, "requests": count} for rule, count in sorted(whole.earlier_rules.items())
        ],
        "months": [
            {"month": month, **_counts(whole.months, month, (*MEASURES, "imported"))}
            for month in months
        ],
        "use_types": [{"use_type": use, **_counts(whole.use_types, use, _ACTS)} for use in uses],
        **_places(whole),
        "durations": [
            _duration("waited", "minutes", whole.waited),
            _duration("waited_before_adoption", "minutes", whole.waited_before),
            _duration("read", "seconds", whole.read),
        ],
    }


def _counts(counter: Mapping[tuple[Any, str], int], key: object, names: Sequence[str]) -> Json:
    return {
        ("before_adoption" if name == "imported" else name): counter[key, name] for name in names
    }


def _places(whole: Tally) -> Json:
    """Acts by unit and area, those without any included.

    Only units that the agency itself lists are named: what a source from before adoption wrote as
    a unit might be a person. Results are not told by unit: beside those by month and agency, they
    would give small numbers away.
    """
    listed = {(unit.agency_id, unit.name): unit.area for unit in Unit.objects.all()}
    by_unit = whole.units(lambda key: _unit_row(key, listed))
    by_area = whole.units(lambda key: (key[0], listed.get((key[0], key[1] or ""))))
    units = {_unit_row(key, listed) for key in listed} | {key for key, _measure in by_unit}
    areas: set[UnitKey] = {(agency, area) for (agency, _name), area in listed.items()}
    areas |= {key for key, _measure in by_area}
    return {
        "units": list(_acts("unit", units, by_unit)),
        "areas": list(_acts("area", areas, by_area)),
    }


def _unit_row(key: UnitKey, listed: Mapping[tuple[str, str], str]) -> UnitKey:
    agency, name = key
    return (agency, name) if name is not None and (agency, name) in listed else (agency, None)


def _acts(
    column: str, rows: set[UnitKey], counts: Mapping[tuple[UnitKey, str], int]
) -> Iterator[Json]:
    for agency, name in sorted(rows, key=lambda row: (row[0], row[1] is None, row[1] or "")):
        yield {"agency": agency, column: name, **_counts(counts, (agency, name), _ACTS)}


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
