"""The faces of a photograph, their quality, and the one that is to be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recognition.probes import detection
from recognition.probes.quality import Finding, Quality, assess, interocular
from recognition.refusals import ProbeRefused, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recognition.engines import DetectedFace, Engine
    from recognition.probes.decoding import DecodedProbe

# Measured on the embedded pack: at 64 px wide 2.2% of mates are missed, at 40 px 22.7%.
MIN_FACE_WIDTH, MIN_INTEROCULAR = 64, 24


@dataclass(frozen=True, eq=False)
class ProbeFace:
    """One face of a photograph, with what can be said of it before it is compared.

    Lengths are pixels of the upright photograph; see `DetectedFace` for box and landmarks.
    """

    detected: DetectedFace
    interocular_px: float
    measures: Quality
    findings: tuple[Finding, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.detected.box

    @property
    def width(self) -> float:
        """Of the box."""
        return self.box[2] - self.box[0]

    @property
    def quality(self) -> float:
        """0 (unusable) to 1; the weakest of the four measures."""
        return self.measures.overall

    @property
    def comparable(self) -> bool:
        """Whether the face reaches the minimum size."""
        return self.width >= MIN_FACE_WIDTH and self.interocular_px >= MIN_INTEROCULAR

    def as_document(self) -> dict[str, Any]:
        """JSON values: box, landmarks, quality, interocular_px, measures and findings."""
        return {
            "box": [round(value, 1) for value in self.box],
            "landmarks": [[round(float(v), 1) for v in p] for p in self.detected.landmarks],
            "quality": round(self.quality, 3),
            "interocular_px": round(self.interocular_px, 1),
            "measures": {name: round(value, 3) for name, value in vars(self.measures).items()},
            "findings": [found.value for found in self.findings],
            "comparable": self.comparable,
        }


def find_faces(engine: Engine, probe: DecodedProbe) -> list[ProbeFace]:
    """All faces from left to right, numbered by their place in the list.

    Large photographs are searched in overlapping tiles as well. Raises EngineUnavailable.
    """
    detected = detection.find(engine, probe.pixels)
    return [_described(probe, face, detected) for face in detected]


def choose_face(faces: Sequence[ProbeFace], chosen: int | None = None) -> ProbeFace:
    """The face to compare: the only one, or number `chosen` (from 0).

    Raises ProbeRefused: no face, several and none chosen, no such face, or one under the minimum.
    """
    if not faces:
        raise ProbeRefused(Refusal.NO_FACE)
    if chosen is None and len(faces) > 1:
        raise ProbeRefused(Refusal.SEVERAL_FACES, found=len(faces))
    index = chosen or 0
    if not 0 <= index < len(faces):
        raise ProbeRefused(Refusal.NO_SUCH_FACE, chosen=index + 1, found=len(faces))
    face = faces[index]
    if not face.comparable:
        raise ProbeRefused(
            Refusal.FACE_TOO_SMALL,
            width=round(face.width),
            between=round(face.interocular_px),
            least_width=MIN_FACE_WIDTH,
            least_between=MIN_INTEROCULAR,
        )
    return face


def _described(
    probe: DecodedProbe, face: DetectedFace, everyone: Sequence[DetectedFace]
) -> ProbeFace:
    measures = assess(probe.pixels, face)
    findings = list(measures.findings())
    left, top, right, bottom = face.box
    if left < 0 or top < 0 or right > probe.width or bottom > probe.height:
        findings.append(Finding.CUT_OFF)
    if any(other is not face and detection.overlap(face.box, other.box) > 0 for other in everyone):
        findings.append(Finding.OVERLAPPED)
    return ProbeFace(face, interocular(face), measures, tuple(findings))
