"""What the checkpointer remembers outside the database: its keys, and what it signed last."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from oversight.ledger.files import write_durably
from oversight.ledger.signing import SigningKey
from oversight.ledger.verifier import EMPTY_ROOT, LOG_KEY, Unusable


@dataclass(frozen=True)
class Signed:
    """The last state that was, or was about to be, signed.

    Attributes:
        size: entries covered.
        root: their root, as hex.
        at: seconds since 1970 when it was signed.
        seen: the size that each witness was at when last heard of.
        lines: the cosignature lines gathered for this size, by witness.
    """

    size: int = 0
    root: str = EMPTY_ROOT.hex()
    at: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)


class Memory:
    """The checkpointer's own directory; nobody else reads it, and no database backup holds it."""

    def __init__(self, directory: Path, origin: str) -> None:
        """Nothing is read yet."""
        self.directory = directory
        self._origin = origin
        self._file = directory / "signed.json"

    def signed(self) -> Signed:
        """What was signed last; the empty tree before the first checkpoint."""
        if not self._file.exists():
            return Signed()
        return Signed(**json.loads(self._file.read_text()))

    def remember(self, signed: Signed) -> None:
        """Keep it, on disk, before anything acts on it."""
        write_durably(self._file, json.dumps(asdict(signed), indent=1).encode(), mode=0o600)

    def signers(self) -> list[SigningKey]:
        """The signing key, made on first use; and the one it replaced, while both sign.

        Raises:
            Unusable: the key is gone although something was signed with it, or is another log's.
        """
        if self._file.exists() and not self._key.exists():
            raise Unusable(f"the signing key is missing from {self.directory.name}; restore it")
        keys = [SigningKey.load_or_create(self._key, self._origin, LOG_KEY)]
        return keys + ([SigningKey.load(self._old_key)] if self._old_key.exists() else [])

    def replace_key(self) -> tuple[SigningKey, SigningKey]:
        """Put a new key in place and keep the old one signing beside it: old, new."""
        old = self.signers()[0]
        self._key.replace(self._old_key)
        return old, SigningKey.create(self._key, self._origin, LOG_KEY)

    def retire_old_key(self) -> None:
        """Stop signing with the replaced key, once all readers have the new policy."""
        self._old_key.unlink(missing_ok=True)

    @property
    def _key(self) -> Path:
        return self.directory / "key"

    @property
    def _old_key(self) -> Path:
        return self.directory / "key.old"
