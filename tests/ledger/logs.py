"""Small records on disk, made by the real checkpointer from entries in a list."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.verifier import Policy

ORIGIN = "test.example/record"


@dataclass
class Listed:
    """Entries in a list, as a source for the checkpointer."""

    held: list[bytes] = field(default_factory=list)

    def size(self):
        return len(self.held)

    def entries(self, start, stop):
        return iter(self.held[start:stop])


@dataclass
class Log:
    """A record with everything that belongs to it, under one directory."""

    root: Path
    source: Listed = field(default_factory=Listed)
    witnesses: tuple = ()
    quorum: int = 0
    now: float = 1_770_000_000.0
    origin: str = ORIGIN

    @property
    def configuration(self):
        return Configuration(
            self.origin,
            self.root / "published",
            self.root / "state",
            timedelta(seconds=60),
            self.witnesses,
            self.quorum,
        )

    @property
    def published(self):
        return self.root / "published"

    @property
    def policy(self) -> Policy:
        return self.configuration.policy()

    def checkpointer(self):
        return Checkpointer(self.configuration, self.source, clock=lambda: self.now)

    def grow(self, count):
        """Append entries and publish, as one run of the checkpointer's process."""
        start = len(self.source.held)
        self.source.held += [b"entry %d" % index for index in range(start, start + count)]
        return self.publish()

    def publish(self):
        with self.checkpointer() as checkpointer:
            return checkpointer.publish()

    def note(self):
        return (self.published / "checkpoint").read_bytes()

    def twin(self, root, held):
        """A record signed with the same key over other entries: what a dishonest city could do."""
        twin = replace(self, root=root, source=Listed(held))
        (root / "state").mkdir(parents=True, mode=0o700)
        key = root / "state" / "key"
        key.write_bytes((self.root / "state" / "key").read_bytes())
        key.chmod(0o600)
        return twin
