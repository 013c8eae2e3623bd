"""The state folder of a stack: one runner at a time, and where it can be reached."""

import fcntl
import json
import os
import socket
import time
from pathlib import Path
from typing import Final, TextIO

_GONE_SECONDS: Final = 60
# A child of ours may end a moment after its parent.
_NOTICE_SECONDS: Final = 1.0


class StackError(RuntimeError):
    """The stack cannot start or go on; the text says why and where to read more."""


class StackBusyError(StackError):
    """Another runner uses the same state folder."""


class State:
    """Folders for locks and logs under ``var/``, and the locks that a runner holds there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run = folder / "run"
        self.logs = folder / "log"
        self._locks: list[TextIO] = []

    def claim(self, address: str) -> None:
        """Become the one runner here, and keep the embedded services up from now on.

        Raises:
            StackBusyError: there is one already; the text says where it serves.
        """
        for folder in (self.run, self.logs):
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        lock = (self.run / "stack.lock").open("a+")
        if not _gets(lock, fcntl.LOCK_EX):
            with lock:
                lock.seek(0)
                where = lock.read().strip()
            raise StackBusyError(
                f"Oversight already runs on {self.folder}: {where}. Stop it there (Ctrl-C), "
                "or set OVERSIGHT_VAR to another folder."
            )
        lock.truncate(0)
        lock.write(f"{address} (process {os.getpid()})")
        lock.flush()
        users = (self.run / "users.lock").open("w")
        fcntl.flock(users, fcntl.LOCK_SH)
        self._locks = [users, lock]

    def release(self) -> None:
        """Let go; returns when the embedded services are gone, or others are seen to use them."""
        supervisor = self.supervisor()
        for lock in self._locks:
            lock.close()
        self._locks = []
        if supervisor:
            self._wait_for_the_end_of(supervisor)

    def supervisor(self) -> int | None:
        """Return the process id of the embedded services' supervisor, if one has announced itself."""
        try:
            return int(json.loads((self.run / "services.json").read_text())["supervisor"])
        except (OSError, ValueError, KeyError):
            return None

    def _wait_for_the_end_of(self, supervisor: int) -> None:
        begun = time.monotonic()
        while time.monotonic() - begun < _GONE_SECONDS and _lives(supervisor):
            if time.monotonic() - begun > _NOTICE_SECONDS and self._others_use_them():
                return
            time.sleep(0.05)

    def _others_use_them(self) -> bool:
        """Tell whether someone shares the users' lock; a supervisor that ends holds it alone."""
        with (self.run / "users.lock").open("w") as users:
            return not _gets(users, fcntl.LOCK_EX) and _gets(users, fcntl.LOCK_SH)


def free_port(wanted: int | None) -> int:
    """Return ``wanted`` if it is free on 127.0.0.1, or any free port where none is wanted.

    Raises:
        StackError: ``wanted`` is in use, or no port number for us.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted or 0))
        except (OSError, OverflowError) as error:
            raise StackError(
                f"Port {wanted} cannot be used ({error}): set PORT to another."
            ) from error
        return int(probe.getsockname()[1])


def _gets(lock: TextIO, kind: int) -> bool:
    """Take a lock if it is free at this moment; it is let go when the file is closed."""
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
