"""Fills an empty stack: people, a gallery of real faces among templates of nobody."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oversight.site.demo.names import NAMES
from oversight.site.demo.photographs import Photographs, lay_out
from oversight.site.stack import Stack

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
    photographs: Photographs
    templates: int


def seed(manage: Callable[..., str], folder: Path) -> Seeded:
    """Make what is not there yet; quick the second time.

    Args:
        manage: runs a management command and returns what it printed.
        folder: for the photographs; private.
    """
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    photographs = lay_out(folder)
    made = json.loads(manage("demonstration"))
    if made["templates"] < TEMPLATES:
        manage("gallery", "import", str(photographs.manifest), *_root(photographs), *_PLACE)
        manage("gallery", "synthesise", "--count", str(TEMPLATES), *_PLACE)
        made = json.loads(manage("demonstration"))
    return Seeded(made["password"], photographs, made["templates"])


def sign_ins(stack: Stack) -> str:
    """Make the demonstration's people, gallery and past, and say how to sign in as each."""
    seeded = seed(stack.manage, stack.state.folder / "demonstration")
    stack.manage("demonstration", "--with-past")
    stack.manage("demonstration_desk", str(seeded.photographs.probe))
    people = "".join(f"    {username:<14} {name}\n" for username, name in NAMES.items())
    return f"Sign in with the password {seeded.password} as\n{people}"


def _root(photographs: Photographs) -> tuple[str, str]:
    return "--root", str(photographs.manifest.parent)
