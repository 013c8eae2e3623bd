"""Measure the errors of the engine in use on pairs of photographs whose truth is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from recognition.engines import EngineUnavailable
from recognition.evaluation import PairsUnreadable, evaluate_pairs, read_pairs
from recognition.management.configured import UNUSABLE, as_json, configured_engine

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

PROGRESS_EVERY = 50


class Command(BaseCommand):
    """`evaluate --pairs FILE`: FNMR, FMR and EER with counts and intervals."""

    help = "Measure FNMR, FMR and EER on a list of pairs (CSV or JSON lines)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The list of pairs, and the form of the output."""
        parser.add_argument("--pairs", type=Path, required=True, help="first,second,mated")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the report; a list or pack that cannot be used ends with code 2."""
        try:
            pairs = read_pairs(options["pairs"])
            report = evaluate_pairs(configured_engine(), pairs, progress=self._progress)
        except (PairsUnreadable, EngineUnavailable) as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        self.stdout.write(as_json(report) if options["json"] else _text(report))

    def _progress(self, done: int, total: int) -> None:
        if done % PROGRESS_EVERY == 0 or done == total:
            self.stderr.write(f"{done} of {total} photographs")


def _text(report: dict[str, Any]) -> str:
    pairs, refused = report["pairs"], report["photographs"]["refused"]
    lines = [
        f"Model {report['model']['id']} version {report['model']['version']}",
        (
            f"{pairs['mated']} mated and {pairs['non_mated']} non-mated pairs compared, "
            f"{pairs['not_compared']} not; {len(refused)} photographs refused"
        ),
    ]
    lines += [
        f"  {at['band']} at {at['threshold']}: FNMR {_share(at['fnmr'])}, FMR {_share(at['fmr'])}"
        for at in report["at"]
    ]
    if report["eer"]:
        lines.append(f"  EER {report['eer']['rate']:.4f} at {report['eer']['threshold']:.3f}")
    lines += [f"  refused {found['photograph']}: {found['message']}" for found in refused]
    return "\n".join([*lines, *(f"Note: {note}" for note in report["notes"])])


def _share(rate: dict[str, Any]) -> str:
    if rate["rate"] is None:
        return "not measured"
    low, high = rate["interval_95"]
    return f"{rate['rate']:.4f} ({rate['errors']} of {rate['of']}; {low:.4f} to {high:.4f})"
