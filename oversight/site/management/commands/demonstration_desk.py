"""``manage.py demonstration_desk PHOTOGRAPH``: what the board's desk shows in a demonstration."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from oversight.site.demo.desk import furnish_desk


class Command(BaseCommand):
    """Requests, a sample, recipients and a meeting of the demonstration's people, once."""

    help = "Furnish the board's desk of the demonstration; does nothing the second time."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the picture that the requests are about."""
        parser.add_argument("photograph", type=Path)

    def handle(self, *_args: Any, photograph: Path, **_options: Any) -> None:
        """All of it or nothing."""
        with transaction.atomic():
            furnish_desk(photograph)
