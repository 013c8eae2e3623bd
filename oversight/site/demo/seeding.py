"""Fills an empty stack: people, a gallery of real faces among templates of nobody."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oversight.site.demo.photographs import SOUGHT, lay_out

GALLERY: Final = "lacris-dms"
TEMPLATES: Final = 20_000
ENVIRONMENT: Final = {"OVERSIGHT_POLICY_PUBLISHED": "1"}
"""What the stack of a demonstration is told: the made-up department has published its policy."""

_PLACE: Final = (
    *("--gallery", GALLERY, "--kind", "booking"),
    *("--name", "County digital mugshot system", "--custodian", "Los Angeles County Sheriff"),
)


@dataclass(frozen=True)
class Seeded:
    """What the story needs to know."""

    password: str
    probe: Path
    sought: Path
    """The photograph in the gallery that shows the person on the probe."""
    templates: int


def seed(manage: Callable[..., str], folder: Path) -> Seeded:
    """Make what is not there yet; quick the second time.

    Args:
        manage: runs a management command and returns what it printed.
        folder: for the photographs; private.
    """
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    manifest, probe = lay_out(folder)
    made = json.loads(manage("demonstration"))
    if made["templates"] < TEMPLATES:
        manage("gallery", "import", str(manifest), "--root", str(manifest.parent), *_PLACE)
        manage("gallery", "synthesise", "--count", str(TEMPLATES), *_PLACE)
        made = json.loads(manage("demonstration"))
    sought = manifest.parent / f"{SOUGHT}.png"
    return Seeded(made["password"], probe, sought, made["templates"])
