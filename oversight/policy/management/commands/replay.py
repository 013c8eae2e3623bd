"""``manage.py replay``: decide history again, under today's rules or under a proposal."""

import json
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.module_loading import import_string

from oversight.policy.engine.history import ReadLines
from oversight.policy.engine.packs import PackError, Rule
from oversight.policy.engine.policyset import HOUSE, Trial
from oversight.policy.engine.replay import History, Reader, Replay, replay, total
from oversight.policy.engine.replayer import Law
from oversight.policy.gate import FactsError, law_to_replay, read_proposal
from oversight.policy.standing import files_only
from oversight.policy.wording import replay_text

_EVERY_SECONDS: Final = 2.0


class Command(BaseCommand):
    help = (
        "Decide stored submissions again and say what would change. They come from the database "
        "or, with --facts, from a file. --proposal and --end try out an act as if it had been in "
        "force on every day; --as-known decides each under what was adopted, and suspended, then."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY")
        parser.add_argument(
            "--to", dest="until", type=date.fromisoformat, metavar="DAY", help="is left out"
        )
        parser.add_argument("--facts", metavar="FILE.jsonl", help="stored submissions, one a line")
        parser.add_argument("--proposal", metavar="FILE", help="a pack that is not in force")
        parser.add_argument(
            "--end",
            action="append",
            default=[],
            metavar="SLUG",
            help="an instrument that ends, by itself or replaced by the proposal",
        )
        parser.add_argument("--as-known", action="store_true")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print totals and differences; progress goes to standard error."""
        try:
            with _source(options) as (history, read):
                law = self._law(as_known=options["as_known"], needed=not options["facts"])
                trial = _trial(options, law)
                processes = max(1, options["processes"])
                parts = replay(history, law, trial=trial, processes=processes, read=read)
                result = total(self._told(parts))
        except (DatabaseError, FactsError, PackError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            json.dumps(result.as_json(_words(law, trial)), ensure_ascii=False, indent=2)
            if options["json"]
            else replay_text(result)
        )

    def _law(self, *, as_known: bool, needed: bool) -> Law:
        """What was adopted included; a file can be decided under the packs in files alone."""
        try:
            return law_to_replay(as_known=as_known)
        except (DatabaseError, RuntimeError) as error:
            if needed:
                raise CommandError(
                    f"The database does not answer: {error}", returncode=2
                ) from error
            self.stderr.write("The database does not answer: the packs in files are all the law.")
            with files_only():
                return law_to_replay(as_known=as_known)

    def _told(self, parts: Iterable[Replay]) -> Iterator[Replay]:
        """The same parts; how far they have come is said every two seconds."""
        done, begun = 0, time.monotonic()
        told = begun
        for part in parts:
            yield part
            done += part.decided + part.unusable
            now = time.monotonic()
            if now - told >= _EVERY_SECONDS:
                told = now
                self.stderr.write(f"{done:,} decided, {done / (now - begun):,.0f} a second")


def _words(law: Law, trial: Trial | None) -> dict[str, Rule]:
    """Every rule that a difference may name, the proposal's own included."""
    known = [
        rule
        for library in law.libraries
        for instrument in library.instruments.values()
        for rule in instrument.rules
    ]
    return {rule.id: rule for rule in (*known, *(trial.rules if trial else ()))}


def _trial(options: dict[str, Any], law: Law) -> Trial | None:
    if not options["proposal"] and not options["end"]:
        return None
    if options["as_known"]:
        raise CommandError("Give --as-known, or something to try out, not both.", returncode=2)
    (library,) = law.libraries
    for slug in options["end"]:
        if slug not in library.instruments or slug == HOUSE:
            known = ", ".join(sorted(library.instruments.keys() - {HOUSE}))
            raise PackError(slug, "is not an instrument that can end", f"Use one of {known}.")
    begins = read_proposal(Path(options["proposal"]), library) if options["proposal"] else None
    ends = {*options["end"], *([begins.slug] if begins else ())}
    return Trial(frozenset(ends), begins)


@contextmanager
def _source(options: dict[str, Any]) -> Iterator[tuple[Iterable[Any], Reader]]:
    since, until = options["since"], options["until"]
    if options["facts"]:
        with Path(options["facts"]).open("rb") as lines:
            yield enumerate(lines, start=1), ReadLines(since, until)
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
    yield history(since, until), iter
