"""One step of set-up: done once, and again only when what it depends on has changed."""

import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oversight.site.setup.places import CHECKOUT, SetupError

_STAMPS: Final = CHECKOUT / "var" / "setup"


@dataclass(frozen=True)
class Step:
    """What to do, what decides that it is needed, and what must be there afterwards."""

    name: str
    purpose: str
    action: Callable[[], None]
    inputs: tuple[Path, ...] = ()
    """Files and folders whose content decides whether the step must run again."""
    outputs: tuple[Path, ...] = ()
    """Files and folders that the step makes; one that was touched or removed is made again."""

    def ensure(self) -> bool:
        """Do the step unless nothing changed since it was done; True if it ran.

        Raises:
            SetupError: it failed, or left an output out.
        """
        stamp = _STAMPS / self.name
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == self._state():
            return False
        sys.stderr.write(f"{self.purpose} ...\n")
        began = time.monotonic()
        self.action()
        if missing := [str(path) for path in self.outputs if not path.exists()]:
            raise SetupError(f"{self.name} ended without making {', '.join(missing)}.")
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(self._state(), encoding="utf-8")
        sys.stderr.write(f"{self.purpose}: done in {time.monotonic() - began:.1f} s\n")
        return True

    def _state(self) -> str:
        digest = hashlib.sha256(str(CHECKOUT).encode())  # environments do not survive a move
        for path in _files(self.inputs):
            digest.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes())
        for path in _files(self.outputs):
            found = path.stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
        return digest.hexdigest()


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                found
                for found in path.rglob("*")
                if found.is_file() and "__pycache__" not in found.parts
            )
        elif path.exists():
            yield path
