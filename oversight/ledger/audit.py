"""Checking the record in full: published, in the database, and against the facts it tells of."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.transaction import atomic
from django.utils import timezone

from oversight.ledger.configuration import Configuration
from oversight.ledger.contents import findings_in_contents
from oversight.ledger.events import SELF_AUDIT
from oversight.ledger.facts import fact_tables, findings_in, scope
from oversight.ledger.selectors import DatabaseEntries, entries_held
from oversight.ledger.services import append_entry
from oversight.ledger.stamping import check_stamps
from oversight.ledger.verifier import Checkpoint, Edge, Refuted, check_export, hash_leaf


@dataclass(frozen=True)
class Audit:
    """What a self-audit found: the index of its own entry, how many entries it read, findings."""

    index: int
    entries: int
    findings: Sequence[str]


def audit_record() -> Audit:
    """Check everything, and append the result to the record: its number of findings is public.

    So is the digest of ``facts.scope``, which says what was compared and what was not.

    Every published entry is hashed anew and compared with the signature, every entry in the
    database with the published ones, what each keeps closed with what it committed to, and every
    fact with its entry, both ways.
    """
    configuration = Configuration.from_settings()
    findings, size = [], 0
    try:
        checkpoint = check_published(configuration)
        size = checkpoint.size
        check_database(checkpoint)
        check_stamps(configuration)
    except (ValueError, OSError) as error:
        findings.append(str(error))
    findings += findings_in_contents()
    findings += [finding for table in fact_tables() for finding in findings_in(table)]
    now = timezone.localtime()
    with atomic():
        index = append_entry(
            event=SELF_AUDIT,
            public={
                "day": now.date().isoformat(),
                "findings": len(findings),
                "document": f"sha256:{hashlib.sha256(scope().encode()).hexdigest()}",
            },
            committed={"at": now.isoformat(), "entries": size, "sentences": list(findings)},
        )
    return Audit(index, size, findings)


def check_published(configuration: Configuration) -> Checkpoint:
    """The checkpoint of the published record, all of whose files it covers; else Refuted.

    A new checkpoint may be published while this reads; then it reads again.
    """
    while True:
        note = (configuration.published / "checkpoint").read_bytes()
        try:
            return check_export(configuration.published, configuration.policy())
        except Refuted:
            if (configuration.published / "checkpoint").read_bytes() == note:
                raise


def check_database(checkpoint: Checkpoint) -> None:
    """Refuted unless the database holds exactly what the checkpoint signed, and has no gaps.

    Every entry is hashed anew; leaf hashes that the database stored are not believed.
    """
    source, edge = DatabaseEntries(), Edge()
    for entry in source.entries(0, checkpoint.size):
        edge.add(hash_leaf(entry))
    if edge.size < checkpoint.size:
        raise Refuted(
            f"the database holds {edge.size} entries in a row and {checkpoint.size} were signed: "
            "entries were deleted, or an old backup was restored"
        )
    if edge.root() != checkpoint.root:
        raise Refuted(
            f"the database's first {checkpoint.size} entries are not those that were signed: an "
            "entry was changed"
        )
    held, counted = entries_held()
    if held != counted:
        raise Refuted(f"the record's head counts {counted} entries and the table holds {held}")
