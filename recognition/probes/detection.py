"""Find every face of a photograph: small ones in large photographs, and those that fill it.

A detector that looks at the whole photograph at a few hundred pixels cannot see a face of 64
pixels among four thousand. So the photograph is searched whole, and then in square tiles, each
half as wide as those before, until a tile is searched at its own resolution. Tiles overlap by a
third, more than the smallest face that may be compared, so no such face is always cut.
A face that fills the photograph has no surroundings, which detectors need: where none was found,
the photograph is searched once more with a margin around it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from recognition.engines import DetectedFace, Engine

    Box = tuple[float, float, float, float]

OVERLAP = 1 / 3
# Two boxes that share more than this (of the smaller one) are one face.
SAME_FACE = 0.4
# A face that ends this close to the inner edge of a tile (of its own width) may be a piece of one.
EDGE = 0.05
# An image is averaged down to fewer than twice this many of the detector's own sides.
REDUCED_SIDES = 4
# Around a face for the second look, in widths of the face.
SURROUNDINGS = 2.5
MARGIN, MARGIN_GREY = 1 / 2, 128


def find(engine: Engine, pixels: npt.NDArray[np.uint8]) -> list[DetectedFace]:
    """All faces of an RGB image, uint8 (height, width, 3), from left to right.

    Raises EngineUnavailable.
    """
    found = _detect(engine, pixels)
    height, width = pixels.shape[:2]
    side = max(height, width) // 2
    while side >= engine.record.detection_size:
        for left, top in _corners(width, height, side):
            tile = pixels[top : top + side, left : left + side]
            for face in _detect(engine, tile):
                moved = _moved(face, left, top)
                if not _cut(moved.box, left, top, side, width, height):
                    found = _with(engine, pixels, found, moved)
        side //= 2
    return sorted(found or _with_margin(engine, pixels), key=lambda face: face.box[:2])


def overlap(first: Box, second: Box) -> float:
    """The area two boxes share, as a part of the smaller one: 0..1."""
    across = min(first[2], second[2]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[1], second[1])
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / min(_area(first), _area(second))


def _detect(engine: Engine, pixels: npt.NDArray[np.uint8]) -> list[DetectedFace]:
    """What the engine finds, after averaging what is far larger than its own view.

    The detector picks single pixels when it shrinks an image much; and the copy it makes of a
    large photograph would cost more memory than the whole engine.
    """
    factor = max(pixels.shape[:2]) // (REDUCED_SIDES * engine.record.detection_size)
    if factor <= 1:
        return engine.detect(np.ascontiguousarray(pixels))
    reduced = np.asarray(Image.fromarray(pixels).reduce(factor))
    return [_scaled(face, factor) for face in engine.detect(reduced)]


def _scaled(face: DetectedFace, factor: int) -> DetectedFace:
    x1, y1, x2, y2 = (value * factor for value in face.box)
    return replace(face, box=(x1, y1, x2, y2), landmarks=face.landmarks * np.float32(factor))


def _with_margin(engine: Engine, pixels: npt.NDArray[np.uint8]) -> list[DetectedFace]:
    margin = round(MARGIN * max(pixels.shape[:2]))
    if margin > engine.record.detection_size:
        return []
    wider = np.pad(
        pixels, ((margin, margin), (margin, margin), (0, 0)), constant_values=MARGIN_GREY
    )
    return [_moved(face, -margin, -margin) for face in _detect(engine, wider)]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _corners(width: int, height: int, side: int) -> Iterator[tuple[int, int]]:
    for top in _starts(height, side):
        for left in _starts(width, side):
            yield left, top


def _starts(length: int, side: int) -> list[int]:
    """Evenly spread starts of tiles that cover the length and overlap by a third or more."""
    spare = length - side
    if spare <= 0:
        return [0]
    steps = int(np.ceil(spare / (side * (1 - OVERLAP))))
    return [round(spare * step / steps) for step in range(steps + 1)]


def _moved(face: DetectedFace, left: int, top: int) -> DetectedFace:
    x1, y1, x2, y2 = face.box
    box = (x1 + left, y1 + top, x2 + left, y2 + top)
    shift = np.array([left, top], np.float32)
    return replace(face, box=box, landmarks=face.landmarks + shift)


def _cut(box: Box, left: int, top: int, side: int, width: int, height: int) -> bool:
    """Whether the box touches an edge of the tile that is not an edge of the photograph."""
    margin = EDGE * (box[2] - box[0])
    return (
        (left > 0 and box[0] < left + margin)
        or (top > 0 and box[1] < top + margin)
        or (left + side < width and box[2] > left + side - margin)
        or (top + side < height and box[3] > top + side - margin)
    )


def _with(
    engine: Engine, pixels: npt.NDArray[np.uint8], found: list[DetectedFace], face: DetectedFace
) -> list[DetectedFace]:
    """The faces with this one, unless it is already there or a closer look does not bear it out."""
    if any(overlap(face.box, other.box) > SAME_FACE for other in found):
        return found
    seen = _second_look(engine, pixels, face)
    return found if seen is None else [*found, seen]


def _second_look(
    engine: Engine, pixels: npt.NDArray[np.uint8], face: DetectedFace
) -> DetectedFace | None:
    """The same face as found again in the middle of its own surroundings, or None.

    Folds and leaves that look like a face in one framing rarely do so in another.
    """
    x1, y1, x2, y2 = face.box
    reach = SURROUNDINGS * max(x2 - x1, y2 - y1) / 2
    left, top = (max(round(middle - reach), 0) for middle in ((x1 + x2) / 2, (y1 + y2) / 2))
    right, bottom = (round(middle + reach) for middle in ((x1 + x2) / 2, (y1 + y2) / 2))
    around = pixels[top : max(bottom, 0), left : max(right, 0)]
    if not around.size:
        return None
    seen = [_moved(again, left, top) for again in _detect(engine, around)]
    alike = [again for again in seen if overlap(again.box, face.box) > SAME_FACE]
    return max(alike, key=lambda again: again.confidence, default=None)
