"""Shares by group, from the tables of an edition; withheld where any of its counts is."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oversight.transparency.breakdowns import row_label
from oversight.transparency.demographics.intervals import Share, wilson
from oversight.transparency.presenting import count

Table = Mapping[str, Any]

_RAN: Final = ("no_candidate", "no_lead", "lead")
FEW: Final = 30
"""Below so many a share is marked: its interval spans most of the scale."""


@dataclass(frozen=True)
class Rate:
    """What is compared between groups: the columns counted, and the columns that they are of."""

    name: str
    title: str | Promise
    some: tuple[str, ...]
    whole: tuple[str, ...]


RATES: Final = (
    Rate(
        "leads",
        gettext_lazy("Searches that gave a lead, of each 100 that ran"),
        ("lead",),
        _RAN,
    ),
    Rate(
        "refused",
        gettext_lazy("Requests that were refused, of each 100"),
        ("refused",),
        ("requests",),
    ),
)


@dataclass(frozen=True)
class Group:
    """A group with its share; None where a count that it needs was withheld, or nothing counted."""

    label: str
    share: Share | None
    withheld: bool


def groups_of(name: str, table: Table, rate: Rate) -> list[Group]:
    """Return the groups in which anything was counted, and those that were withheld."""
    found = [_group(str(row_label(name, row["row"])), row, rate) for row in table["rows"]]
    return [group for group in found if group.share or group.withheld]


def together(table: Table, rate: Rate) -> Share | None:
    """Return the share of all groups, from the exact totals; None where nothing was counted."""
    return _group("", table["totals"], rate).share


def finding(groups: list[Group]) -> str:
    """Say whether the intervals of any two groups lie apart; nothing of why."""
    known = [group for group in groups if group.share]
    apart = [
        (one, other)
        for one, other in combinations(known, 2)
        if one.share and other.share and one.share.apart_from(other.share)
    ]
    if len(known) < 2:  # noqa: PLR2004  (it takes two to compare)
        return _("There are too few groups whose numbers are told to compare them.")
    if not apart:
        return _("The intervals of all groups overlap: these numbers show no difference.")
    pairs = "; ".join(
        _("%(one)s and %(other)s") % {"one": one.label, "other": other.label}
        for one, other in apart
    )
    return _("The intervals of these groups lie apart, for whatever reason: %(pairs)s.") % {
        "pairs": pairs
    }


def words_of(share: Share | None) -> str:
    """A share as counts: "12 of 98"."""
    if share is None:
        return _("withheld")
    told = {"some": count(share.some), "whole": count(share.whole)}
    return _("%(some)s of %(whole)s") % told


def _group(label: str, row: Mapping[str, Any], rate: Rate) -> Group:
    some = [row[column] for column in rate.some]
    whole = [row[column] for column in rate.whole]
    if None in (*some, *whole):
        return Group(label, None, withheld=True)
    return Group(label, wilson(sum(some), sum(whole)) if sum(whole) else None, withheld=False)
