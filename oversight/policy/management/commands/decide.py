"""``manage.py decide``: what the gate says to a facts document. Needs no database."""

import io
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand

from oversight.policy.engine.documents import parse_document
from oversight.policy.gate import (
    Decision,
    FactsError,
    UnknownPackError,
    decide_request,
    load_policy,
)
from oversight.policy.standing import files_only
from oversight.policy.wording import decision_text

PERMITTED, UNUSABLE, REFUSED = 0, 2, 3


class Command(BaseCommand):
    help = (
        "Decide a facts document. Exit 0: permitted; 3: refused; 2: the facts cannot be used. "
        "With --batch: 0 when every line was decided, else 2."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("facts", nargs="?", help="a JSON file, or - for standard input")
        parser.add_argument(
            "--pack",
            action="append",
            metavar="SLUG",
            help="apply this instrument, whether or not it binds the agency; may be repeated",
        )
        parser.add_argument("--json", action="store_true", help="print the decision document")
        parser.add_argument("--batch", metavar="FILE", help="decide each line of a JSONL file")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Decide, print and exit with the code that says how it went."""
        if (options["facts"] is None) == (options["batch"] is None):
            self._stop("Give a facts document, or --batch and a file of them.")
        try:
            with files_only():
                if options["batch"] is not None:
                    plain = not options["json"]
                    sys.exit(self._batch(options["batch"], options["pack"], plain=plain))
                sys.exit(self._one(options["facts"], options["pack"], plain=not options["json"]))
        except (FactsError, UnknownPackError) as error:
            self._stop(str(error))
        except OSError as error:
            self._stop(f"{options['batch'] or options['facts']} cannot be read: {error}")

    def _one(self, name: str, packs: list[str] | None, *, plain: bool) -> int:
        with _opened(name) as file:
            decision = decide_request(parse_document(file.read()), packs)
        self._show(decision, plain=plain, indent=2)
        return PERMITTED if decision.permits else REFUSED

    def _batch(self, name: str, packs: list[str] | None, *, plain: bool) -> int:
        """One answer a line, in order; a line that cannot be used is answered by its error."""
        load_policy()
        worst = PERMITTED
        with _opened(name) as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    self._show(decide_request(parse_document(line), packs), plain=plain)
                except FactsError as error:
                    worst = UNUSABLE
                    self.stderr.write(f"line {number}: {error}")
                    self.stdout.write(json.dumps(_error(number, error), ensure_ascii=False))
        return worst

    def _show(self, decision: Decision, *, plain: bool, indent: int | None = None) -> None:
        if plain:
            self.stdout.write(decision_text(decision))
        else:
            self.stdout.write(json.dumps(decision.as_json(), ensure_ascii=False, indent=indent))

    def _stop(self, message: str) -> None:
        self.stderr.write(message)
        sys.exit(UNUSABLE)


def _opened(name: str) -> BinaryIO:
    """The bytes of a file, or of standard input for ``-``."""
    if name != "-":
        return Path(name).open("rb")
    bytes_of_input = getattr(sys.stdin, "buffer", None)
    return bytes_of_input or io.BytesIO(sys.stdin.read().encode())


def _error(number: int, error: FactsError) -> dict[str, Any]:
    return {
        "error": {
            "line": number,
            "field": error.path,
            "message": error.message,
            "remedy": error.remedy,
        }
    }
