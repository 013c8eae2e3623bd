"""``manage.py bundle REQUEST --out FILE --purpose TEXT``: the file of one search."""

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oversight.leads.bundle import search_called
from oversight.leads.services.bundling import Content, NothingToGiveError, give_search_file
from oversight.ledger.proofs import NotYetSignedError
from oversight.ledger.verifier import Refuted
from oversight.requests.models import SearchRequest

_REFUTED, _UNUSABLE = 1, 2


class Command(BaseCommand):
    help = "Write all that the record holds of one search into a file that verifies offline."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which search, where to, what for."""
        parser.add_argument("request", help="key or number of the request")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--purpose", required=True, help="recorded for as long as the record is"
        )
        parser.add_argument(
            "--receipt", action="store_true", help="only that the search ran: for the defence"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file; exit code 1: a row is not what was recorded, 2: there is nothing to give."""
        try:
            text = give_search_file(
                request=search_called(options["request"]),
                content=Content.RECEIPT if options["receipt"] else Content.SEARCH,
                reader=f"account:{getpass.getuser()}",
                purpose=options["purpose"],
            )
        except SearchRequest.DoesNotExist as error:
            raise CommandError(
                "No request has this key or number.", returncode=_UNUSABLE
            ) from error
        except NothingToGiveError as error:
            raise CommandError("The record tells nothing of it.", returncode=_UNUSABLE) from error
        except NotYetSignedError as error:
            raise CommandError(f"{error}; try again soon.", returncode=_UNUSABLE) from error
        except Refuted as finding:
            raise CommandError(f"REFUTED: {finding}.", returncode=_REFUTED) from finding
        options["out"].write_text(text, encoding="utf-8")
        self.stdout.write(
            f"{options['out']} is written and recorded. Anyone can check it: "
            f"python verifier.py bundle {options['out'].name} --policy policy.txt"
        )
