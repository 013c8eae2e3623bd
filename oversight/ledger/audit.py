"""Comparing the database with what was signed, entry by entry."""

from oversight.ledger.models import Entry, Head
from oversight.ledger.selectors import DatabaseEntries
from oversight.ledger.verifier import Checkpoint, Edge, Refuted, hash_leaf


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
    if (count := Entry.objects.count()) != (size := Head.objects.get().size):
        raise Refuted(f"the record's head counts {size} entries and the table holds {count}")
