"""``manage.py relay``: the process between the institution and the workers."""

import signal
import time
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from oversight.requests.relay import relay_once
from recognition.gateway import BrokerUnavailable

log = structlog.get_logger()


class Command(BaseCommand):
    """Hands over what is due, at every notice from the database and every few seconds."""

    help = "Hand authorized searches and uploaded images to the workers until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often to look without being told."""
        parser.add_argument("--every", type=float, default=5.0, help="seconds between looks")
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until SIGTERM or SIGINT; a lost database or broker is waited for."""
        signal.signal(signal.SIGTERM, _end)
        while True:
            self._round(options["every"])
            if options["once"]:
                return

    def _round(self, seconds: float) -> None:
        try:
            close_old_connections()
            relayed = relay_once()
            if relayed.inspections or relayed.searches or relayed.stopped:
                log.info("relayed", inspections=relayed.inspections, searches=relayed.searches)
            _wait_for_work(seconds)
        except BrokerUnavailable:
            log.warning("broker_unavailable")
            time.sleep(1)
        except (OperationalError, InterfaceError):
            log.warning("database_unavailable")
            connection.close()
            time.sleep(1)


def _end(_number: int, _frame: object) -> None:
    # In the middle of a hand-over the transaction is rolled back, and it is due again.
    raise SystemExit(0)


def _wait_for_work(seconds: float) -> None:
    """Sleep until the database tells of new work, at most ``seconds``."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN recognition_work")
    wire = connection.connection
    # The wire is psycopg's own: its errors become Django's, as of any other query.
    with connection.wrap_database_errors:
        for _notice in wire.notifies(timeout=seconds, stop_after=1):
            return
