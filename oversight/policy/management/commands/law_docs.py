"""``manage.py law_docs``: write docs/law/ from the rules, or check that it is up to date."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oversight.policy.gate import catalogue
from oversight.policy.lawbook import pages
from oversight.policy.standing import files_only

LAW = Path(__file__).resolve().parents[4] / "docs" / "law"


class Command(BaseCommand):
    help = "Write docs/law/ from the packs. With --check: change nothing, end with 1 if it differs."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--folder", type=Path, help="instead of docs/law")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write or compare every page; pages of packs that are gone are removed."""
        folder = options["folder"] or LAW
        with files_only():
            wanted = pages(catalogue())
        found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
        changed = sorted(
            name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
        )
        if options["check"]:
            if changed:
                raise CommandError(f"Out of date: {', '.join(changed)}. Run `manage.py law_docs`.")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in changed:
            if name in wanted:
                (folder / name).write_text(wanted[name], encoding="utf-8")
            else:
                (folder / name).unlink()
        self.stdout.write(f"{len(changed)} of {len(wanted)} pages written to {folder}")
