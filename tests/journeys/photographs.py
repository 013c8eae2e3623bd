"""What the till's camera saw: two people side by side, one of whom the gallery holds."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from oversight.site.demo.photographs import lay_out

_UNKNOWN = "BK-2020-011802"
_HEIGHT = 420


@dataclass(frozen=True)
class Photographs:
    """Where things lie."""

    manifest: Path
    """Of a gallery that holds the one and not the other."""
    still: Path
    """Both: the one that the gallery holds on the left, the other on the right."""
    known: Path
    """The one that the gallery holds, as it holds her."""


KNOWN, STRANGER = "left", "right"


def make_photographs(folder: Path) -> Photographs:
    """Lay out the demonstration's photographs, take one out of the gallery, and compose the still."""
    laid_out = lay_out(folder)
    lines = laid_out.manifest.read_text("utf-8").splitlines()
    laid_out.manifest.write_text(
        "\n".join(line for line in lines if not line.startswith(_UNKNOWN)), "utf-8"
    )
    stranger = laid_out.manifest.parent / f"{_UNKNOWN}.png"
    halves = [_to_height(laid_out.probe), _to_height(stranger)]
    still = Image.new("RGB", (sum(half.width for half in halves), _HEIGHT))
    still.paste(halves[0], (0, 0))
    still.paste(halves[1], (halves[0].width, 0))
    path = folder / "two-at-the-till.jpg"
    still.save(path, "JPEG", quality=85)
    stranger.unlink()
    return Photographs(laid_out.manifest, path, laid_out.portrait)


def _to_height(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        width = round(picture.width * _HEIGHT / picture.height)
        return picture.convert("L").convert("RGB").resize((width, _HEIGHT))
