"""``manage.py replay``: decide history again, under today's rules or under a proposal."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from oversight.policy.engine.history import read_history, within
from oversight.policy.engine.packs import Instrument, Rule
from oversight.policy.engine.replay import History, replay, total
from oversight.policy.engine.replayer import Outcome, Submission
from oversight.policy.gate import PACKS, FactsError, PackError, catalogue, read_proposal
from oversight.policy.wording import replay_text


class Command(BaseCommand):
    help = (
        "Decide stored submissions again and say what would change. They come from the database "
        "or, with --facts, from a file; --proposal puts a pack in the place of the one in force."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY")
        parser.add_argument("--to", dest="until", type=date.fromisoformat, metavar="DAY")
        parser.add_argument("--facts", metavar="FILE.jsonl", help="stored submissions, one a line")
        parser.add_argument("--proposal", metavar="FILE", help="a pack that is not in force")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print totals and differences; progress goes to standard error."""
        try:
            proposal = _proposal(options["proposal"])
            with _source(options) as submissions:
                chunks = replay(
                    submissions, PACKS, proposal=proposal, processes=options["processes"]
                )
                result = total(self._told(chunks))
        except (FactsError, PackError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            json.dumps(result.as_json(_words(proposal)), ensure_ascii=False, indent=2)
            if options["json"]
            else replay_text(result)
        )

    def _told(self, chunks: Iterable[list[Outcome]]) -> Iterator[list[Outcome]]:
        """The same chunks, with a line of progress at a terminal."""
        done = 0
        for chunk in chunks:
            done += len(chunk)
            if sys.stderr.isatty():
                self.stderr.write(f"\r{done} decided", ending="")
            yield chunk
        if sys.stderr.isatty():
            self.stderr.write("")


def _words(proposal: Instrument | None) -> dict[str, Rule]:
    """Every rule that a difference may name, the proposal's own included."""
    proposed = proposal.rules if proposal else ()
    return {**catalogue().rules, **{rule.id: rule for rule in proposed}}


def _proposal(name: str | None) -> Instrument | None:
    return read_proposal(Path(name)) if name else None


@contextmanager
def _source(options: dict[str, Any]) -> Iterator[Iterable[Submission]]:
    since, until = options["since"], options["until"]
    if options["facts"]:
        with Path(options["facts"]).open(encoding="utf-8-sig") as lines:
            yield within(read_history(lines), since, until)
        return
    if not since or not until:
        raise CommandError("Give --from and --to, or --facts.", returncode=2)
    path = getattr(settings, "POLICY_HISTORY", None)
    if path is None:
        raise CommandError(
            "No history is connected: the setting POLICY_HISTORY names the function that reads "
            "stored submissions. Give --facts instead.",
            returncode=2,
        )
    history: History = import_string(path)
    yield history(since, until)
