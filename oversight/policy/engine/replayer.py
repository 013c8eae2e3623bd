"""Deciding one stored submission again, and remembering what was judged."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from oversight.policy.engine.decide import Judgement, judge
from oversight.policy.engine.facts import Facts, FactsError, read_facts
from oversight.policy.engine.fields import ISO_DAY, LONGEST, RFC_3339
from oversight.policy.engine.loader import Library, read_library, with_instrument
from oversight.policy.engine.policyset import Policy
from oversight.policy.engine.request import cedar_request, training_state

if TYPE_CHECKING:
    from pathlib import Path

    from oversight.policy.engine.packs import Instrument

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``permit`` or ``refuse``, and the ids of the rules that refuse, in order."""

    effect: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """A stored submission: its frozen facts, and what was decided then (None: not known)."""

    id: str
    facts: Document
    unit: str | None = None
    decided: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One submission decided again; ``error`` is set when its facts could not be used."""

    id: str
    agency: str = ""
    day: str = ""
    groups: Mapping[str, str | None] = field(default_factory=dict)
    before: Verdict = Verdict("unknown")
    after: Verdict = Verdict("unknown")
    error: str | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    before: Verdict
    after: Verdict


class Judge:
    """Decides submissions under the packs of a folder, with or without a proposal."""

    def __init__(self, packs: Path, proposal: Instrument | None = None) -> None:
        library = read_library(packs)
        if proposal:
            # The codes of its exceptions must be known; its rules apply only on the second count.
            library = replace(library, reference=with_instrument(library, proposal).reference)
        self._policy = Policy(library)
        self._proposals = (proposal,) if proposal else ()
        self._zones = {
            slug: ZoneInfo(agency.time_zone) for slug, agency in library.reference.agencies.items()
        }
        self._changes = _days_of_change(library)
        self._known: dict[tuple[int, str], _Judged] = {}
        self._verdicts: dict[tuple[int, str], Verdict] = {}

    def decide_all(self, submissions: list[Submission]) -> list[Outcome]:
        """Decide each in turn."""
        return [self.decide(submission) for submission in submissions]

    def decide(self, submission: Submission) -> Outcome:
        """Decide one; facts that cannot be used come back as an error, not as an exception."""
        facts = submission.facts
        try:
            day = self._day(facts)
            judged = self._judged(facts, day)
        except FactsError as error:
            return Outcome(submission.id, error=str(error))
        return Outcome(
            id=submission.id,
            agency=facts["agency"],
            day=day.isoformat() if day else "",
            groups={
                "purpose": facts.get("purpose"),
                "offence": (facts.get("offence") or {}).get("nibrs"),
                "unit": submission.unit,
            },
            before=submission.decided or judged.before,
            after=judged.after,
        )

    def _judged(self, document: Document, day: date | None) -> _Judged:
        key = day and self._key(document, day)
        if not key:
            return self._fresh(document)
        if key not in self._known:
            self._known[key] = self._fresh(document)
        return self._known[key]

    def _fresh(self, document: Document) -> _Judged:
        facts = read_facts(document, self._policy.library.reference)
        before = self._verdict(facts, ())
        after = self._verdict(facts, self._proposals) if self._proposals else before
        return _Judged(before, after)

    def _verdict(self, facts: Facts, proposals: tuple[Instrument, ...]) -> Verdict:
        policy_set = self._policy.bind(facts, proposals=proposals)
        request = cedar_request(facts)
        key = id(policy_set), json.dumps(request)  # the policy keeps its sets alive
        if key not in self._verdicts:
            self._verdicts[key] = _verdict_of(judge(request, policy_set))
        return self._verdicts[key]

    def _day(self, document: Document) -> date | None:
        """The legal date; None if the facts look unusable, which `read_facts` then explains."""
        try:
            at = document["at"]
            if not RFC_3339.fullmatch(at):
                return None
            return datetime.fromisoformat(at).astimezone(self._zones[document["agency"]]).date()
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return None

    def _key(self, document: Document, day: date) -> tuple[int, str] | None:
        """What no rule can tell apart; None where the hour matters or the facts look unusable.

        Days between two changes of the rules are alike, but for the training that lapses.
        """
        if document.get("authority") or document.get("exigency"):
            return None
        try:
            alike = json.dumps(_without_identity(document, day), sort_keys=True)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return None
        return bisect_right(self._changes, day), alike


def _verdict_of(judgement: Judgement) -> Verdict:
    if judgement.failure:
        return Verdict("refuse", (judgement.failure.rule,))
    return Verdict("refuse" if judgement.violated else "permit", tuple(sorted(judgement.violated)))


def _days_of_change(library: Library) -> list[date]:
    """The days on which any rule begins or ends, in order."""
    rules = [rule for one in library.instruments.values() for rule in one.rules]
    ends = {rule.in_force_until for rule in rules if rule.in_force_until}
    return sorted({rule.in_force_from for rule in rules} | ends)


def _without_identity(document: Document, day: date) -> dict[str, Any]:
    """The document with identities, free text and times blanked, as long as they are in order."""
    blank = {**document, "at": "…"}
    if blank.get("requester"):
        blank["requester"] = _anonymous(blank["requester"], day)
    if blank.get("approvals"):
        blank["approvals"] = _without_names(document)
    if blank.get("case"):
        blank["case"] = {
            **blank["case"],
            "number": _blank(blank["case"]["number"]),
            "opened_on": _is_day(blank["case"]["opened_on"]),
        }
    if blank.get("predicate"):
        blank["predicate"] = {
            **blank["predicate"],
            "facts": _blank(blank["predicate"]["facts"]),
        }
    if blank.get("alternatives_tried"):
        blank["alternatives_tried"] = [_blank(text) for text in blank["alternatives_tried"]]
    return blank


def _anonymous(requester: dict[str, Any], day: date) -> dict[str, Any]:
    training = requester.get("training")
    if training:
        _is_day(training["completed_on"])
        _is_day(training["expires_on"])
        training = {
            **training,
            "course": _blank(training["course"]),
            "completed_on": "…",
            "expires_on": training_state(training, day),
        }
    return {**requester, "id": _blank(requester["id"]), "training": training}


def _without_names(document: Document) -> list[dict[str, Any]]:
    """Approvals, saying only whether each is the requester's own and whether it is given yet."""
    at = datetime.fromisoformat(document["at"])
    return [
        {
            **approval,
            "id": approval["id"] == document["requester"]["id"] or _blank(approval["id"]),
            "at": bool(RFC_3339.fullmatch(approval["at"]))
            and datetime.fromisoformat(approval["at"]) <= at,
        }
        for approval in document["approvals"]
    ]


def _is_day(value: str) -> bool:
    """True; raises `ValueError` or `TypeError` for what is not a day in the contract's form."""
    if not ISO_DAY.fullmatch(value):
        raise ValueError(value)
    return bool(date.fromisoformat(value))


def _blank(text: Any) -> Any:
    """A mark in the place of an ordinary text; what might be unusable is left as it is."""
    ordinary = isinstance(text, str) and text.strip() and text.isprintable() and len(text) < LONGEST
    return "…" if ordinary else text
