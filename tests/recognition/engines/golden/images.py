"""The images behind the golden numbers: a pattern, and cuts of a NASA portrait (public domain)."""

import numpy as np
import skimage.data

# Of the detector's 48 x 48: corners, middle, and around the face of the portrait.
CELLS = [0, 47, 1100, 1128, 1152, 1176, 2256, 2303, 700, 890, 938, 1010]


def pattern(side: int) -> np.ndarray:
    """An RGB image, uint8 (side, side, 3), with every level and no symmetry."""
    y, x = np.mgrid[:side, :side]
    planes = [(x * 5 + y * 3) % 256, (x * x + 7 * y) % 256, (x * y // 3 + 11 * x) % 256]
    return np.stack(planes, axis=-1).astype(np.uint8)


def chips() -> dict[str, np.ndarray]:
    """Three images of 150 px, as dlib's embedder takes them."""
    portrait = skimage.data.astronaut()[50:200, 150:300]
    return {
        "pattern": pattern(150),
        "upside down": np.ascontiguousarray(pattern(150)[::-1]),
        "portrait": np.ascontiguousarray(portrait),
    }


def detector_inputs() -> dict[str, np.ndarray]:
    """Two images of 192 px, as BlazeFace takes them."""
    portrait = skimage.data.astronaut()[30:222, 130:322]
    return {"pattern": pattern(192), "portrait": np.ascontiguousarray(portrait)}
