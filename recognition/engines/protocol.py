"""What every face engine promises, whichever pack it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from recognition.engines.record import ModelRecord


class EngineUnavailable(Exception):  # noqa: N818  # a state of the service, named as others say it
    """The engine cannot be used: no pack, a changed file, a wrong record, a broken model."""


@dataclass(frozen=True, eq=False)
class DetectedFace:
    """One face in an image, in pixels from its top left corner.

    `box`: left, top, right, bottom. `landmarks`: float32 (5, 2), x then y, of the eye that is
    left in the image, the other eye, the tip of the nose, and the left and right corner of the
    mouth. `confidence`: the detector's, 0..1; not a probability of anything about the person.
    """

    box: tuple[float, float, float, float]
    landmarks: npt.NDArray[np.float32]
    confidence: float


class Engine(Protocol):
    """A detector and an embedder from one pack."""

    @property
    def record(self) -> ModelRecord:
        """What the pack is and may be used for."""
        ...

    def detect(self, image: npt.NDArray[np.uint8]) -> list[DetectedFace]:
        """All faces of an RGB image, uint8 (height, width, 3), from left to right.

        Raises EngineUnavailable.
        """
        ...

    def embed(self, image: npt.NDArray[np.uint8], face: DetectedFace) -> npt.NDArray[np.float32]:
        """The template of one face, float32 (dimension,), to be compared by the record's metric.

        Unit length where the metric is the cosine. Raises EngineUnavailable.
        """
        ...
