"""Take over the searches that were made before this system (contracts, section 8)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oversight.transparency.history import LineError, Report, import_history, lines_of


class Command(BaseCommand):
    """``manage.py history import FILE.jsonl --source NAME``: streamed, resumable, idempotent."""

    help = "Import searches from before adoption, one JSON object a line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the one action and its options."""
        parser.add_argument("action", choices=["import"])
        parser.add_argument("file", type=Path, metavar="FILE.jsonl")
        parser.add_argument("--source", required=True, help="who told of them: a short slug")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import what can be, and report every line that was refused."""
        try:
            with options["file"].open("rb") as file:
                report = import_history(lines=lines_of(file), source=options["source"])
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        except LineError as error:
            raise CommandError(str(error)) from None
        self._tell(report, as_json=options["json"])
        if report.refused:
            refused = len(report.refused)
            lines = "1 line was" if refused == 1 else f"{refused} lines were"
            self.stderr.write(f"{lines} refused; all others are kept.")

    def _tell(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            refused = [{"line": number, "reason": reason} for number, reason in report.refused]
            told = {"added": report.added, "known": report.known, "refused": refused}
            self.stdout.write(json.dumps(told))
            return
        self.stdout.write(f"{report.added} added, {report.known} known already")
        for number, reason in report.refused:
            self.stdout.write(f"line {number}: {reason}")
