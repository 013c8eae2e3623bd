"""The stack itself: set up the database, start every program, wait, and take all down again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from oversight.site.paths import BASE_DIR, VAR_DIR
from oversight.site.roles import role_of_command
from oversight.site.stack.embedded import EmbeddedServices
from oversight.site.stack.process import Process
from oversight.site.stack.programs import PROGRAMS
from oversight.site.stack.state import StackError, State, free_port
from oversight.site.stack.witness import own_witness

_READY_SECONDS: Final = 90
_STOP_SECONDS: Final = 15
_POLL_SECONDS: Final = 0.05
# One that ends sooner than this after its start would only end again.
_HEALTHY_SECONDS: Final = 10


class Stack:
    """Every process of Oversight on this machine, as long as the ``with`` block lasts.

    Nothing is left running afterwards: children end with their runner even when it is killed,
    and the embedded services end with their last user.
    """

    def __init__(
        self,
        *,
        port: int | None = None,
        state: Path | None = None,
        programs: Collection[str] | None = None,
        durable: bool = True,
        environment: Mapping[str, str] | None = None,
        witness: bool = False,
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            port: of the web, on 127.0.0.1; any free one if None.
            state: the folder for data, secrets, locks and logs; ``var/`` if None.
            programs: names of those to start; all if None.
            durable: False lets PostgreSQL skip its fsync: quicker, for tests without crashes.
            environment: variables on top of ours.
            witness: with a witness of its own, whose signature readers are told to demand.
        """
        self.state = State((state or VAR_DIR).resolve())
        self.services = EmbeddedServices(self.state)
        self._wanted_port = port
        self.port = 0
        witnesses = [own_witness(self.state.folder)] if witness else []
        self._environment = {
            "DJANGO_SETTINGS_MODULE": "oversight.site.settings",
            "OVERSIGHT_LOG": "text",
            **os.environ,
            "OVERSIGHT_VAR": str(self.state.folder),
            "OVERSIGHT_EMBEDDED_DURABLE": "1" if durable else "0",
            "PYTHONUNBUFFERED": "1",
            **(environment or {}),
            **{name: value for one in witnesses for name, value in one.environment.items()},
        }
        self.processes = {
            program.name: Process(
                program,
                self.state.logs / f"{program.name}.log",
                {**self._environment, "OVERSIGHT_ROLE": program.role},
            )
            for program in (*(one.program for one in witnesses), *PROGRAMS)
            if programs is None or program.name in programs
        }

    @property
    def base_url(self) -> str:
        """Address of the pages, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Start everything; returns when pages are served and the workers wait for work.

        Raises:
            StackBusyError: another runner uses this state folder.
            StackError: something did not come up; its log is named.
        """
        self.port = free_port(self._wanted_port)
        self.state.claim(self.base_url)
        try:
            for log in self.state.logs.glob("*.log"):
                log.unlink()
            self.manage("migrate", "--no-input", "--verbosity=0")
            self.start(*self.processes)
        except BaseException:
            self._take_down()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop everything; returns when it is gone."""
        self._take_down()

    def manage(self, *arguments: str, stdin: str | None = None) -> str:
        """Run a management command against this stack and return what it printed.

        Raises:
            StackError: it failed; the text is what it said.
        """
        environment = {**self._environment, "OVERSIGHT_ROLE": role_of_command(arguments)}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise StackError(f"manage.py {' '.join(arguments)} failed: {done.stderr[-2000:]}")
        return done.stdout

    def start(self, *names: str) -> None:
        """Start programs by name and wait until they are ready.

        Raises:
            StackError: one ended, or was not ready in time.
        """
        for name in names:
            self._launch(name)
        self.wait_ready(*names)

    def stop(self, *names: str) -> None:
        """Ask programs to end, and wait until they have."""
        for name in names:
            self.processes[name].signal(signal.SIGTERM)
        end = time.monotonic() + _STOP_SECONDS
        for name in names:
            self.processes[name].wait(end - time.monotonic())

    def kill(self, name: str) -> None:
        """Kill a program (SIGKILL) and all that it started, between two instructions."""
        self.processes[name].signal(signal.SIGKILL)
        self.processes[name].wait(_STOP_SECONDS)

    def restart_database(self, *, crash: bool = False) -> None:
        """Restart PostgreSQL under everyone's feet; returns when the web reaches it again."""
        self.services.stop_database(crash=crash)
        self.services.resume()
        self.wait_ready()

    def wait_ready(self, *names: str) -> None:
        """Wait for programs (all if none is named), and for the pages if the web is among them."""
        chosen = [self.processes[name] for name in names or self.processes]
        end = time.monotonic() + _READY_SECONDS
        while not all(process.says_ready() and self._answers(process) for process in chosen):
            if time.monotonic() > end:
                raise StackError(f"Not ready in {_READY_SECONDS} s; see {self.state.logs}.")
            time.sleep(_POLL_SECONDS)

    def mend(self) -> list[str]:
        """Start again what ended by itself; returns the last words of each.

        Raises:
            StackError: one ended right after its start: again would not help.
        """
        words = []
        for name, process in self.processes.items():
            if not process.alive():
                words.append(process.last_words())
                if time.monotonic() - process.began < _HEALTHY_SECONDS:
                    raise StackError(words[-1])
                self._launch(name)
        return words

    def _launch(self, name: str) -> None:
        self.processes[name].start({"port": str(self.port), "run": str(self.state.run)})

    def _answers(self, process: Process) -> bool:
        if process.program.name != "web":
            return True
        try:
            with urllib.request.urlopen(f"{self.base_url}/readyz", timeout=5):  # noqa: S310  (our own address)
                return True
        except (urllib.error.URLError, OSError):
            return False

    def _take_down(self) -> None:
        with contextlib.suppress(StackError, ProcessLookupError):
            self.services.resume()  # a test may have left the supervisor suspended
        self.stop(*self.processes)
        self.state.release()
