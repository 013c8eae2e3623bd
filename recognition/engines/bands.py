"""How much a comparison supports, in words.

The nearest face of a stranger always has a score, and people read 61% as "probably him". So no
percentage is ever made of a single comparison: a band is named, with limits from the record.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from recognition.engines.record import Metric

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from django_stubs_ext import StrPromise

    from recognition.engines.record import ModelRecord


class Band(StrEnum):
    """Support for "these two photographs show one person", strongest first."""

    STRONG = "strong_support"
    LIMITED = "limited_support"
    WEAK = "weak_support"
    NONE = "no_support"


LABELS: dict[Band, StrPromise] = {
    Band.STRONG: _("Strong support"),
    Band.LIMITED: _("Limited support"),
    Band.WEAK: _("Weak support"),
    Band.NONE: _("No support"),
}


def measure(
    record: ModelRecord, first: npt.NDArray[np.float32], second: npt.NDArray[np.float32]
) -> float:
    """The two templates, float32 (dimension,), in the record's metric: an L2 distance or a cosine.

    Raises ValueError where a template has not the record's dimension.
    """
    if first.shape != (record.dimension,) or second.shape != (record.dimension,):
        raise ValueError(f"A template of this model has {record.dimension} numbers.")
    one, other = first.astype("float64"), second.astype("float64")
    if record.metric is Metric.L2:
        return math.dist(one, other)
    return float(one @ other) / math.sqrt(float(one @ one) * float(other @ other))


def similarity(record: ModelRecord, value: float) -> float:
    """The same value so that more is more alike in every metric: a distance changes its sign."""
    return -value if record.metric is Metric.L2 else value


def band(record: ModelRecord, value: float) -> Band:
    """The band of a value in the record's metric; Band.NONE is not a candidate."""
    limits = record.thresholds
    alike = similarity(record, value)
    for limit, name in (
        (limits.strong, Band.STRONG),
        (limits.limited, Band.LIMITED),
        (limits.candidate, Band.WEAK),
    ):
        if alike >= similarity(record, limit):
            return name
    return Band.NONE
