"""Stored submissions read from lines of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from oversight.policy.engine.documents import parse_document
from oversight.policy.engine.fields import FactsError
from oversight.policy.engine.replayer import Submission, Verdict


@dataclass(frozen=True, slots=True)
class ReadLines:
    """Reads numbered lines and keeps those of some days; made to be sent to another process."""

    since: date | None = None
    until: date | None = None

    def __call__(self, lines: Iterable[tuple[int, str | bytes]]) -> Iterator[Submission]:
        """As `read_history`, of ``(number, line)``."""
        return within(_numbered(lines), self.since, self.until)


def read_history(lines: Iterable[str | bytes]) -> Iterator[Submission]:
    """Submissions from JSON lines: bare facts, or ``{id, facts, unit, decision}``.

    ``decision`` is what was decided then: ``{effect, reasons: [{rule}]}`` as the gate writes it.
    Bare facts are named by the number of their line. Raises `FactsError` with the line's number
    for a line that is no JSON object.
    """
    return _numbered(enumerate(lines, start=1))


def within(
    submissions: Iterable[Submission], since: date | None, until: date | None
) -> Iterator[Submission]:
    """Those whose time of decision falls on or after `since` and before `until`, as written."""
    for submission in submissions:
        day = _day(submission.facts.get("at"))
        if day is None or ((not since or day >= since) and (not until or day < until)):
            yield submission


def _numbered(lines: Iterable[tuple[int, str | bytes]]) -> Iterator[Submission]:
    for number, line in lines:
        if line.strip():
            yield _submission(line, number)


def _submission(line: str | bytes, number: int) -> Submission:
    try:
        document = parse_document(line)
    except FactsError as error:
        place = f"line {number}: {error.path}" if error.path else f"line {number}"
        raise FactsError(place, error.message, error.remedy) from error
    if not isinstance(document, Mapping):
        raise FactsError(f"line {number}", "must be an object", "Give one submission a line.")
    facts = document.get("facts")
    if not isinstance(facts, Mapping):
        return Submission(str(number), document)
    return Submission(
        id=str(document.get("id", number)),
        facts=facts,
        unit=None if document.get("unit") is None else str(document["unit"]),
        decided=_verdict(document.get("decision"), number),
    )


def _verdict(decision: Any, line: int) -> Verdict | None:
    if decision is None:
        return None
    try:
        rules = sorted(str(reason["rule"]) for reason in decision.get("reasons") or ())
        return Verdict(str(decision["effect"]), tuple(rules))
    except (AttributeError, KeyError, TypeError) as error:
        raise FactsError(
            f"line {line}: decision",
            "is not a decision",
            "Give {effect, reasons: [{rule}]}, or null.",
        ) from error


def _day(at: Any) -> date | None:
    try:
        return datetime.fromisoformat(at).date()
    except (TypeError, ValueError):
        return None
