"""Copying the published record into a directory that verifies on its own."""

import shutil
from pathlib import Path

from oversight.ledger import verifier
from oversight.ledger.stamping import stamp_files
from oversight.ledger.tree import tile_paths
from oversight.ledger.verifier import Checkpoint, Policy, check_export, parse_note


def export(published: Path, target: Path, policy: Policy) -> Checkpoint:
    """Copy the record, its policy and the verifier into ``target`` and verify the copy.

    Raises:
        FileExistsError: ``target`` is not an empty or new directory.
        verifier.Refuted: what is published does not verify; the copy is left for inspection.
        FileNotFoundError: nothing is published, or a file of the record is missing.
    """
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty; name a new directory")
    # The checkpoint is read first: tiles that come later do not concern it.
    note = (published / "checkpoint").read_bytes()
    for path in tile_paths(Checkpoint.parse(parse_note(note)[0]).size):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(published / path, target / path)
    for stamp in stamp_files(published):
        copy = target / stamp.relative_to(published)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(stamp, copy)
    (target / "checkpoint").write_bytes(note)
    shutil.copyfile(published / "policy.txt", target / "policy.txt")
    shutil.copyfile(verifier.__file__, target / "verifier.py")
    return check_export(target, policy)
