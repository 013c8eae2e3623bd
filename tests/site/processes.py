"""Finding the processes that a state folder belongs to, as an administrator would."""

import os
import time
from pathlib import Path
from typing import Final

_PATIENCE: Final = 120
"""Seconds. Ending takes one or two; a machine with much else to do takes its time."""


def using(state: Path) -> dict[int, str]:
    """Return the processes, by id, whose environment or arguments name the folder."""
    found = {}
    needle = os.fsencode(str(state))
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes()
            named = needle in (folder / "environ").read_bytes() or needle in arguments
            running = (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            continue
        if named and running and int(folder.name) != os.getpid():
            found[int(folder.name)] = arguments.replace(b"\0", b" ").decode(errors="replace")
    return found


def wait_until_none_uses(state: Path) -> dict[int, str]:
    """Wait until no process uses the folder; returns those that still do after two minutes."""
    end = time.monotonic() + _PATIENCE
    while (left := using(state)) and time.monotonic() < end:
        time.sleep(0.1)
    return left
