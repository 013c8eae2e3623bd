"""Dots with intervals: one chart a table and rate."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from oversight.interface.charts import Chart, Interval, Intervals, per_hundred
from oversight.transparency.breakdowns import ABOUT_SUBJECTS, TITLES
from oversight.transparency.demographics.rates import (
    FEW,
    RATES,
    Group,
    Rate,
    finding,
    groups_of,
    together,
    words_of,
)

Json = Mapping[str, Any]


def demographic_charts(document: Json) -> Iterator[Chart]:
    """Yield the charts that a document has tables for."""
    for name in ABOUT_SUBJECTS:
        table = document["tables"].get(name)
        for rate in RATES if table else ():
            groups = groups_of(name, table, rate)
            if groups:
                yield _chart(document, name, table, rate, groups)


def _chart(document: Json, name: str, table: Json, rate: Rate, groups: list[Group]) -> Chart:
    slug = f"{rate.name}-by-{name.replace('_', '-')}"
    whole = together(table, rate)
    label = _("Broken line: all groups together, %(number)s of each 100") % {
        "number": per_hundred(whole.point if whole else None)
    }
    place = [document["number"], slug]
    return Chart(
        slug,
        _("%(rate)s. %(table)s") % {"rate": rate.title, "table": TITLES[name]},
        finding(groups),
        Intervals([_interval(g) for g in groups], whole.point if whole else None, label),
        [_("Group"), _("Counted"), _("Of each 100"), _("From"), _("To"), _("Note")],
        [_row(group) for group in groups],
        csv_url=reverse("transparency:chart_csv", args=place),
        svg_url=reverse("transparency:chart_svg", args=place),
    )


def _interval(group: Group) -> Interval:
    share = group.share
    if share is None:
        return Interval(group.label, None, None, None)
    return Interval(group.label, share.low, share.point, share.high)


def _row(group: Group) -> list[str]:
    share = group.share
    if share is None:
        return [group.label, *[_("withheld")] * 4, ""]
    ends = [per_hundred(part) for part in (share.point, share.low, share.high)]
    note = _("Fewer than %(few)s: says little") % {"few": FEW} if share.whole < FEW else ""
    return [group.label, words_of(share), *ends, note]
