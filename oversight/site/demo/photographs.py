"""Real faces from photographs that installed packages carry, read where they are installed.

Eileen Collins (NASA, public domain) comes with scikit-image, a group of six and a portrait with
InsightFace. They are cut out into the demonstration's own folder and go nowhere else.
"""

import csv
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageEnhance, ImageFilter

# Left, upper, right, lower edges of each face in InsightFace's group photograph, with margins.
_GROUP: Final = (
    (0, 235, 220, 455),
    (210, 110, 430, 330),
    (405, 235, 625, 455),
    (670, 295, 890, 515),
    (815, 15, 1055, 255),
    (1070, 240, 1280, 450),
)


# Of the astronaut's photograph, the part that an examiner is shown: twice the size of the face.
_PORTRAIT: Final = (120, 15, 333, 228)


@dataclass(frozen=True)
class Photographs:
    """Where things lie in the demonstration's folder."""

    manifest: Path
    probe: Path
    """The person sought, as a shop's camera would have caught her: turned a little, grey, blurred."""
    portrait: Path
    """The same person, as the gallery has her."""


def lay_out(folder: Path) -> Photographs:
    """Write the gallery's photographs with their manifest, and the probe."""
    photographs = folder / "gallery"
    photographs.mkdir(parents=True, exist_ok=True)
    astronaut = _open("skimage", "data/astronaut.png")
    group = _open("insightface", "data/images/t1.jpg")
    actor = _open("insightface", "data/images/Tom_Hanks_54745.png")
    faces = {"BK-2019-004417": astronaut, "BK-2020-011802": actor.resize((336, 336))}
    faces |= {f"BK-2021-00310{n}": group.crop(box) for n, box in enumerate(_GROUP)}
    for reference, picture in faces.items():
        picture.save(photographs / f"{reference}.png")
    portrait = folder / "portrait.png"
    astronaut.crop(_PORTRAIT).save(portrait)
    probe = _frame(astronaut, folder / "till-camera.jpg")
    return Photographs(_manifest(photographs, list(faces)), probe, portrait)


def _manifest(folder: Path, references: list[str]) -> Path:
    path = folder / "manifest.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["subject", "image", "source", "captured_on"])
        for reference in references:
            source = "photograph in an installed package, for demonstration"
            rows.writerow([reference, f"{reference}.png", source, "2021-03-04"])
    return path


def _frame(picture: Image.Image, path: Path) -> Path:
    turned = picture.rotate(4, resample=Image.Resampling.BICUBIC).crop((90, 10, 430, 340))
    grey = ImageEnhance.Contrast(turned.convert("L")).enhance(0.8)
    grey.filter(ImageFilter.GaussianBlur(1.2)).convert("RGB").save(path, "JPEG", quality=60)
    return path


def _open(package: str, name: str) -> Image.Image:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{package} is not installed: run make setup.")
    with Image.open(Path(spec.origin).parent / name) as picture:
        return picture.convert("RGB")
