"""Freeze and publish the figures of a period (contracts, section 8)."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from oversight.transparency.services import PublicationRefusedError, publish_edition


class Command(BaseCommand):
    """``manage.py publish --from DATE --to DATE``: prints number, digest and address."""

    help = "Freeze and publish the figures of a period as a numbered edition."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options; days are written as 2026-01-31."""
        parser.add_argument("--from", dest="start", required=True, type=_day, help="first day")
        parser.add_argument("--to", dest="end", required=True, type=_day, help="day after the last")
        parser.add_argument("--corrects", type=int, metavar="NUMBER", help="edition to correct")
        parser.add_argument("--because", default="", help="what was wrong in the corrected edition")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Publish, and say what was published; exit 1 with the reason where that is refused."""
        try:
            edition = publish_edition(
                start=options["start"],
                end=options["end"],
                corrects=options["corrects"],
                because=options["because"],
            )
        except PublicationRefusedError as refusal:
            raise CommandError(str(refusal)) from None
        told = {
            "number": edition.number,
            "digest": edition.digest,
            "address": reverse("transparency:report", args=[edition.number]),
            "corrects": edition.corrects_id,
            "nil_return": bool(edition.document["nil_return"]),
            "complete": edition.document["complete"],
        }
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write(f"Edition {edition.number}\n{edition.digest}\n{told['address']}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day: write it as 2026-01-31") from None
