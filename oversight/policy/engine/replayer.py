"""Deciding one stored submission again, and remembering what was judged."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from oversight.policy.engine.anonymous import anonymous
from oversight.policy.engine.decide import judge
from oversight.policy.engine.facts import Facts, FactsError, read_facts
from oversight.policy.engine.fields import moment_text
from oversight.policy.engine.loader import Library, read_library, with_instrument
from oversight.policy.engine.policyset import Policy
from oversight.policy.engine.request import cedar_request

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
    """Decides submissions under the packs of a folder or a library, with or without a proposal."""

    def __init__(self, packs: Path | Library, proposal: Instrument | None = None) -> None:
        library = packs if isinstance(packs, Library) else read_library(packs)
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
        judgement = judge(cedar_request(facts), policy_set)
        rules = [judgement.failure.rule] if judgement.failure else sorted(judgement.violated)
        return Verdict("refuse" if rules else "permit", tuple(rules))

    def _day(self, document: Document) -> date | None:
        """The legal date; None if the facts look unusable, which `read_facts` then explains."""
        try:
            at = moment_text(document["at"], "at")
            return datetime.fromisoformat(at).astimezone(self._zones[document["agency"]]).date()
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return None

    def _key(self, document: Document, day: date) -> tuple[int, str] | None:
        """What no rule can tell apart; None for facts that look unusable.

        Days between two changes of the rules are alike, but for what lapses with time.
        """
        try:
            alike = json.dumps(anonymous(document, day))
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return None
        return bisect_right(self._changes, day), alike


def _days_of_change(library: Library) -> list[date]:
    """The days on which any rule begins or ends, in order."""
    rules = [rule for one in library.instruments.values() for rule in one.rules]
    ends = {rule.in_force_until for rule in rules if rule.in_force_until}
    return sorted({rule.in_force_from for rule in rules} | ends)
