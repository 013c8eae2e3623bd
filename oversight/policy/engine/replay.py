"""History decided again: under the rules as they are known now, or under a proposal.

A million requests are decided in processes, each of which remembers what it has judged: requests
that differ only in identities, free text and the hour cannot be told apart by any rule.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal, Protocol

from oversight.policy.engine.decide import OF_THE_GATE, reason_of
from oversight.policy.engine.replayer import Judge, Law, Outcome, Submission, Verdict

if TYPE_CHECKING:
    from datetime import date

    from oversight.policy.engine.packs import Rule
    from oversight.policy.engine.policyset import Trial

CHUNK = 2_000
AHEAD = 4
"""Chunks that wait for each process: enough to keep it busy, few enough to hold in memory."""


class History(Protocol):
    """A source of stored submissions, oldest first; ``until`` is the first day left out."""

    def __call__(self, since: date, until: date) -> Iterable[Submission]: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """One submission that is decided otherwise, or for other reasons."""

    id: str
    agency: str
    day: str
    change: Literal["now_refused", "now_permitted", "other_reasons"]
    before: Verdict
    after: Verdict

    def as_json(self, words: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        """The difference as a JSON document: rules by id, and those in `words` as reasons."""
        return {
            "id": self.id,
            "agency": self.agency,
            "day": self.day,
            "change": self.change,
            "before": _side(self.before, words),
            "after": _side(self.after, words),
        }


@dataclass(slots=True)
class Replay:
    """Totals over everything that was decided again, and each difference."""

    decided: int = 0
    unusable: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    refused_by_rule: Counter[str] = field(default_factory=Counter)
    changes_by: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    """For each dimension (use type, offence, unit) and value: how often each change occurred."""
    differences: list[Difference] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one submission that was decided again."""
        if outcome.error is not None:
            self.unusable += 1
            self.errors.append((outcome.id, outcome.error))
            return
        self.decided += 1
        self.before[outcome.before.effect] += 1
        self.after[outcome.after.effect] += 1
        self.refused_by_rule.update(outcome.after.rules)
        change = _change(outcome)
        if change:
            self._note(outcome, change)

    def merge(self, later: Replay) -> None:
        """Count what another found of later submissions."""
        self.decided += later.decided
        self.unusable += later.unusable
        for mine, other in (
            (self.before, later.before),
            (self.after, later.after),
            (self.changes, later.changes),
            (self.refused_by_rule, later.refused_by_rule),
        ):
            mine.update(other)
        for dimension, values in later.changes_by.items():
            for value, counts in values.items():
                found = self.changes_by.setdefault(dimension, {})
                found.setdefault(value, Counter()).update(counts)
        self.differences += later.differences
        self.errors += later.errors

    def _note(self, outcome: Outcome, change: Any) -> None:
        self.changes[change] += 1
        for dimension, value in outcome.groups.items():
            counts = self.changes_by.setdefault(dimension, {})
            counts.setdefault(value or "-", Counter())[change] += 1
        self.differences.append(
            Difference(
                id=outcome.id,
                agency=outcome.agency,
                day=outcome.day,
                change=change,
                before=outcome.before,
                after=outcome.after,
            )
        )

    @property
    def rules(self) -> list[str]:
        """Ids of all rules that any difference names, in order."""
        named = (one.before.rules + one.after.rules for one in self.differences)
        return sorted(set(chain.from_iterable(named)) | self.refused_by_rule.keys())

    def as_json(self, known: Mapping[str, Rule] | None = None) -> dict[str, Any]:
        """Totals and differences as a JSON document, in a stable order.

        Differences name rules by id, and with `known` give the reasons in full; ``rules`` gives
        the words of each rule once.
        """
        reasons = OF_THE_GATE | {name: reason_of(rule) for name, rule in (known or {}).items()}
        words = {name: asdict(reasons[name]) for name in self.rules if known and name in reasons}
        return {
            "totals": {
                "decided": self.decided,
                "unusable": self.unusable,
                "before": _sorted(self.before),
                "after": _sorted(self.after),
                "changes": _sorted(self.changes),
                "refused_by_rule": _sorted(self.refused_by_rule),
                "changes_by": {
                    name: {value: _sorted(counts) for value, counts in sorted(found.items())}
                    for name, found in sorted(self.changes_by.items())
                },
            },
            "differences": [one.as_json(words) for one in self.differences],
            "rules": words,
            "errors": [{"id": name, "message": message} for name, message in self.errors],
        }


Reader = Callable[[list[Any]], Iterable[Submission]]
"""Makes submissions of what a history consists of, where they are decided; it must be picklable."""


def replay(
    history: Iterable[Any],
    law: Law,
    *,
    trial: Trial | None = None,
    processes: int = 1,
    read: Reader = iter,
) -> Iterator[Replay]:
    """Decide submissions again, in order; yields what was found chunk by chunk.

    Before: what was recorded with the submission, else what `law` says; after: what `law` says.
    Under a `trial` before is what `law` says and after what the trial would make of it, so that
    every difference comes from the trial and from nothing that happened since.
    """
    chunks = _chunks(history)
    first = list(islice(chunks, 2))
    chunks = chain(first, chunks)
    if processes <= 1 or not first[1:]:  # a process is not worth one chunk
        judge = Judge(law, trial)
        yield from (_found(judge, read(chunk)) for chunk in chunks)
        return
    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_prepare, initargs=(law, trial, read)
    ) as pool:
        yield from _in_order(pool, chunks, processes * AHEAD)


def total(parts: Iterable[Replay]) -> Replay:
    """Everything that the parts found, in order."""
    result = Replay()
    for part in parts:
        result.merge(part)
    return result


def _found(judge: Judge, submissions: Iterable[Submission]) -> Replay:
    found = Replay()
    for submission in submissions:
        found.add(judge.decide(submission))
    return found


def _change(
    outcome: Outcome,
) -> Literal["now_refused", "now_permitted", "other_reasons"] | None:
    if outcome.before.effect != outcome.after.effect:
        return "now_refused" if outcome.after.effect == "refuse" else "now_permitted"
    return "other_reasons" if outcome.before.rules != outcome.after.rules else None


def _side(verdict: Verdict, words: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    shown: dict[str, Any] = {"effect": verdict.effect, "rules": list(verdict.rules)}
    if words:
        shown["reasons"] = [words[rule] for rule in verdict.rules if rule in words]
    return shown


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return {key: counts[key] for key in sorted(counts)}


def _chunks(history: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(history)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _in_order(
    pool: ProcessPoolExecutor, chunks: Iterator[list[Any]], ahead: int
) -> Iterator[Replay]:
    waiting: list[Future[Replay]] = [pool.submit(_decide, chunk) for chunk in islice(chunks, ahead)]
    while waiting:
        yield waiting.pop(0).result()
        waiting += [pool.submit(_decide, chunk) for chunk in islice(chunks, 1)]


_bench: tuple[Judge, Reader] | None = None


def _prepare(law: Law, trial: Trial | None, read: Reader) -> None:
    global _bench  # noqa: PLW0603 - one judge a process is what a pool's initializer is for
    _bench = Judge(law, trial), read
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool whose owner was killed would wait for work for ever."""
    parent = parent_process()
    if parent:
        parent.join()
    signal.raise_signal(signal.SIGKILL)


def _decide(chunk: list[Any]) -> Replay:
    if _bench is None:
        raise AssertionError("the process was not prepared")
    judge, read = _bench
    return _found(judge, read(chunk))
