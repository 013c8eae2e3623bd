"""Signs and publishes the record: the only holder of the key, and a check on the database.

It remembers, outside the database, what it signed last, and signs nothing that contradicts it.
The order of one round is what makes a crash harmless: tiles, then its memory, then the signature
for workers, then witnesses, and the checkpoint last, by rename.
"""

import json
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

from oversight.ledger.configuration import GROUP, Configuration
from oversight.ledger.cosigning import Cosigning, Panel, Request
from oversight.ledger.files import locked, write_durably
from oversight.ledger.memory import Memory, Signed
from oversight.ledger.publication import SIGNED, ContradictionError, Publication
from oversight.ledger.signing import checkpoint_text, vkey
from oversight.ledger.tree import TileTree
from oversight.ledger.verifier import EMPTY_ROOT, Checkpoint, Policy, hash_leaf

CLOCK_TOLERANCE = 120  # seconds that the clock may step back, as time servers make it


class Source(Protocol):
    """Where the entries come from."""

    def size(self) -> int:
        """How many entries are committed."""

    def entries(self, start: int, stop: int) -> Iterable[bytes]:
        """Entries from ``start`` up to ``stop``; fewer where some are missing."""


@dataclass(frozen=True)
class Round:
    """What one round published: the size, and what each witness said."""

    size: int
    root: str
    cosignings: tuple[Cosigning, ...]


