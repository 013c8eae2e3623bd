"""Breaking the embedded services of a stack on purpose, as the fault tests do.

The supervisor starts again whatever dies. To keep a service away it is suspended meanwhile.
"""

import os
import signal
import time
from pathlib import Path
from typing import Final

from oversight.site.stack.state import StackError, State

_SECONDS: Final = 30


class EmbeddedServices:
    """The supervisor of a state folder and its two servers, seen from outside."""

    def __init__(self, state: State) -> None:
        self._state = state

    def stop_broker(self) -> None:
        """Kill the broker, and keep it away until ``resume``."""
        self._stop("valkey", signal.SIGKILL)

    def stop_database(self, *, crash: bool = False) -> None:
        """End PostgreSQL in order, or as a power cut would; it stays away until ``resume``."""
        self._stop("postgres", signal.SIGQUIT if crash else signal.SIGINT)

    def kill_supervisor(self) -> None:
        """Kill the supervisor; its servers end with it, and whoever needs them starts another."""
        os.kill(self._supervisor(), signal.SIGKILL)

    def resume(self) -> None:
        """Let the supervisor go on: it starts again what is missing."""
        os.kill(self._supervisor(), signal.SIGCONT)

    def _stop(self, name: str, number: signal.Signals) -> None:
        supervisor = self._supervisor()
        server = _child_named(name, supervisor)
        os.kill(supervisor, signal.SIGSTOP)
        os.kill(server, number)
        end = time.monotonic() + _SECONDS
        while _state_of(server) != "Z":  # its parent sleeps, so it stays a zombie
            if time.monotonic() > end:
                raise StackError(f"{name} (process {server}) does not end.")
            time.sleep(0.02)

    def _supervisor(self) -> int:
        found = self._state.supervisor()
        if found is None:
            raise StackError("The embedded services are not up.")
        return found


def _child_named(name: str, parent: int) -> int:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            program, after = (folder / "stat").read_text().rpartition(")")[::2]
            if int(after.split()[1]) == parent and name in program:
                return int(folder.name)
        except (OSError, ValueError):
            continue  # it ended while we looked
    raise StackError(f"The supervisor runs no {name}.")


def _state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
