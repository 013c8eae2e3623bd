"""Real photographs for tests, read where they stand, and the embedded pack of the set-up.

None is copied into the project: NASA's portrait comes from scikit-image, the group of six from
InsightFace, and two mated pairs from the folder that developers share.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

from recognition.engines import Engine, load_engine
from recognition.engines.build import build_embedded_pack

REPOSITORY = Path(__file__).resolve().parents[3]
WEIGHTS = REPOSITORY / "var/cache/weights"
SHARED_FACES = REPOSITORY.parent / "shared/faces"


@cache
def embedded_pack() -> Path:
    """The embedded pack, built where `make setup` builds it."""
    return build_embedded_pack(REPOSITORY / "var/models/embedded", cache=WEIGHTS)


@cache
def embedded_engine() -> Engine:
    """The embedded engine, loaded once."""
    pack = embedded_pack()
    return load_engine(pack, allowed_root=pack.parent)


def portrait() -> np.ndarray:
    """One woman, facing us: RGB, uint8 (512, 512, 3)."""
    return skimage.data.astronaut()


def insightface_image(name: str) -> Path:
    """A photograph of InsightFace's own."""
    (folder,) = find_spec("insightface").submodule_search_locations
    return Path(folder) / "data/images" / name


def group_of_six() -> np.ndarray:
    """Six people, RGB, uint8 (886, 1280, 3)."""
    return np.asarray(Image.open(insightface_image("t1.jpg")).convert("RGB"))


def shared_face(name: str) -> Path:
    """One of the shared photographs; skips where they are absent."""
    path = SHARED_FACES / f"{name}.jpg"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in ../shared/faces")
    return path
