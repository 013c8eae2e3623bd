"""The document of an edition: everything that is published of a period, ready to freeze."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

import rfc8785
from django.conf import settings
from django.utils import timezone

from oversight.interface.display import SMALL
from oversight.leads.figures import runs_for_earlier_requests
from oversight.requests.figures import templates_held, templates_purged
from oversight.transparency.counting import counted_requests, people_with_access
from oversight.transparency.document.exact import figures, lists, nil_return, places_of
from oversight.transparency.document.guarded import person_tables
from oversight.transparency.document.neighbours import Neighbours
from oversight.transparency.document.numbers import LISTS, numbers_of, without
from oversight.transparency.protection import Earlier, Protection, Stretch
from oversight.transparency.sources import Period, Value, supplied_figures
from oversight.transparency.tally import Tally

__all__ = ["FORM", "Json", "Neighbours", "build_document", "digest_of"]

FORM: Final = "oversight-edition/1"

Json = dict[str, Any]


def build_document(start: date, end: date, *, at: datetime, near: Neighbours) -> Json:
    """Count a period and freeze what may be told of it.

    Returns a JSON document of text, whole numbers, true, false and null. ``number``, ``corrects``
    and the ``changes`` are the publisher's to add.
    """
    stretches = _count(start, end, near)
    whole = Tally.together(stretches.values())
    apart = stretches.get(frozenset(), Tally())
    return {
        "form": FORM,
        "city": str(settings.CITY_NAME),
        "period": {"from": start.isoformat(), "to": end.isoformat()},
        "made_at": timezone.localtime(at).isoformat(timespec="seconds"),
        "complete": end <= timezone.localdate(at),
        "threshold": SMALL,
        "nil_return": nil_return(start, end, whole),
        "figures": figures(whole, _other_figures(start, end, at)),
        **_lists(whole, stretches, near),
        "tables": person_tables(whole, apart, near),
        "tables_printed": not near.closed,
    }


def digest_of(document: Mapping[str, Any]) -> str:
    """The sha256 of the document's canonical JSON (RFC 8785)."""
    return f"sha256:{hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()}"


def _count(start: date, end: date, near: Neighbours) -> dict[frozenset[int], Tally]:
    """Count the days of the period, apart where other editions inside it cover them."""
    covering = lru_cache(maxsize=None)(near.covering)
    found: dict[frozenset[int], Tally] = defaultdict(Tally)
    for counted in counted_requests(start, end):
        found[covering(counted.day)].add(counted)
    return found


def _lists(whole: Tally, stretches: Mapping[frozenset[int], Tally], near: Neighbours) -> Json:
    """The lists, their small numbers withheld; of a closed edition, none that has rows."""
    areas = places_of(whole)
    told = lists(whole, areas)
    if near.closed:
        return told | {name: [] for name in LISTS}
    numbers = {cell: count for cell, count in numbers_of(told).items() if count is not None}
    protection = Protection(
        numbers,
        {days: Stretch.of(tally, areas.keys()) for days, tally in stretches.items()},
        areas,
        threshold=SMALL,
        earlier=Earlier(
            {edition.number: numbers_of(edition.document) for edition in near.inside},
            [edition.number for edition in near.inner],
            numbers_of(near.corrected.document) if near.corrected else {},
        ),
    )
    return told | without(told, protection.withheld())


def _other_figures(start: date, end: date, at: datetime) -> dict[str, Value]:
    """Figures that are not counts of the period's requests."""
    return {
        "people_with_access": people_with_access(timezone.localdate(at)),
        "templates_held": templates_held(),
        "templates_purged": templates_purged(start, end),
        "run_for_earlier_requests": runs_for_earlier_requests(start, end),
        **supplied_figures(Period(start, end)),
    }
