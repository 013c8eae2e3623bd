"""``manage.py ledger checkpoint | timestamp | verify | prove | export | rotate-key``."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oversight.ledger.audit import check_database, check_published
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.export import export
from oversight.ledger.files import HeldByAnotherError
from oversight.ledger.heartbeat import beat
from oversight.ledger.proofs import NotYetSignedError, prove
from oversight.ledger.publication import ContradictionError
from oversight.ledger.rotation import rotate_key
from oversight.ledger.selectors import DatabaseEntries
from oversight.ledger.stamping import check_stamps, stamp_checkpoint
from oversight.ledger.verifier import Refuted, check_export

_REFUTED, _UNUSABLE = 1, 2


class Command(BaseCommand):
    help = "Sign, check, prove and export the record. Exit code 0: done; 1: refuted; 2: unusable."
    requires_system_checks = ()  # the record does not wait for a page to be in order

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("checkpoint", help="sign and publish what the database holds")
        verbs.add_parser("timestamp", help="have the published checkpoint stamped for today")
        verify = verbs.add_parser("verify", help="check the published record and the database")
        verify.add_argument("--against", type=Path, metavar="FILE", help="an older checkpoint")
        proof = verbs.add_parser("prove", help="print the proof of an entry")
        proof.add_argument("index", type=int)
        proof.add_argument("--entry", type=Path, metavar="FILE", help="write the entry itself here")
        verbs.add_parser("export", help="copy the record").add_argument("directory", type=Path)
        rotate = verbs.add_parser(
            "rotate-key", help="replace the signing key; the old one co-signs"
        )
        rotate.add_argument("--reason", required=True)

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        """Run the subcommand; a finding ends with exit code 1, unusable input with 2."""
        run = getattr(self, f"_{verb.replace('-', '_')}")
        try:
            self.stdout.write(run(Configuration.from_settings(), options))
        except (Refuted, ContradictionError) as finding:
            raise CommandError(f"REFUTED: {finding}.", returncode=_REFUTED) from finding
        except (ValueError, OSError, LookupError, HeldByAnotherError) as error:
            raise CommandError(str(error), returncode=_UNUSABLE) from error

    def _checkpoint(self, configuration: Configuration, _: dict[str, Any]) -> str:
        with Checkpointer(configuration, DatabaseEntries()) as checkpointer:
            beat()
            done = checkpointer.publish()
        for one in done.cosignings:
            self.stderr.write(
                f"witness {one.name}: {one.problem or 'cosigned'} {one.detail}".strip()
            )
        return f"Signed and published {done.size} entries, root {done.root}."

    def _timestamp(self, configuration: Configuration, _: dict[str, Any]) -> str:
        stamp = stamp_checkpoint(configuration, datetime.now(UTC).date())
        return f"The checkpoint of {stamp.day} was stamped at {stamp.at.isoformat()}."

    def _verify(self, configuration: Configuration, options: dict[str, Any]) -> str:
        policy = configuration.policy()
        checkpoint = check_published(configuration)
        check_database(checkpoint)
        if older := options["against"]:
            check_export(configuration.published, policy, policy.open(older.read_bytes()))
        seen = ", ".join(checkpoint.cosigned) or "no witness"
        stamps = check_stamps(configuration)
        return (
            f"VERIFIED: {checkpoint.size} entries, published and in the database, are those that "
            f"{checkpoint.origin} signed; seen by {seen}; {len(stamps)} timestamps verified."
        )

    def _prove(self, configuration: Configuration, options: dict[str, Any]) -> str:
        try:
            proof = prove(options["index"], configuration.published, configuration.policy())
        except (NotYetSignedError, FileNotFoundError) as error:
            raise LookupError(f"{error}; run: manage.py ledger checkpoint") from error
        if path := options["entry"]:
            path.write_bytes(proof.entry)
        return proof.text.rstrip("\n")

    def _export(self, configuration: Configuration, options: dict[str, Any]) -> str:
        one = export(configuration.published, options["directory"], configuration.policy())
        return (
            f"{one.size} entries are in {options['directory']}, verified. "
            "Anyone can check them again: python verifier.py export ."
        )

    def _rotate_key(self, configuration: Configuration, options: dict[str, Any]) -> str:
        with Checkpointer(configuration, DatabaseEntries()) as checkpointer:
            new = rotate_key(checkpointer, reason=options["reason"])
        return f"New key: {new}. The old one co-signs until its file key.old is removed."
