"""Compare pairs with a real engine and say how often it erred, and what that does not show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from recognition.engines import Band, measure, similarity
from recognition.evaluation.rates import ErrorRate, equal_error, error_rate
from recognition.probes import ProbeRefused, choose_face, decode, find_faces

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from recognition.engines import Engine
    from recognition.evaluation.pairs import Pair

NOTES = (
    (
        "Rates are shares of comparisons, 0 to 1. Photographs without a usable face are left out of "
        "them and counted as refused: add them to the misses for the rate a user would see."
    ),
    (
        "Intervals treat pairs as independent. Pairs that share a person or a photograph are not: the "
        "true intervals are wider."
    ),
    (
        "These are rates of one-to-one comparisons. In a search the chance that some stranger reaches "
        "the threshold grows with the size of the gallery."
    ),
    "Without groups in the list no difference between groups was measured, and none is excluded.",
)
EVALUATION_ONLY_NOTE = (
    "This pack is for evaluation only. Its embedder was trained on celebrities, so figures on "
    "celebrities prove that the parts work together, not that they work in operation, and support "
    "no claim below a false match rate of about 0.001."
)


@dataclass
class _Acquired:
    """Templates by photograph, and why the others have none."""

    templates: dict[Path, npt.NDArray[np.float32]] = field(default_factory=dict)
    refused: dict[Path, ProbeRefused | OSError] = field(default_factory=dict)


def evaluate_pairs(
    engine: Engine, pairs: Sequence[Pair], *, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """The report as JSON values: model, photographs, pairs, rates at each limit, EER and notes.

    `progress` is told how many of how many photographs are done. Raises EngineUnavailable.
    """
    acquired = _acquire(engine, pairs, progress)
    values: dict[bool, list[float]] = {True: [], False: []}
    for pair in pairs:
        first, second = (acquired.templates.get(path) for path in (pair.first, pair.second))
        if first is not None and second is not None:
            alike = similarity(engine.record, measure(engine.record, first, second))
            values[pair.mated].append(alike)
    mated, non_mated = values[True], values[False]
    compared = len(mated) + len(non_mated)
    return {
        "model": _model(engine),
        "photographs": {"compared": len(acquired.templates), "refused": _refusals(acquired)},
        "pairs": {
            "mated": len(mated),
            "non_mated": len(non_mated),
            "not_compared": len(pairs) - compared,
        },
        "at": _at_limits(engine, mated, non_mated),
        "eer": _equal_error(engine, mated, non_mated),
        "notes": [*([EVALUATION_ONLY_NOTE] if engine.record.evaluation_only else []), *NOTES],
    }


def _acquire(
    engine: Engine, pairs: Sequence[Pair], progress: Callable[[int, int], None] | None
) -> _Acquired:
    acquired = _Acquired()
    paths = sorted({path for pair in pairs for path in (pair.first, pair.second)})
    for done, path in enumerate(paths, start=1):
        try:
            probe = decode(path.read_bytes())
            face = choose_face(find_faces(engine, probe))
            acquired.templates[path] = engine.embed(probe.pixels, face.detected)
        except (ProbeRefused, OSError) as error:
            acquired.refused[path] = error
        if progress:
            progress(done, len(paths))
    return acquired


def _model(engine: Engine) -> dict[str, Any]:
    record = engine.record
    return {
        "id": record.id,
        "version": record.version,
        "pack_sha256": record.pack_sha256,
        "metric": record.metric.value,
        "evaluation_only": record.evaluation_only,
    }


def _refusals(acquired: _Acquired) -> list[dict[str, str]]:
    return [
        {
            "photograph": path.name,
            "code": error.code.value if isinstance(error, ProbeRefused) else "unreadable",
            "message": error.message if isinstance(error, ProbeRefused) else "Cannot be read.",
        }
        for path, error in acquired.refused.items()
    ]


def _at_limits(
    engine: Engine, mated: Sequence[float], non_mated: Sequence[float]
) -> list[dict[str, Any]]:
    limits = engine.record.thresholds
    named = {
        Band.STRONG: limits.strong,
        Band.LIMITED: limits.limited,
        Band.WEAK: limits.candidate,
    }
    found = []
    for name, threshold in named.items():
        fnmr, fmr = error_rate(mated, non_mated, similarity(engine.record, threshold))
        found.append(
            {"band": name.value, "threshold": threshold, "fnmr": _rate(fnmr), "fmr": _rate(fmr)}
        )
    return found


def _rate(rate: ErrorRate) -> dict[str, Any]:
    return {
        "rate": rate.rate,
        "errors": rate.errors,
        "of": rate.of,
        "interval_95": list(rate.interval) if rate.interval else None,
    }


def _equal_error(
    engine: Engine, mated: Sequence[float], non_mated: Sequence[float]
) -> dict[str, float] | None:
    found = equal_error(mated, non_mated)
    if found is None:
        return None
    # A similarity turns back into the record's metric by the same change of sign.
    return {"rate": found[0], "threshold": similarity(engine.record, found[1])}
