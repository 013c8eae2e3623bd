"""Deciding one stored submission again, and remembering what was judged."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from oversight.policy.engine.anonymous import anonymous
from oversight.policy.engine.decide import judge
from oversight.policy.engine.facts import Facts, FactsError, read_facts
from oversight.policy.engine.fields import moment_text
from oversight.policy.engine.loader import with_instrument
from oversight.policy.engine.policyset import Policy, Trial
from oversight.policy.engine.request import cedar_request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oversight.policy.engine.loader import Library

Document = Mapping[str, Any]
REMEMBERED: Final = 200_000
"""Judgements that a process remembers at most: some 60 MB."""


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
class Law:
    """What history is decided under: libraries, the second and later each from its moment on.

    ``since`` has one moment less than there are libraries. More than one library decides each
    submission as it was known at its own time.
    """

    libraries: tuple[Library, ...]
    since: tuple[datetime, ...] = ()

    def known_at(self, moment: datetime) -> int:
        """Which library was known at a moment."""
        return bisect_right(self.since, moment)


@dataclass(frozen=True, slots=True)
class _Judged:
    before: Verdict
    after: Verdict


class Judge:
    """Decides submissions under a law, and beside it under what a trial would make of it."""

    def __init__(self, law: Law, trial: Trial | None = None) -> None:
        self._law, self._trial = law, trial
        self._benches = [_Bench(library, trial) for library in law.libraries]

    def decide_all(self, submissions: Iterable[Submission]) -> list[Outcome]:
        """Decide each in turn."""
        return [self.decide(submission) for submission in submissions]

    def decide(self, submission: Submission) -> Outcome:
        """Decide one; facts that cannot be used come back as an error, not as an exception."""
        facts = submission.facts
        try:
            at = _moment(facts)
            bench = self._benches[self._law.known_at(at) if at else -1]
            day = bench.day(facts, at)
            judged = bench.judged(facts, day)
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
            before=judged.before if self._trial else submission.decided or judged.before,
            after=judged.after,
        )


class _Bench:
    """One library, and what was judged under it."""

    def __init__(self, library: Library, trial: Trial | None) -> None:
        if trial and trial.begins:
            # The codes of its exceptions must be known; its rules apply only on the second count.
            known = with_instrument(library, trial.begins).reference
            library = replace(library, reference=known)
        self._policy = Policy(library)
        self._trial = trial
        self._zones = {
            slug: ZoneInfo(agency.time_zone) for slug, agency in library.reference.agencies.items()
        }
        self._changes = _days_of_change(library)
        self._known: dict[tuple[int, bytes], _Judged] = {}

    def day(self, document: Document, at: datetime | None) -> date | None:
        """The legal date; None if the facts look unusable, which `read_facts` then explains."""
        try:
            return at.astimezone(self._zones[document["agency"]]).date() if at else None
        except (KeyError, OverflowError, TypeError):
            return None

    def judged(self, document: Document, day: date | None) -> _Judged:
        """The verdicts; raises `FactsError` for facts that cannot be used."""
        key = self._key(document, day) if day else None
        if key is None:
            return self._fresh(document)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._fresh(document)
        return found

    def _fresh(self, document: Document) -> _Judged:
        facts = read_facts(document, self._policy.library.reference)
        before = self._verdict(facts, None)
        return _Judged(before, self._verdict(facts, self._trial) if self._trial else before)

    def _verdict(self, facts: Facts, trial: Trial | None) -> Verdict:
        policy_set = self._policy.bind(facts, trial=trial)
        judgement = judge(cedar_request(facts), policy_set)
        rules = [judgement.failure.rule] if judgement.failure else sorted(judgement.violated)
        return Verdict("refuse" if rules else "permit", tuple(rules))

    def _key(self, document: Document, day: date) -> tuple[int, bytes] | None:
        """What no rule can tell apart; None for facts that look unusable.

        Days between two changes of the rules are alike, but for what lapses with time.
        """
        try:
            alike = json.dumps(anonymous(document, day)).encode()
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return None
        return bisect_right(self._changes, day), blake2b(alike, digest_size=16).digest()


def _moment(document: Document) -> datetime | None:
    try:
        return datetime.fromisoformat(moment_text(document["at"], "at"))
    except (KeyError, TypeError, ValueError):
        return None


def _days_of_change(library: Library) -> list[date]:
    """The days on which any rule begins or ends, in order."""
    rules = [rule for one in library.instruments.values() for rule in one.rules]
    ends = {rule.in_force_until for rule in rules if rule.in_force_until}
    return sorted({rule.in_force_from for rule in rules} | ends)
