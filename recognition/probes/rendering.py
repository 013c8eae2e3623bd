"""Renderings for people to look at: new files of bounded size, without metadata."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from recognition.probes.decoding import DecodedProbe
    from recognition.probes.faces import ProbeFace

MAX_SIDE = 1600
PORTRAIT_SIDE = 800
# Around a face, so that hair, ears and outline can be compared as well.
PORTRAIT_SCALE = 2.0
JPEG_QUALITY = 92
GREY = (128, 128, 128)


def render(probe: DecodedProbe, *, max_side: int = MAX_SIDE) -> bytes:
    """The whole photograph as JPEG, its longer side at most `max_side` pixels."""
    image = Image.fromarray(probe.pixels)
    image.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    return _jpeg(image)


def render_face(probe: DecodedProbe, face: ProbeFace, *, side: int = PORTRAIT_SIDE) -> bytes:
    """A square JPEG of `side` pixels around one face, grey where the photograph ends.

    Every face comes out at the same size, so that two can be compared side by side.
    """
    left, top, right, bottom = face.box
    half = max(right - left, bottom - top) * PORTRAIT_SCALE / 2
    across, down = (left + right) / 2, (top + bottom) / 2
    scale = 2 * half / side
    image = Image.fromarray(probe.pixels).transform(
        (side, side),
        Image.Transform.AFFINE,
        (scale, 0, across - half, 0, scale, down - half),
        resample=Image.Resampling.BICUBIC,
        fillcolor=GREY,
    )
    return _jpeg(image)


def _jpeg(image: Image.Image) -> bytes:
    target = BytesIO()
    image.save(target, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return target.getvalue()
