"""The process that owns the embedded services: ``python -m oversight.site.embedded.supervisor``.

It starts both, announces where they are, starts again what dies, and stops everything
when nobody uses them any more.
"""

import fcntl
import logging
import os
import signal
import sys
import time
from typing import Final, TextIO

from oversight.site.database.bootstrap import prepare_cluster
from oversight.site.embedded.address import Services, announce, remembered_ports, run_folder
from oversight.site.embedded.broker import Broker, EmbeddedBrokerError
from oversight.site.embedded.postgres import Cluster, EmbeddedPostgresError
from oversight.site.paths import VAR_DIR
from oversight.site.secrets import secret

_POLL_SECONDS: Final = 0.25
_LOCK_SECONDS: Final = 30
_RETRY_SECONDS: Final = 2
log = logging.getLogger("oversight.embedded")


class _StopAskedError(Exception):
    """A signal asked us to end."""


def main() -> int:
    """Run until nobody uses the services; returns the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    with (run_folder() / "supervisor.lock").open("w") as alone:
        if not _lock_alone(alone):
            log.error("another supervisor holds %s", run_folder())
            return 1
        durable = os.environ.get("OVERSIGHT_EMBEDDED_DURABLE", "1") != "0"
        cluster = Cluster(VAR_DIR / "postgres", secret("db-admin"), durable=durable)
        broker = Broker(VAR_DIR / "broker", secret("broker"))
        try:
            _serve(cluster, broker)
        except _StopAskedError:
            log.info("asked to stop")
        finally:
            (run_folder() / "services.json").unlink(missing_ok=True)
            broker.stop()
            cluster.stop()
    return 0


def _serve(cluster: Cluster, broker: Broker) -> None:
    postgres_port, broker_port = remembered_ports()
    _start_after_another(cluster, postgres_port)
    prepare_cluster(cluster.url, secret)
    broker.start(broker_port)
    announce(Services(cluster.port, broker.port, os.getpid()))
    log.info("PostgreSQL on port %s, broker on port %s", cluster.port, broker.port)
    with (run_folder() / "users.lock").open("w") as users:
        while not _nobody_uses(users):
            time.sleep(_POLL_SECONDS)
            _mend(cluster, broker)


def _start_after_another(cluster: Cluster, port: int | None) -> None:
    """Start PostgreSQL; one whose supervisor was killed may still be closing the same files."""
    end = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            cluster.start(port)
        except EmbeddedPostgresError:
            if time.monotonic() > end or not (cluster.data / "postmaster.pid").exists():
                raise
            time.sleep(_POLL_SECONDS)
        else:
            return


def _mend(cluster: Cluster, broker: Broker) -> None:
    """Start again what ended; what cannot start now (a full disk) is tried again later."""
    try:
        if not cluster.alive():
            log.warning("PostgreSQL ended: starting it again")
            cluster.start(cluster.port)
        if not broker.alive():
            log.warning("the broker ended: starting it again")
            broker.start(broker.port)
    except (EmbeddedPostgresError, EmbeddedBrokerError) as error:
        log.warning("it could not be started: %s", error)
        time.sleep(_RETRY_SECONDS)


def _nobody_uses(users: TextIO) -> bool:
    """Take the users' lock alone, if nobody shares it; newcomers then wait until we are gone."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_alone(lock: TextIO) -> bool:
    """Wait for a supervisor that is just ending; give up on one that stays."""
    end = time.monotonic() + _LOCK_SECONDS
    while time.monotonic() < end:
        if _nobody_uses(lock):
            return True
        time.sleep(_POLL_SECONDS)
    return False


def _ask_to_stop(_number: int, _frame: object) -> None:
    raise _StopAskedError


if __name__ == "__main__":
    sys.exit(main())
