"""How well a face can be compared: four plain measures, and the weakest of them.

In the manner of ISO/IEC 29794-5 each component is 0..1 and is reported by itself; the whole is
the smallest, since nothing makes up for a face that is blurred or turned away. Measured are size,
sharpness, pose and the detector's confidence. Brightness is left out on purpose: its limits would
speak about skin. Nothing about the person is inferred.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext_lazy as _
from PIL import Image

if TYPE_CHECKING:
    import numpy.typing as npt
    from django_stubs_ext import StrPromise

    from recognition.engines import DetectedFace

# Between the eyes, in pixels: unusable below the first, as good as it gets from the second on.
INTEROCULAR_RANGE = (12.0, 48.0)
# Laplacian over contrast, as `sharpness` gives it; see docs/decisions/0023-photographs-in.md.
SHARPNESS_RANGE = (0.04, 0.20)
# Nose from the middle between the eyes, in interocular distances: straight ahead, half profile.
TURN_RANGE = (0.15, 0.60)
CONFIDENCE_RANGE = (0.40, 0.80)
FACE_SIDE = 112
FINDING_BELOW = 0.5


class Finding(StrEnum):
    """What is wrong with a face, for the person who chooses the photograph."""

    SMALL = "small"
    BLURRED = "blurred"
    TURNED_AWAY = "turned_away"
    HARD_TO_SEE = "hard_to_see"
    CUT_OFF = "cut_off"
    OVERLAPPED = "overlapped"


FINDING_LABELS: dict[Finding, StrPromise] = {
    Finding.SMALL: _("small"),
    Finding.BLURRED: _("blurred"),
    Finding.TURNED_AWAY: _("turned away"),
    Finding.HARD_TO_SEE: _("hard to see"),
    Finding.CUT_OFF: _("cut off by the edge of the image"),
    Finding.OVERLAPPED: _("overlapped by another face"),
}


@dataclass(frozen=True)
class Quality:
    """Four measures, each 0 (unusable) to 1 (nothing to be gained)."""

    size: float
    sharpness: float
    pose: float
    confidence: float

    @property
    def overall(self) -> float:
        """The weakest of the four."""
        return min(self.size, self.sharpness, self.pose, self.confidence)

    def findings(self) -> tuple[Finding, ...]:
        """What is below one half."""
        named = {
            Finding.SMALL: self.size,
            Finding.BLURRED: self.sharpness,
            Finding.TURNED_AWAY: self.pose,
            Finding.HARD_TO_SEE: self.confidence,
        }
        return tuple(finding for finding, value in named.items() if value < FINDING_BELOW)


def assess(pixels: npt.NDArray[np.uint8], face: DetectedFace) -> Quality:
    """The quality of one face in an RGB image, uint8 (height, width, 3)."""
    return Quality(
        size=_between(interocular(face), *INTEROCULAR_RANGE),
        sharpness=_between(sharpness(pixels, face), *SHARPNESS_RANGE),
        pose=1 - _between(turn(face), *TURN_RANGE),
        confidence=_between(face.confidence, *CONFIDENCE_RANGE),
    )


def interocular(face: DetectedFace) -> float:
    """Between the centres of the eyes, in pixels."""
    return float(np.linalg.norm(face.landmarks[1] - face.landmarks[0]))


def turn(face: DetectedFace) -> float:
    """How far the nose lies from the middle between the eyes, along the line of the eyes.

    In interocular distances: 0 straight ahead, about a half in half profile. A tilted head does
    not count, since the face is turned upright before it is compared.
    """
    left_eye, right_eye, nose = face.landmarks[:3].astype(np.float64)
    line = right_eye - left_eye
    length = max(float(np.linalg.norm(line)), 1e-6)
    return abs(float((nose - (left_eye + right_eye) / 2) @ line)) / length**2


def sharpness(pixels: npt.NDArray[np.uint8], face: DetectedFace) -> float:
    """Deviation of the Laplacian over the face at 112 px, as a part of the deviation of its greys.

    After J. L. Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy" (ICPR 2000);
    divided by the contrast, so that a dim or pale photograph does not count as blurred. A face
    that has to be enlarged to 112 px has no more detail than it had, and scores lower.
    """
    left, top, right, bottom = (max(round(value), 0) for value in face.box)
    crop = pixels[top : max(bottom, top + 1), left : max(right, left + 1)]
    if not crop.size:
        return 0.0
    grey = Image.fromarray(np.ascontiguousarray(crop)).convert("L")
    values = np.asarray(grey.resize((FACE_SIDE, FACE_SIDE), Image.Resampling.BICUBIC), np.float64)
    around = values[:-2, 1:-1] + values[2:, 1:-1] + values[1:-1, :-2] + values[1:-1, 2:]
    laplacian = around - 4 * values[1:-1, 1:-1]
    return float(laplacian.std() / max(values.std(), 1.0))


def _between(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))
