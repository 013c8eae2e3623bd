"""Laying the record out as files: tiles and bundles first, the checkpoint last (c2sp.org/tlog-tiles)."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from oversight.ledger.files import write_durably
from oversight.ledger.verifier import TILE, Edge, hash_leaf, tile_path

SIGNED = "signed"
"""The newest checkpoint with the log's signature alone, for workers: no search waits for a witness."""

_HASH = 32  # bytes


class ContradictionError(RuntimeError):
    """What is in the database contradicts what was signed; the message says what happened."""


class Publication:
    """The files of a growing record in ``directory``, of which ``signed`` entries are under a signature.

    What a signature covers is never overwritten; what a crash left beyond it may be.
    """

    def __init__(self, directory: Path, signed: int) -> None:
        """An empty tree; feed it from the first entry."""
        self.signed = signed
        self.last_leaf = b""
        self._directory = directory
        self._edge = Edge(self._tile_filled)
        self._bundle: list[bytes] = []
        self._outdated: list[Path] = []

    @property
    def size(self) -> int:
        """How many entries were added."""
        return self._edge.size

    @property
    def root(self) -> bytes:
        """The root over them."""
        return self._edge.root()

    def add(self, entries: Iterable[bytes]) -> None:
        """Append entries; full tiles and bundles are written as they fill.

        Raises:
            ContradictionError: a published file that a signature covers differs.
        """
        for entry in entries:
            self._bundle.append(len(entry).to_bytes(2) + entry)
            self.last_leaf = hash_leaf(entry)
            self._edge.add(self.last_leaf)
            if len(self._bundle) == TILE:
                self._write("entries", self.size // TILE - 1, b"".join(self._bundle), TILE)
                self._bundle = []

    def write_partial(self) -> None:
        """Write the tiles and the bundle that are not full yet."""
        for level, number, hashes in self._edge.partial_tiles():
            self._write(level, number, hashes, len(hashes) // _HASH)
        if self._bundle:
            self._write("entries", self.size // TILE, b"".join(self._bundle), len(self._bundle))

    def write_signed(self, note: str, policy: str) -> None:
        """Put out the keys and a signed checkpoint over what was written, before witnesses are asked."""
        write_durably(self._directory / "policy.txt", policy.encode())
        write_durably(self._directory / SIGNED, note.encode())

    def write_checkpoint(self, note: str) -> None:
        """Publish the checkpoint with its cosignatures; then drop partial tiles that filled up."""
        write_durably(self._directory / "checkpoint", note.encode())
        self.signed = self.size
        for directory in self._outdated:
            shutil.rmtree(directory, ignore_errors=True)
        self._outdated = []

    def _tile_filled(self, level: int, number: int, hashes: bytes) -> None:
        self._write(level, number, hashes, TILE)

    def _write(self, level: int | str, number: int, data: bytes, width: int) -> None:
        path = self._directory / tile_path(level, number, width)
        height = 0 if level == "entries" else int(level)
        is_signed = (number * TILE + width) << 8 * height <= self.signed
        published = path.read_bytes() if path.exists() else None
        if published != data:
            if published is not None and is_signed:
                name = path.relative_to(self._directory)
                raise ContradictionError(
                    f"the database and the published {name} differ, and it was signed"
                )
            write_durably(path, data)
        if width == TILE:
            self._outdated.append(path.with_name(f"{path.name}.p"))
