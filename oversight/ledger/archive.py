"""The whole published record as one tar file, written as it is sent."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

from oversight.ledger import verifier
from oversight.ledger.stamping import stamp_files
from oversight.ledger.tree import tile_paths
from oversight.ledger.verifier import Checkpoint, parse_note

_BLOCK = 512


def stream_archive(published: Path) -> Iterator[bytes]:
    """The parts of a tar file with checkpoint, policy, verifier, tiles and bundles.

    Everything is of one checkpoint, read first, and nothing is believed: whoever downloads a record
    that does not verify must be able to see that it does not. Unpacked, it is checked with ``python
    verifier.py export .``; a file that vanished meanwhile ends the stream with FileNotFoundError.
    """
    note = (published / "checkpoint").read_bytes()
    size = Checkpoint.parse(parse_note(note)[0]).size
    yield _member("checkpoint", note)
    yield _member("policy.txt", (published / "policy.txt").read_bytes())
    yield _member("verifier.py", Path(verifier.__file__).read_bytes())
    for stamp in stamp_files(published):
        yield _member(str(stamp.relative_to(published)), stamp.read_bytes())
    for path in tile_paths(size):
        yield _member(path, (published / path).read_bytes())
    yield bytes(2 * _BLOCK)


def _member(name: str, data: bytes) -> bytes:
    info = tarfile.TarInfo(f"record/{name}")
    info.size = len(data)
    return info.tobuf() + data + bytes(-len(data) % _BLOCK)
