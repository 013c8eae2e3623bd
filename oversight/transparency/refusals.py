"""How often each rule refused, as the current publications tell: for the pages of rules."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.interface.display import date_text
from oversight.policy.figures import Refusals
from oversight.transparency.models import Edition
from oversight.transparency.selectors import current_editions, side_by_side, state_of_publication

A_YEAR: Final = timedelta(days=366)


@dataclass(frozen=True)
class _Told:
    """What the editions of the last year tell together."""

    editions: tuple[int, ...]
    first: date
    last: date
    counts: Mapping[str, int]
    withheld: frozenset[str]


def published_refusals(rule_id: str) -> Refusals | None:
    """Requests that a rule refused, by the current editions of the last year.

    None where there are none. Editions that overlap are not added up: the long one counts. The
    count is None where one of them withheld it, and 0 where none names the rule.
    """
    told = _told(state_of_publication(), timezone.localdate())
    if told is None:
        return None
    numbers = ", ".join(map(str, told.editions))
    words = {"first": date_text(told.first), "last": date_text(told.last), "numbers": numbers}
    single = len(told.editions) == 1
    period = (
        _("%(first)s to %(last)s, as published in report %(numbers)s")
        if single
        else _("%(first)s to %(last)s, as published in reports %(numbers)s")
    )
    return Refusals(
        count=None if rule_id in told.withheld else told.counts.get(rule_id, 0),
        period=period % words,
        url=reverse("transparency:report", args=told.editions)
        if single
        else reverse("transparency:reports"),
    )


@lru_cache(maxsize=1)
def _told(_state: str, today: date) -> _Told | None:
    near = [edition for edition in current_editions() if edition.period_to > today - A_YEAR]
    # An edition that began before the year is read only where none lies within it.
    within = [edition for edition in near if edition.period_from >= today - A_YEAR]
    chosen = side_by_side(within or near)
    return _added_up(chosen) if chosen else None


def _added_up(editions: list[Edition]) -> _Told:
    counts: Counter[str] = Counter()
    withheld: set[str] = set()
    for edition in editions:
        for row in edition.document["refusals_by_rule"]:
            if row["requests"] is None:
                withheld.add(row["rule"])
            else:
                counts[row["rule"]] += row["requests"]
    return _Told(
        editions=tuple(edition.number for edition in editions),
        first=editions[0].period_from,
        last=editions[-1].period_to - timedelta(days=1),
        counts=counts,
        withheld=frozenset(withheld),
    )
