"""Suspensions and replays as pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from oversight.interface.components import Link, SiteAlert, SummaryRow, TimelineEntry
from oversight.interface.display import date_text
from oversight.policy import codes
from oversight.policy.models import ReplayRun, Suspension
from oversight.policy.presenting.effects import change_label
from oversight.policy.presenting.lawbook import rule_url
from oversight.policy.selectors import suspension_in_force

CHANGES: Final = ("now_refused", "now_permitted", "other_reasons")


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """One past request that is decided otherwise."""

    id: str
    agency: str
    day: str
    label: str
    before: str
    after: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """How often each change of `CHANGES` occurred, by use type, offence or unit."""

    title: str
    rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a replay found."""

    decided: int
    unusable: int
    refused_before: int
    refused_after: int
    changes: Sequence[tuple[str, int]]
    by_rule: Sequence[tuple[str, str, int]]
    groups: Sequence[Group]
    kinds: Sequence[str]
    differences: Sequence[ShownDifference]
    more: int
    errors: Sequence[Mapping[str, str]]


def halt_banner(alias: str = "default") -> SiteAlert | None:
    """The banner of a suspension that is in force, asked anew for every page."""
    halt = suspension_in_force(alias)
    if halt is None:
        return None
    record = Link(_("Read the record"), reverse("policy:suspensions"))
    return SiteAlert(_("All use of face recognition is suspended"), halt.reason, record)


def suspension_timeline(found: Iterable[Suspension]) -> list[TimelineEntry]:
    """Each suspension and its lifting, newest first."""
    entries = []
    for one in found:
        if hasattr(one, "lifting"):
            lifted = one.lifting
            entries.append(
                TimelineEntry(
                    _("Suspension %(number)s lifted") % {"number": one.pk},
                    lifted.lifted_at,
                    str(lifted.lifted_by),
                    lifted.reason,
                )
            )
        entries.append(
            TimelineEntry(
                _("All use suspended (%(number)s)") % {"number": one.pk},
                one.suspended_at,
                str(one.suspended_by),
                one.reason,
                current=not hasattr(one, "lifting"),
            )
        )
    return entries


def replay_rows(run: ReplayRun) -> list[SummaryRow]:
    """What was asked."""
    return [
        SummaryRow(_("From"), date_text(run.since)),
        SummaryRow(_("To"), date_text(run.until - timedelta(days=1))),
        SummaryRow(_("Under"), law_text(run)),
        SummaryRow(_("Asked by"), str(run.asked_by)),
        SummaryRow(_("Asked at"), run.asked_at),
    ]


def law_text(run: ReplayRun) -> str:
    """Under which law a replay decides."""
    if run.proposal:
        return str(run.proposal)
    if run.as_known:
        return _("The rules as they were known when each request was decided")
    return _("The rules as they stand")


def found_by(run: ReplayRun) -> Found | None:
    """What a replay found; None while it has not ended, or where it failed."""
    document = run.result.document if hasattr(run, "result") else None
    if document is None:
        return None
    totals = document["totals"]
    changed = sum(totals["changes"].values())
    differences = [_difference(one) for one in document["differences"]]
    return Found(
        decided=totals["decided"],
        unusable=totals["unusable"],
        refused_before=totals["before"].get("refuse", 0),
        refused_after=totals["after"].get("refuse", 0),
        changes=[
            (change_label(change), totals["changes"][change])
            for change in CHANGES
            if change in totals["changes"]
        ],
        by_rule=[(rule, rule_url(rule), n) for rule, n in _often(totals["refused_by_rule"])],
        groups=[
            _group(name, totals["changes_by"][name])
            for name in ("purpose", "offence", "unit")
            if name in totals["changes_by"]
        ],
        kinds=[change_label(change) for change in CHANGES],
        differences=differences,
        more=changed - len(differences),
        errors=document["errors"],
    )


def _difference(one: Mapping[str, Any]) -> ShownDifference:
    before, after = one["before"], one["after"]
    return ShownDifference(
        id=one["id"],
        agency=one["agency"],
        day=one["day"],
        label=change_label(one["change"]),
        before=", ".join(before["rules"]) or _("not refused"),
        after=[(rule, rule_url(rule)) for rule in after["rules"]],
    )


def _group(name: str, found: Mapping[str, Mapping[str, int]]) -> Group:
    titles = {"purpose": _("By use type"), "offence": _("By offense"), "unit": _("By unit")}
    labels: codes.Labels = {"purpose": codes.PURPOSES, "offence": codes.NIBRS}.get(name, {})
    rows = [
        (str(labels.get(value, _("Not stated") if value == "-" else value)), _changes(counts))
        for value, counts in sorted(found.items(), key=lambda item: -sum(item[1].values()))
    ]
    return Group(titles[name], rows)


def _changes(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(change_label(change), counts.get(change, 0)) for change in CHANGES]


def _often(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
