"""``manage.py checkpointer``: sign on a fixed cadence, and at once when a search is waiting."""

import signal
import time
from argparse import ArgumentParser
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import connection

from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.files import HeldByAnotherError
from oversight.ledger.heartbeat import beat
from oversight.ledger.publication import ContradictionError
from oversight.ledger.selectors import DatabaseEntries
from oversight.ledger.stamping import DailyStamp
from oversight.ledger.verifier import Unusable

log = structlog.get_logger(__name__)

_RETRY = 2.0  # seconds between attempts while the database is away


class Command(BaseCommand):
    help = "Sign and publish the record for as long as this process runs."
    requires_system_checks = ()  # the record does not wait for a page to be in order

    def add_arguments(self, parser: ArgumentParser) -> None:
        """None beyond Django's own."""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until SIGTERM or Ctrl-C; a contradiction stops signing, and is said each round."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            configuration = Configuration.from_settings()
            self._stamp = DailyStamp(configuration)
            with Checkpointer(configuration, DatabaseEntries()) as checkpointer:
                self._serve(checkpointer, configuration.cadence.total_seconds())
        except (HeldByAnotherError, Unusable) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            log.info("checkpointer.stopped")

    def _serve(self, checkpointer: Checkpointer, cadence: float) -> None:
        while True:
            try:
                self._listen()
                due = time.monotonic()
                while True:
                    due += cadence * (time.monotonic() >= due)
                    self._round(checkpointer)
                    self._wait(due - time.monotonic())
            except DatabaseError as error:
                log.warning("checkpointer.database_away", error=type(error).__name__)
                connection.close()
                time.sleep(_RETRY)

    def _round(self, checkpointer: Checkpointer) -> None:
        try:
            beat()
            done = checkpointer.publish()
        except ContradictionError as error:
            log.exception("checkpointer.contradiction", finding=str(error))
            return
        self._stamp.see_to_it()
        problems = {one.name: (one.problem, one.detail) for one in done.cosignings if one.problem}
        log.info("checkpointer.published", size=done.size, problems=problems)

    def _listen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("LISTEN ledger_checkpoint")

    def _wait(self, seconds: float) -> None:
        """Wait for a request for a checkpoint, at most so long; a burst of requests counts once."""
        with connection.wrap_database_errors:
            list(connection.connection.notifies(timeout=max(seconds, 0.0), stop_after=1))
