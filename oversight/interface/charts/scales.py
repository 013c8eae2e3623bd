"""Round marks for an axis."""

import math
from collections.abc import Iterable
from typing import Final

_STEPS: Final = (1, 2, 5, 10)


def highest(values: Iterable[float | None]) -> float:
    """The greatest value there is; 0 where there is none."""
    return max((value for value in values if value is not None), default=0)


def ticks(top: float, about: int = 4) -> list[int]:
    """Whole numbers from 0 to at least ``top`` (and at least 1), in steps of 1, 2 or 5 times a
    power of ten.

    P. S. Heckbert, "Nice numbers for graph labels", Graphics Gems (1990) 61-63.
    """
    step = _step(max(top, 1) / about)
    return [step * index for index in range(math.ceil(max(top, 1) / step) + 1)]


def _step(rough: float) -> int:
    power = int(10 ** max(0, math.floor(math.log10(rough))))
    return next(step * power for step in _STEPS if step * power >= rough)