class Checkpointer:
    """One process at a time; use it as a context manager, which holds the lock.

    Raises:
        HeldByAnotherError: on entering, where another checkpointer is at work.
        Unusable: the key is missing, or others may read it.
    """

    def __init__(
        self,
        configuration: Configuration,
        source: Source,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``clock`` gives seconds since 1970."""
        self.memory = Memory(configuration.state, configuration.origin)
        self._configuration = configuration
        self._source = source
        self._clock = clock
        self._publication: Publication | None = None
        self._panel = Panel()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Take the lock."""
        self._stack.enter_context(locked(self._configuration.state / "lock"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Free the lock."""
        self._stack.close()

    def publish(self) -> Round:
        """Sign and publish what the database holds now.

        Raises:
            ContradictionError: the database does not continue what was signed; nothing is signed,
                and the published status says so.
        """
        publication, self._publication = self._publication, None
        try:
            before = self.memory.signed()
            self._check_memory(before)
            if publication is None:
                publication = self._rebuild(before)
            self._extend(publication, before)
        except ContradictionError as error:
            self._tell(alarm=str(error))
            raise
        done = self._sign(publication, before)
        self._publication = publication
        return done

    def _check_memory(self, before: Signed) -> None:
        if not before.at and (self._configuration.published / "checkpoint").exists():
            raise ContradictionError(
                "a record is published, and the memory of what was signed is gone: restore the "
                "checkpointer's own directory before anything is signed"
            )
        published = self._published()
        if published.size > before.size or (
            published.size == before.size and published.root.hex() != before.root
        ):
            raise ContradictionError(
                f"a checkpoint of {published.size} entries is published, and the memory of what was "
                f"signed ends with another, of {before.size}: an old memory was restored"
            )
        if self._clock() + CLOCK_TOLERANCE < before.at:
            last = datetime.fromtimestamp(before.at, UTC).isoformat()
            raise ContradictionError(f"the clock was set back: the last checkpoint is of {last}")

    def _published(self) -> Checkpoint:
        """What lies published under our signature; the empty tree where nothing of ours does."""
        keys = [signer.key for signer in self.memory.signers()]
        ours = Policy(keys, {}, {}, "none")
        try:
            return ours.open((self._configuration.published / SIGNED).read_bytes())
        except (ValueError, OSError):
            return Checkpoint(self._configuration.origin, 0, EMPTY_ROOT, "")

    def _rebuild(self, before: Signed) -> Publication:
        """Read every entry that was signed and compare them all with the signature."""
        publication = Publication(self._configuration.published, before.size)
        publication.add(self._source.entries(0, before.size))
        if publication.size < before.size:
            raise ContradictionError(
                f"{before.size} entries were signed and the database holds {publication.size}: "
                "an old backup was restored, or the end of the record was deleted"
            )
        if publication.root.hex() != before.root:
            raise ContradictionError(
                f"the first {before.size} entries are not those that were signed: an entry was "
                "changed, or another database was put in place"
            )
        return publication

    def _extend(self, publication: Publication, before: Signed) -> None:
        size = self._source.size()
        if size < before.size:
            raise ContradictionError(
                f"{before.size} entries were signed and the database holds {size}: "
                "an old backup was restored, or the end of the record was deleted"
            )
        if before.size:
            last = [
                hash_leaf(entry) for entry in self._source.entries(before.size - 1, before.size)
            ]
            if last != [publication.last_leaf]:
                raise ContradictionError(
                    f"entry {before.size - 1} is not the one that was signed: an old backup was "
                    "restored and has grown since, or the entry was changed"
                )
        publication.add(self._source.entries(publication.size, size))
        if publication.size != size:
            raise ContradictionError(f"entry {publication.size} is missing from the database")
        publication.write_partial()

    def _sign(self, publication: Publication, before: Signed) -> Round:
        now = max(int(self._clock()), before.at)
        has_grown = publication.size > before.size
        lines = {} if has_grown else before.lines
        signed = Signed(publication.size, publication.root.hex(), now, before.seen, lines)
        signers = self.memory.signers()
        self.memory.remember(signed)
        text = checkpoint_text(self._configuration.origin, publication.size, publication.root)
        note = f"{text}\n{''.join(signer.sign(text) for signer in signers)}"
        policy = self._policy([vkey(one.key) for one in signers])
        publication.write_signed(note, policy)
        asked = [one for one in self._configuration.witnesses if one.name not in lines]
        tree = TileTree(self._read, publication.size)
        request = Request(note, publication.size, tree.prove_consistency)
        said = tuple(self._panel.collect(request, asked, before.seen))
        lines = lines | {one.name: one.line for one in said if one.line}
        names = [one.name for one in self._configuration.witnesses]
        note += "".join(lines[name] for name in names if name in lines)
        publication.write_checkpoint(note)
        seen = before.seen | {one.name: one.size for one in said}
        self.memory.remember(replace(signed, lines=lines, seen=seen))
        done = Round(publication.size, signed.root, said)
        self._tell(done)
        return done

    def _read(self, path: str) -> bytes:
        return (self._configuration.published / path).read_bytes()

    def _policy(self, vkeys: list[str]) -> str:
        logs = [f"log {key}" for key in reversed(vkeys)]
        witnesses = [f"witness {one.name} {vkey(one.key)}" for one in self._configuration.witnesses]
        quorum = ["quorum none"]
        if self._configuration.quorum:
            names = " ".join(one.name for one in self._configuration.witnesses)
            quorum = [f"group {GROUP} {self._configuration.quorum} {names}", f"quorum {GROUP}"]
        return "\n".join([*logs, *witnesses, *quorum, ""])

    def _tell(self, done: Round | None = None, alarm: str = "") -> None:
        """Write the status that the pages show; an alarm leaves the figures of the last round."""
        path = self._configuration.published / "status.json"
        status = json.loads(path.read_text()) if path.exists() else {}
        status |= {"checked_at": int(self._clock()), "alarm": alarm}
        if done:
            known = {one["name"]: one for one in status.get("witnesses", [])}
            known |= {
                one.name: {"name": one.name, "size": one.size, "problem": one.problem}
                for one in done.cosignings
            }
            current = [known[w.name] for w in self._configuration.witnesses if w.name in known]
            status |= {"size": done.size, "root": done.root, "witnesses": current}
        write_durably(path, json.dumps(status, indent=1).encode())
