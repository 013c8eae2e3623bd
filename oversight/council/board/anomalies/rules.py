"""The rules: from the requests of a period to what is unusual about them."""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final, TypeVar

from django.utils.translation import gettext_lazy as _

from oversight.council.board.anomalies.asked import Asked
from oversight.council.data import read_data
from oversight.interface.components import Text
from oversight.interface.display import date_text
from oversight.requests import codes

_Key = TypeVar("_Key", bound=Hashable)
Numbers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something unusual: about whom or what, the number found, what it is compared with."""

    rule: str
    about: str
    found: int
    compared: str
    requests: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its title, how it is worked out (its numbers are filled in), and the code that does."""

    title: Text
    text: Text
    find: Callable[[Sequence[Asked], Numbers], Iterator[Hit]]


def hits_of(name: str, asked: Sequence[Asked]) -> list[Hit]:
    """Return what a rule finds, most first; KeyError for no rule."""
    found = RULES[name].find(asked, read_data("anomalies")[name])
    return sorted(found, key=lambda hit: (-hit.found, hit.about))


def _by(asked: Sequence[Asked], key: Callable[[Asked], _Key]) -> dict[_Key, list[Asked]]:
    found: dict[_Key, list[Asked]] = defaultdict(list)
    for each in asked:
        found[key(each)].append(each)
    return dict(found)


def _numbers_of(asked: Sequence[Asked]) -> tuple[int, ...]:
    return tuple(each.request for each in asked)


def _volume(asked: Sequence[Asked], rule: Numbers) -> Iterator[Hit]:
    officers = _by(asked, lambda each: each.officer)
    if not officers:
        return
    middle = median(len(own) for own in officers.values())
    for officer, own in officers.items():
        if len(own) >= max(rule["least"], rule["times"] * middle):
            text = str(_("middle officer: %(count)s")) % {"count": _short(middle)}
            yield Hit("volume", officer, len(own), text, _numbers_of(own))


def _cases(asked: Sequence[Asked], rule: Numbers) -> Iterator[Hit]:
    for case, own in _by([each for each in asked if each.case], lambda each: each.case).items():
        if len(own) >= rule["least"]:
            officers = len({each.officer for each in own})
            text = str(_("sent by %(count)s")) % {"count": officers}
            yield Hit("cases", case, len(own), text, _numbers_of(own))


def _sources(asked: Sequence[Asked], rule: Numbers) -> Iterator[Hit]:
    for source in rule["sources"]:
        drawn = [each for each in asked if each.source == source]
        officers = _by(asked, lambda each: each.officer)
        for officer, own in officers.items():
            mine = [each for each in own if each.source == source]
            others, all_others = len(drawn) - len(mine), len(asked) - len(own)
            # mine/own >= times * others/all_others, without dividing by nothing
            often = len(mine) * all_others >= rule["times"] * others * len(own)
            if len(mine) >= rule["least"] and often and all_others:
                label = str(codes.PROBE_SOURCES.get(source, source))
                text = str(_("of %(own)s; all others %(others)s of %(all)s")) % {
                    "own": len(own),
                    "others": others,
                    "all": all_others,
                }
                yield Hit("sources", f"{officer}: {label}", len(mine), text, _numbers_of(mine))


def _clusters(asked: Sequence[Asked], rule: Numbers) -> Iterator[Hit]:
    days = {each.at.date() for each in asked}
    span = (max(days) - min(days)).days + 1 if days else 1
    for unit, own in _by(asked, lambda each: each.unit).items():
        mean = len(own) / span
        limit = mean + rule["deviations"] * math.sqrt(mean)  # of a Poisson count
        for day, sent in _by(own, lambda each: each.at.date()).items():
            if len(sent) >= rule["least"] and len(sent) > limit:
                text = str(_("daily mean %(mean)s")) % {"mean": _short(mean)}
                yield Hit(
                    "clusters", f"{unit}, {date_text(day)}", len(sent), text, _numbers_of(sent)
                )


def _off_shift(asked: Sequence[Asked], rule: Numbers) -> Iterator[Hit]:
    for officer, own in _by(asked, lambda each: each.officer).items():
        night = [
            each
            for each in own
            if each.at.hour >= rule["from_hour"] or each.at.hour < rule["to_hour"]
        ]
        if len(night) >= rule["least"] and 100 * len(night) >= rule["share"] * len(own):
            text = str(_("of %(count)s")) % {"count": len(own)}
            yield Hit("off_shift", officer, len(night), text, _numbers_of(night))


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


RULES: Final[Mapping[str, Rule]] = {
    "volume": Rule(
        _("Many requests by one officer"),
        _(
            "At least %(least)s requests in the period, and at least %(times)s times the number of"
            " the middle officer (the median of all who sent one)."
        ),
        _volume,
    ),
    "cases": Rule(
        _("Many searches for one case number"),
        _(
            "The same case number on at least %(least)s requests in the period, whoever sent them."
            " A real case number is no proof of a proper search."
        ),
        _cases,
    ),
    "sources": Rule(
        _("Pictures from unusual places"),
        _(
            "At least %(least)s pictures of one officer from social media, a phone or an identity"
            " document, at a rate of at least %(times)s times that of everyone else."
        ),
        _sources,
    ),
    "clusters": Rule(
        _("Many requests on one day"),
        _(
            "At least %(least)s requests of one unit on one day, more than %(deviations)s standard"
            " deviations over its daily mean in the period (as of a Poisson count)."
        ),
        _clusters,
    ),
    "off_shift": Rule(
        _("Requests at night"),
        _(
            "At least %(least)s requests of one officer sent between %(from_hour)s:00 and"
            " %(to_hour)s:00 at the place of the agency, and at least %(share)s percent of all of"
            " theirs. No roster of shifts is known here: night work explains it."
        ),
        _off_shift,
    ),
}
"""By name, in the order of the page."""
