"""Encode photographs in every way that may come in."""

from io import BytesIO

import numpy as np
from PIL import Image

# Pillow's names; HEIF is registered by the room itself.
FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "HEIF": "image/heic",
}
# EXIF orientation to how the stored pixels came about from the upright ones (JEITA CP-3451).
STORED = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: a[:, ::-1].transpose(1, 0, 2),
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
    8: lambda a: a.transpose(1, 0, 2)[:, ::-1],
}


def encoded(pixels, form="PNG", **options):
    """The bytes of an image file."""
    target = BytesIO()
    image = (
        pixels if isinstance(pixels, Image.Image) else Image.fromarray(np.ascontiguousarray(pixels))
    )
    image.save(target, form, **options)
    return target.getvalue()


def oriented(pixels, form, orientation, **options):
    """A file whose pixels are stored turned, with the EXIF tag that says so."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(STORED[orientation](pixels), form, exif=exif.tobytes(), **options)


def noise(width=200, height=150, seed=1):
    """An RGB image without structure."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
