"""Error rates with their intervals, after ISO/IEC 19795-1.

FNMR: mated pairs that do not reach a threshold. FMR: non-mated pairs that do. All values are
similarities here: more is more alike, whatever the metric.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

# The standard normal deviate of a two-sided interval of 95%.
Z_95 = 1.959964


@dataclass(frozen=True)
class ErrorRate:
    """`errors` of `of` comparisons, with Wilson's interval of 95% (JASA 22, 1927)."""

    errors: int
    of: int

    @property
    def rate(self) -> float | None:
        """0..1; None where nothing was compared."""
        return self.errors / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lower and upper end, 0..1; None where nothing was compared."""
        if not self.of:
            return None
        share, z_squared = self.errors / self.of, Z_95**2
        centre = (share + z_squared / (2 * self.of)) / (1 + z_squared / self.of)
        spread = sqrt(share * (1 - share) / self.of + z_squared / (4 * self.of**2))
        half = Z_95 * spread / (1 + z_squared / self.of)
        return max(centre - half, 0.0), min(centre + half, 1.0)


def error_rate(
    mated: Sequence[float], non_mated: Sequence[float], threshold: float
) -> tuple[ErrorRate, ErrorRate]:
    """FNMR and FMR where similarities of `threshold` and more count as a match."""
    missed = sum(value < threshold for value in mated)
    false = sum(value >= threshold for value in non_mated)
    return ErrorRate(missed, len(mated)), ErrorRate(false, len(non_mated))


def equal_error(mated: Sequence[float], non_mated: Sequence[float]) -> tuple[float, float] | None:
    """The rate at which FNMR and FMR come closest (their mean there), and that threshold.

    None where one kind of pair is missing.
    """
    if not mated or not non_mated:
        return None
    genuine, impostor = np.sort(mated), np.sort(non_mated)
    thresholds = np.unique(np.concatenate([genuine, impostor]))
    fnmr = np.searchsorted(genuine, thresholds, side="left") / genuine.size
    fmr = 1 - np.searchsorted(impostor, thresholds, side="left") / impostor.size
    best = int(np.argmin(np.abs(fnmr - fmr)))
    return float((fnmr[best] + fmr[best]) / 2), float(thresholds[best])
