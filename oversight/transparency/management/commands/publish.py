"""Freeze and publish the figures of a period, or file a report of it (contracts, section 8)."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from oversight.transparency.models import Edition
from oversight.transparency.reports.models import Report
from oversight.transparency.reports.services import ReportRefusedError, file_report, set_files
from oversight.transparency.services import PublicationRefusedError, publish_edition


class Command(BaseCommand):
    """``manage.py publish --from DATE --to DATE``: prints number, digest and address."""

    help = "Freeze and publish the figures of a period as a numbered edition, or file a report."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options; days are written as 2026-01-31."""
        parser.add_argument("--from", dest="start", required=True, type=_day, help="first day")
        parser.add_argument("--to", dest="end", required=True, type=_day, help="day after the last")
        parser.add_argument("--corrects", type=int, metavar="NUMBER", help="what to correct")
        parser.add_argument("--because", default="", help="what was wrong in what is corrected")
        parser.add_argument("--report", metavar="PACK", help="file this report of the period")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Publish, and say what was published; exit 1 with the reason where that is refused."""
        period = {name: options[name] for name in ("start", "end", "corrects", "because")}
        try:
            if options["report"]:
                told = _told_of_report(file_report(pack=options["report"], **period))
            else:
                told = _told_of_edition(_published(period))
        except (PublicationRefusedError, ReportRefusedError) as refusal:
            raise CommandError(str(refusal)) from None
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            kind = "Report" if options["report"] else "Edition"
            self.stdout.write(f"{kind} {told['number']}\n{told['digest']}\n{told['address']}")


@transaction.atomic
def _published(period: dict[str, Any]) -> Edition:
    edition = publish_edition(**period)
    set_files(publication=edition)
    return edition


def _told_of_edition(edition: Edition) -> dict[str, Any]:
    return {
        "number": edition.number,
        "digest": edition.digest,
        "address": reverse("transparency:report", args=[edition.number]),
        "corrects": edition.corrects_id,
        "nil_return": edition.nil_return,
        "complete": edition.document["complete"],
    }


def _told_of_report(report: Report) -> dict[str, Any]:
    missing = [item["id"] for item in report.document["items"] if _unanswered(item)]
    return {
        "number": report.number,
        "digest": report.digest,
        "address": reverse("transparency:filed", args=[report.number]),
        "corrects": report.corrects_id,
        "nil_return": bool(report.document["nil_return"]),
        "report": report.pack,
        "edition": report.edition.number,
        "due": report.due.isoformat(),
        "late": report.document["late"],
        "not_supplied": missing,
    }


def _unanswered(item: dict[str, Any]) -> bool:
    return bool(item["asked"]) and not item["answer"]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day: write it as 2026-01-31") from None
