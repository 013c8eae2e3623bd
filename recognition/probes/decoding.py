"""Decode a photograph once: within limits, upright, without metadata.

Probes and gallery photographs come in by this door alone. Pillow and libheif do the decoding;
limits are checked on the header, before any pixel is unpacked. Nothing of the metadata (place,
device, time, thumbnails) is kept; the original bytes are sealed elsewhere for the record.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from recognition.refusals import ProbeRefused, Refusal

if TYPE_CHECKING:
    import numpy.typing as npt

# Thumbnails and depth maps inside a HEIC file are never used: not parsing them is safest.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

# A JPEG with a second picture inside (MPO: gain maps and previews of phones) counts as a JPEG:
# its first picture is the photograph.
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "HEIF": "image/heic",
}
# Decoders that hold a pixel more often than others get fewer: a worker stays under 600 MB.
PIXEL_COST = {"WEBP": 2.0, "TIFF": 1.5}
STRIP = 256
# How accepted formats begin: such a file is damaged rather than no image.
_OUR_FORMATS = (
    (0, b"\xff\xd8\xff"),
    (0, b"\x89PNG\r\n\x1a\n"),
    (8, b"WEBP"),
    (0, b"II*\x00"),
    (0, b"MM\x00*"),
    (4, b"ftypheic"),
    (4, b"ftypheix"),
    (4, b"ftypmif1"),
)
# Formats that are told apart only to say so; their decoders are never run.
_OTHER_FORMATS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "PSD"),
    (0, b"<svg", "SVG"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (0, b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypmp4", "MP4"),
    (4, b"ftypisom", "MP4"),
    (4, b"ftypqt", "QuickTime"),
)


@dataclass(frozen=True)
class Limits:
    """What is accepted. `max_pixels` holds for JPEG, PNG and HEIC; see PIXEL_COST for the others."""

    max_bytes: int = 25 * 1024 * 1024
    max_pixels: int = 40_000_000
    min_side: int = 64


@dataclass(frozen=True, eq=False)
class DecodedProbe:
    """A photograph, upright and bare.

    `pixels`: RGB, uint8 (height, width, 3), read-only. `media_type`: of the original.
    `sha256`: of the original bytes, hexadecimal.
    """

    pixels: npt.NDArray[np.uint8]
    media_type: str
    sha256: str

    @property
    def width(self) -> int:
        """In pixels, after turning upright."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """In pixels, after turning upright."""
        return int(self.pixels.shape[0])


def decode(data: bytes, *, limits: Limits = Limits()) -> DecodedProbe:
    """The photograph in these bytes. Raises ProbeRefused, and nothing else, for whatever bytes."""
    if not data:
        raise ProbeRefused(Refusal.EMPTY)
    if len(data) > limits.max_bytes:
        raise ProbeRefused(Refusal.TOO_MANY_BYTES, found=len(data), limit=limits.max_bytes)
    try:
        with _open(data) as image:
            _check_header(image, limits)
            form = str(image.format)
            pixels = _upright_rgb(image)
            # A decoder may find other measures than the header gave.
            _check_size(pixels.shape[1], pixels.shape[0], form, limits)
    except ProbeRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ProbeRefused(Refusal.TOO_MANY_PIXELS, limit=limits.max_pixels) from error
    except Exception as error:  # hostile bytes reach parsers that fail in many ways
        raise ProbeRefused(Refusal.DAMAGED) from error
    return DecodedProbe(pixels, MEDIA_TYPES[form], hashlib.sha256(data).hexdigest())


def _open(data: bytes) -> Image.Image:
    """The image with only its header read."""
    try:
        return Image.open(BytesIO(data), formats=[name for name in MEDIA_TYPES if name != "MPO"])
    except UnidentifiedImageError as error:
        for start, signature, name in _OTHER_FORMATS:
            if data.startswith(signature, start):
                raise ProbeRefused(Refusal.UNSUPPORTED_FORMAT, found=name) from error
        ours = any(data.startswith(signature, start) for start, signature in _OUR_FORMATS)
        raise ProbeRefused(Refusal.DAMAGED if ours else Refusal.NOT_AN_IMAGE) from error


def _check_header(image: Image.Image, limits: Limits) -> None:
    _check_size(*image.size, str(image.format), limits)
    if image.format != "MPO" and getattr(image, "n_frames", 1) != 1:
        raise ProbeRefused(Refusal.ANIMATED)


def _check_size(width: int, height: int, form: str, limits: Limits) -> None:
    most = int(limits.max_pixels / PIXEL_COST.get(form, 1))
    if width * height > most:
        raise ProbeRefused(Refusal.TOO_MANY_PIXELS, limit=most)
    if min(width, height) < limits.min_side:
        raise ProbeRefused(Refusal.TOO_SMALL, width=width, height=height, limit=limits.min_side)


def _upright_rgb(image: Image.Image) -> npt.NDArray[np.uint8]:
    """All pixels, turned as the EXIF orientation says."""
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    image = _as_rgb(image)
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    # In strips: handing a large image over whole would hold it three times.
    for top in range(0, image.height, STRIP):
        bottom = min(top + STRIP, image.height)
        pixels[top:bottom] = np.asarray(image.crop((0, top, image.width, bottom)))
    pixels.setflags(write=False)
    return pixels


def _as_rgb(image: Image.Image) -> Image.Image:
    if image.mode == "RGB" and not image.has_transparency_data:
        return image  # converting would copy it
    if image.mode.startswith("I"):  # 16 bits of grey: keep the upper eight
        grey = np.asarray(image).astype(np.uint32) >> 8
        return Image.fromarray(grey.clip(0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")
