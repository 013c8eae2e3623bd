"""How fast the gate decides, for ``make bench``."""

import os
import time
from collections.abc import Iterator
from typing import Any

from oversight.policy.engine.cases import case_document
from oversight.policy.engine.replay import replay
from oversight.policy.engine.replayer import Submission
from oversight.policy.gate import decide_request, law_to_replay, load_policy

REPEATS = 400


def gate_figures(*, seconds: float = 2.0) -> dict[str, float]:
    """Decisions a second, one by one on one core, and in replay over all cores.

    The facts are those of all cases of all rules. Replay decides each 400 times, under other names,
    case numbers and hours; starting its processes is included.
    """
    documents = list(_documents())
    return {
        "gate.decisions_per_s": _one_by_one(documents, seconds),
        "replay.decisions_per_s": _replayed(documents),
    }


def _one_by_one(documents: list[dict[str, Any]], seconds: float) -> float:
    decide_request(documents[0])
    start, decided = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        decide_request(documents[decided % len(documents)])
        decided += 1
    return decided / (time.perf_counter() - start)


def _replayed(documents: list[dict[str, Any]]) -> float:
    history = [
        Submission(f"{turn}-{number}", _renamed(document, turn))
        for turn in range(REPEATS)
        for number, document in enumerate(documents)
    ]
    start = time.perf_counter()
    decided = sum(
        len(chunk) for chunk in replay(history, law_to_replay(), processes=os.cpu_count() or 1)
    )
    return decided / (time.perf_counter() - start)


def _renamed(document: dict[str, Any], turn: int) -> dict[str, Any]:
    requester = {**document["requester"], "id": f"officer-{turn}"}
    return {**document, "requester": requester, "case": {**document["case"], "number": str(turn)}}


def _documents() -> Iterator[dict[str, Any]]:
    library = load_policy().library
    for instrument in library.instruments.values():
        for rule in instrument.rules:
            for case in (*rule.must, *rule.must_not):
                yield case_document(library.base, instrument, case)
