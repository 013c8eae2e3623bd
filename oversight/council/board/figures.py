"""The figures of the dashboard: this period's, the one's before, and whether they differ unusually."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from oversight.council.board.counting import tally_of
from oversight.council.board.periods import Period
from oversight.council.board.verdicts import Verdict, verdicts_given
from oversight.transparency.definitions import BY_NAME, Definition, Text
from oversight.transparency.tally import Tally, reason_of

VOLUME: Final = (
    "requests",
    "refused_by_gate",
    "returned",
    "refused_by_supervisor",
    "approved",
    "withdrawn",
    "expired",
    "stopped",
    "failed",
    "open",
    "run",
)
FRONT: Final = ("requests", "refused_by_gate", "run", "leads")
RESULTS: Final = ("no_candidate", "no_lead", "leads", "undecided")
EARLIER: Final = ("refused_before_adoption", "not_run_before_adoption", "run_although_refused")

_VERDICTS = _(
    "Supervisors' verdicts in this system, with the moments of sending, opening and signing"
)

OWN: Final[Mapping[str, Definition]] = {
    definition.name: definition
    for definition in (
        Definition(
            "waited",
            _("Time from sending to verdict"),
            _(
                "From the moment a request was last sent to the supervisor's verdict on it. Half of"
                " the verdicts took less than the middle time (the median). Minutes are counted"
                " whole."
            ),
            _VERDICTS,
        ),
        Definition(
            "read",
            _("Time a supervisor looked at a request"),
            _(
                "From the moment the supervisor opened the request to the verdict on it, counted in"
                " steps of ten seconds. A short time alone says nothing; many short times are a"
                " reason to look."
            ),
            _VERDICTS,
        ),
        Definition(
            "share_approved",
            _("Share approved"),
            _(
                "Of the verdicts that supervisors gave in the period: those that approved. A request"
                " that was returned and sent again has a verdict each time."
            ),
            _VERDICTS,
        ),
    )
}
"""Figures that only the board is shown, beside those of the publications."""

_UNUSUAL: Final = 2.0
_ENOUGH: Final = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of two periods. ``unusual``: they differ by more than chance would often explain.

    ``tested`` is False where the two are not counts, and nothing is said of their difference.
    """

    name: str
    label: Text
    now: str
    before: str
    unusual: bool = False
    rule: str = ""
    tested: bool = True

    @property
    def key(self) -> str:
        """The figure whose rows stand behind the line."""
        return "refused_by_gate" if self.rule else self.name


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the dashboard that is counted from requests."""

    volume: list[Line]
    results: list[Line]
    earlier: list[Line]
    verdicts: list[Line]
    refusals: list[Line]
    front: list[Line]


def definition_of(name: str) -> Definition:
    """Return what a figure counts; raises KeyError for a name that is no figure with rows."""
    known = {name: BY_NAME[name] for name in (*VOLUME, *RESULTS, *EARLIER)}
    return {**known, **OWN}[name]


def dashboard(period: Period) -> Board:
    """Return the figures of a period beside those of the one before."""
    now, before = tally_of(period.start, period.end), tally_of(*period.before)
    return Board(
        volume=_counts(VOLUME, now, before),
        results=_counts(RESULTS, now, before),
        earlier=_counts([n for n in EARLIER if now.figures[n] or before.figures[n]], now, before),
        verdicts=_verdicts(period, now, before),
        refusals=_refusals(now, before),
        front=_counts(FRONT, now, before),
    )


def unusual(now: int, before: int) -> bool:
    """Tell whether two counts of equally long periods differ more than chance would often explain.

    The difference of the square roots, in units of its standard deviation under the hypothesis
    that both are Poisson counts with one mean (Anscombe, "The transformation of Poisson, binomial
    and negative-binomial data", Biometrika 35, 1948), is over 2: about one time in twenty by
    chance alone. Never for counts that are both below 5.
    """
    if max(now, before) < _ENOUGH:
        return False
    return abs(math.sqrt(now) - math.sqrt(before)) * math.sqrt(2) > _UNUSUAL


def time_text(seconds: int | None) -> str:
    """A time in words: seconds under two minutes, minutes under two hours, else hours."""
    if seconds is None:
        return _t("none")
    for limit, unit, text in _UNITS:
        if limit is None or seconds < limit:
            return text % {"count": number_format(round(seconds / unit))}
    raise AssertionError("the last unit has no limit")


_UNITS: Final = (
    (120, 1, _("%(count)s s")),
    (2 * 3600, 60, _("%(count)s min")),
    (None, 3600, _("%(count)s h")),
)


def _counts(names: Iterable[str], now: Tally, before: Tally) -> list[Line]:
    return [
        Line(
            name,
            BY_NAME[name].label,
            number_format(now.figures[name], force_grouping=True),
            number_format(before.figures[name], force_grouping=True),
            unusual(now.figures[name], before.figures[name]),
        )
        for name in names
    ]


def _verdicts(period: Period, now: Tally, before: Tally) -> list[Line]:
    share_now = _share(verdicts_given(period.start, period.end))
    share_before = _share(verdicts_given(*period.before))
    return [
        Line(name, OWN[name].label, *values, tested=False)
        for name, values in (
            ("share_approved", (share_now, share_before)),
            ("waited", (_times(now.waited, 60, 60), _times(before.waited, 60, 60))),
            ("read", (_times(now.read, 1, 10), _times(before.read, 1, 10))),
        )
    ]


def _share(given: Sequence[Verdict]) -> str:
    if not given:
        return _t("none")
    approved = sum(each.approved for each in given)
    values = {"share": round(100 * approved / len(given)), "part": approved, "whole": len(given)}
    return _t("%(share)s%% (%(part)s of %(whole)s)") % values


def _times(counted: Counter[int], unit: int, step: int) -> str:
    """Middle and nine tenths of times that are counted in ``unit`` seconds, by steps of ``step``."""
    seconds = sorted(value * unit for value in counted.elements())
    if not seconds:
        return _t("none")
    last = seconds[max(0, -(-len(seconds) * 9 // 10) - 1)]
    middle = seconds[(len(seconds) - 1) // 2]
    values = {"middle": _at_least(middle, step), "most": _at_least(last, step)}
    return _t("%(middle)s; nine of ten within %(most)s") % values


def _at_least(seconds: int, step: int) -> str:
    if seconds < step:
        return _t("under %(time)s") % {"time": time_text(step)}
    return time_text(seconds)


def _refusals(now: Tally, before: Tally) -> list[Line]:
    """By rule, with its message; the most frequent of this period first."""
    counts = [_by_rule(tally) for tally in (now, before)]
    messages = _messages((now, before))
    order = sorted({*counts[0], *counts[1]}, key=lambda rule: (-counts[0][rule], rule))
    return [
        Line(
            rule,
            messages.get(rule) or rule,
            number_format(counts[0][rule]),
            number_format(counts[1][rule]),
            unusual(counts[0][rule], counts[1][rule]),
            rule=rule,
        )
        for rule in order
    ]


def _by_rule(tally: Tally) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, count in tally.rules.items():
        found[reason_of(key)["rule"]] += count
    return found


def _messages(tallies: Iterable[Tally]) -> dict[str, str]:
    reasons = [reason_of(key) for tally in tallies for key in tally.rules]
    return {reason["rule"]: reason["message"] for reason in reasons}
