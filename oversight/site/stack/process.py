"""One child process: started in a group of its own, ended with everything it started."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from oversight.site.paths import BASE_DIR
from oversight.site.stack.programs import Program
from oversight.site.stack.state import StackError

_TAIL_CHARACTERS: Final = 1500


class Process:
    """A program of the stack, running or not. Start it in the main thread: the kernel ends the
    child (SIGTERM) with the thread that started it.
    """

    def __init__(self, program: Program, log: Path, environment: Mapping[str, str]) -> None:
        self.program = program
        self.log = log
        self.began = 0.0
        self._environment = environment
        self._child: subprocess.Popen[bytes] | None = None
        self._mark = 0

    def start(self, values: Mapping[str, str]) -> None:
        """Start; ``values`` fill the gaps in the program's arguments."""
        arguments = [argument.format_map(values) for argument in self.program.arguments]
        with self.log.open("ab") as log:
            self._mark = log.tell()
            self._child = subprocess.Popen(
                [*ends_with_us(), sys.executable, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=BASE_DIR,
                env=self._environment,
                start_new_session=True,
            )
        self.began = time.monotonic()

    @property
    def pid(self) -> int | None:
        """The process id while it runs, else None."""
        return self._child.pid if self._child is not None and self.alive() else None

    def alive(self) -> bool:
        """Tell whether it runs."""
        return self._child is not None and self._child.poll() is None

    def says_ready(self) -> bool:
        """Tell whether it has said that it is ready since it was started.

        Raises:
            StackError: it ended instead.
        """
        if not self.alive():
            raise StackError(self.last_words())
        return self.program.ready is None or self._ready_line()

    def _ready_line(self) -> bool:
        marker = self.program.ready or ""
        return any(marker in line and "ready" in line for line in self._said().splitlines() if line)

    def last_words(self) -> str:
        """Return what to tell of a process that ended by itself."""
        code = self._child.returncode if self._child else None
        return (
            f"{self.program.name} ended with code {code}. Its log, {self.log}, ends:\n"
            f"{self._said()[-_TAIL_CHARACTERS:]}"
        )

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process and all that it started."""
        if self._child is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, number)

    def wait(self, seconds: float) -> None:
        """Wait for its end; what is left of its group after ``seconds`` is killed."""
        if self._child is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(max(seconds, 0))
        self.signal(signal.SIGKILL)
        self._child.wait()

    def _said(self) -> str:
        with self.log.open("rb") as log:
            log.seek(self._mark)
            return log.read().decode(errors="replace")


def ends_with_us() -> list[str]:
    """Return the words that make a child end when this process does, however it ends."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
