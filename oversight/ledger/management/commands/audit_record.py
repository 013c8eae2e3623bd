"""``manage.py audit_record``: the self-audit, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oversight.ledger.audit import audit_record
from oversight.ledger.facts import scope


class Command(BaseCommand):
    help = "Check the record in full, against what was signed and against the facts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print what was found; exit code 1 where anything was."""
        done = audit_record()
        if done.findings:
            told = "\n".join(f"- {finding}" for finding in done.findings)
            raise CommandError(f"REFUTED, and recorded as entry {done.index}:\n{told}")
        self.stdout.write(scope())
        self.stdout.write(
            f"VERIFIED: {done.entries} entries are as signed, and every fact has its entry. "
            f"Recorded as entry {done.index}. What was compared is listed above."
        )
