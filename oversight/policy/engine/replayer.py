"""Deciding one stored submission again, and remembering what was judged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from oversight.policy.engine.decide import judge
from oversight.policy.engine.facts import Facts, FactsError, read_facts
from oversight.policy.engine.fields import LONGEST, RFC_3339
from oversight.policy.engine.loader import read_library, with_instrument
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
    day: str


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
            slug: ZoneInfo(agency.time_zone)
            for slug, agency in self._policy.library.reference.agencies.items()
        }
        self._known: dict[tuple[date, str], _Judged] = {}

    def decide_all(self, submissions: list[Submission]) -> list[Outcome]:
        """Decide each in turn."""
        return [self.decide(submission) for submission in submissions]

    def decide(self, submission: Submission) -> Outcome:
        """Decide one; facts that cannot be used come back as an error, not as an exception."""
        try:
            judged = self._judged(submission.facts)
        except FactsError as error:
            return Outcome(submission.id, error=str(error))
        facts = submission.facts
        return Outcome(
            id=submission.id,
            agency=facts["agency"],
            day=judged.day,
            groups={
                "purpose": facts.get("purpose"),
                "offence": (facts.get("offence") or {}).get("nibrs"),
                "unit": submission.unit,
            },
            before=submission.decided or judged.before,
            after=judged.after,
        )

    def _judged(self, document: Document) -> _Judged:
        key = self._key(document)
        if key is None:
            return self._fresh(document)
        if key not in self._known:
            self._known[key] = self._fresh(document)
        return self._known[key]

    def _fresh(self, document: Document) -> _Judged:
        facts = read_facts(document, self._policy.library.reference)
        before = self._verdict(facts, ())
        after = self._verdict(facts, self._proposals) if self._proposals else before
        return _Judged(before, after, facts.legal_date.isoformat())

    def _verdict(self, facts: Facts, proposals: tuple[Instrument, ...]) -> Verdict:
        judgement = judge(cedar_request(facts), self._policy.bind(facts, proposals=proposals))
        refused = bool(judgement.violated or judgement.failure)
        rules = [judgement.failure.rule] if judgement.failure else sorted(judgement.violated)
        return Verdict("refuse" if refused else "permit", tuple(rules))

    def _key(self, document: Document) -> tuple[date, str] | None:
        """What no rule can tell apart; None where the hour matters or the facts look unusable."""
        try:
            if document.get("authority") or document.get("exigency"):
                return None
            if not RFC_3339.fullmatch(document["at"]):
                return None
            zone = self._zones[document["agency"]]
            day = datetime.fromisoformat(document["at"]).astimezone(zone).date()
            return day, json.dumps(_without_identity(document), sort_keys=True)
        except (AttributeError, KeyError, TypeError, ValueError):
            return None


def _without_identity(document: Document) -> dict[str, Any]:
    """The document with identities, free text and times blanked, as long as they are non-empty."""
    blank = dict(document)
    blank["at"] = _blank(blank["at"])
    if blank.get("approvals"):
        blank["approvals"] = _without_names(document)
    for key, inner in (("requester", "id"), ("case", "number"), ("predicate", "facts")):
        if blank.get(key):
            blank[key] = {**blank[key], inner: _blank(blank[key][inner])}
    if blank.get("alternatives_tried"):
        blank["alternatives_tried"] = [_blank(text) for text in blank["alternatives_tried"]]
    return blank


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


def _blank(text: Any) -> Any:
    """A mark in the place of an ordinary text; what might be unusable is left as it is."""
    ordinary = isinstance(text, str) and text.strip() and text.isprintable() and len(text) < LONGEST
    return "…" if ordinary else text
