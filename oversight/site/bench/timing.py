"""How long something takes, how often it can be done."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

Figures = dict[str, dict[str, Any]]
"""What was measured, by the part of the system it tells of."""


def durations_ms(action: Callable[[], object], times: int) -> list[float]:
    """Do it once unmeasured, then so many times; milliseconds of each."""
    action()
    return [_one(action) for _ in range(times)]


def per_second(action: Callable[[], object], seconds: float) -> float:
    """Do it again and again for so long; how often a second."""
    action()
    done, begun = 0, time.perf_counter()
    while (passed := time.perf_counter() - begun) < seconds:
        action()
        done += 1
    return done / passed


def percentiles(samples_ms: Sequence[float]) -> dict[str, float]:
    """Return ``p50_ms`` and ``p95_ms`` of the samples."""
    ordered = sorted(samples_ms)
    high = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return {"p50_ms": round(statistics.median(ordered), 2), "p95_ms": round(high, 2)}


def _one(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000
