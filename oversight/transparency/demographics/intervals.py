"""How sure one can be of a share of few."""

import math
from dataclasses import dataclass
from typing import Final

_Z: Final = 1.959963984540054
"""The quantile of the normal distribution for 95 of 100 (two-sided)."""


@dataclass(frozen=True)
class Share:
    """So many of so many, with the ends of its interval, all from 0 to 1."""

    some: int
    whole: int
    low: float
    point: float
    high: float

    def apart_from(self, other: "Share") -> bool:
        """Whether the two intervals have nothing in common."""
        return self.high < other.low or other.high < self.low


def wilson(some: int, whole: int) -> Share:
    """Return a share with its 95% score interval; raises ValueError unless 0 <= some <= whole > 0.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
    (1927) 209-212; recommended for small numbers by L. D. Brown, T. T. Cai and A. DasGupta,
    "Interval estimation for a binomial proportion", Statistical Science 16 (2001) 101-133.
    """
    if not 0 <= some <= whole or not whole:
        raise ValueError(f"{some} of {whole} is no share.")
    point = some / whole
    shrink = 1 + _Z**2 / whole
    middle = (point + _Z**2 / (2 * whole)) / shrink
    half = _Z * math.sqrt(point * (1 - point) / whole + _Z**2 / (4 * whole**2)) / shrink
    return Share(
        some, whole, max(0, min(point, middle - half)), point, min(1, max(point, middle + half))
    )
