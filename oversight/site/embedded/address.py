"""Finding the embedded services, and starting their supervisor when they are not up.

Every process that uses them holds a shared lock on one file for as long as it lives. The
supervisor stops the services when it can take that lock alone: the kernel drops a lock
with its process, so a crash or kill -9 leaves nothing behind.
"""

import contextlib
import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from oversight.site.paths import BASE_DIR, VAR_DIR

_UP_SECONDS: Final = 90
_FREED_SECONDS: Final = 20
_held: list[int] = []
"""The descriptor of the lock, never closed: the kernel drops the lock with the process."""


class ServicesUnavailableError(RuntimeError):
    """The embedded services did not come up; the text names the log to read."""


class _Supervisor(subprocess.Popen[bytes]):
    """A child that outlives us: nobody here waits for it, and nobody is warned of that."""

    def __del__(self) -> None:
        """Let it run on."""


@dataclass(frozen=True, slots=True)
class Services:
    """Where the embedded services listen, all on 127.0.0.1."""

    postgres_port: int
    broker_port: int
    supervisor: int


def services() -> Services:
    """Return the running services of ``var/``, started if need be; kept up for our lifetime.

    Asked anew for each connection: should their supervisor have been killed, the next process
    that needs them starts them again, on the same ports if those are still free.

    Raises:
        ServicesUnavailableError: they are not up after a minute and a half.
    """
    if _held and (found := running()):
        return found
    run_folder().mkdir(parents=True, mode=0o700, exist_ok=True)
    _hold(run_folder() / "users.lock")
    with (run_folder() / "start.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        return running() or _start()


def run_folder() -> Path:
    """Return the folder for locks, addresses and logs of the running services."""
    return VAR_DIR / "run"


def announce(found: Services) -> None:
    """Write the address file, whole or not at all, and remember the ports for the next time."""
    for name in ("services.json", "ports.json"):
        draft = run_folder() / f"{name}.new"
        draft.write_text(json.dumps(asdict(found)))
        draft.replace(run_folder() / name)


def remembered_ports() -> tuple[int | None, int | None]:
    """Return the ports of PostgreSQL and the broker last time, each None unless it is free.

    Waits a little for the servers of a supervisor that was killed: they end with it.
    """
    try:
        last = Services(**json.loads((run_folder() / "ports.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None, None
    return _if_free(last.postgres_port), _if_free(last.broker_port)


def _if_free(port: int) -> int | None:
    end = time.monotonic() + _FREED_SECONDS
    while time.monotonic() < end:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
        time.sleep(0.1)
    return None


def running() -> Services | None:
    """Return the announced services if their supervisor is alive, else None."""
    try:
        found = Services(**json.loads((run_folder() / "services.json").read_text()))
        with (run_folder() / "supervisor.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return found  # the supervisor holds it: it lives
    except (OSError, ValueError, TypeError):
        return None
    return None


def _hold(path: Path) -> None:
    if _held:
        return
    lock = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_SH)
    _held.append(lock)


def _start() -> Services:
    (run_folder() / "services.json").unlink(missing_ok=True)
    log_path = run_folder() / "supervisor.log"
    with log_path.open("ab") as log:
        child = _Supervisor(
            [sys.executable, "-m", "oversight.site.embedded.supervisor"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=BASE_DIR,
            env={**os.environ, "OVERSIGHT_VAR": str(VAR_DIR)},
        )
    end = time.monotonic() + _UP_SECONDS
    while time.monotonic() < end and child.poll() is None:
        if found := running():
            return found
        time.sleep(0.03)
    raise ServicesUnavailableError(
        f"PostgreSQL and the broker did not come up: see {log_path}. "
        "Set DATABASE_URL and BROKER_URL to use servers of your own."
    )
