"""Keys that sign: the log's own and a witness's (c2sp.org/signed-note, tlog-cosignature)."""

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oversight.ledger.verifier import COSIGNER_KEY, Key, Unusable, cosigned_message, decode_base64

_PREFIX = "PRIVATE+KEY+"


def encode(data: bytes) -> str:
    """Bytes as base64."""
    return base64.b64encode(data).decode()


def vkey(key: Key) -> str:
    """A public key as the one line that policies hold, ``name+id+base64``."""
    return f"{key.name}+{key.id.hex()}+{encode(bytes([key.kind]) + key.public)}"


@dataclass(frozen=True, repr=False)
class SigningKey:
    """A key with its secret half; its ``repr`` and the logs never show it."""

    key: Key
    _private: Ed25519PrivateKey

    @classmethod
    def from_seed(cls, name: str, kind: int, seed: bytes) -> Self:
        """The key that 32 secret bytes make."""
        private = Ed25519PrivateKey.from_private_bytes(seed)
        public = private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        return cls(Key(name, kind, public), private)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a key file; Unusable where it is malformed or others on this machine may read it."""
        if path.stat().st_mode & 0o077:
            raise Unusable(f"{path.name} can be read by others; run: chmod 600 on it")
        name, _, rest = path.read_text().strip().removeprefix(_PREFIX).partition("+")
        raw = decode_base64(rest.partition("+")[2])
        key = cls.from_seed(name, raw[0], raw[1:])
        if key.key.id.hex() != rest.partition("+")[0]:
            raise Unusable(f"{path.name} is damaged: its id does not belong to its key")
        return key

    @classmethod
    def create(cls, path: Path, name: str, kind: int) -> Self:
        """Make a key at random and write it, for its owner alone; an existing file is never lost."""
        seed = secrets.token_bytes(32)
        signer = cls.from_seed(name, kind, seed)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{_PREFIX}{name}+{signer.key.id.hex()}+{encode(bytes([kind]) + seed)}\n")
            file.flush()
            os.fsync(file.fileno())
        return signer

    @classmethod
    def load_or_create(cls, path: Path, name: str, kind: int) -> Self:
        """The key in the file, made on first use; Unusable where the file holds another's."""
        signer = cls.load(path) if path.exists() else cls.create(path, name, kind)
        if (signer.key.name, signer.key.kind) != (name, kind):
            raise Unusable(f"{path.name} holds the key of {signer.key.name}, not of {name}")
        return signer

    def sign(self, text: str, *, at: int = 0) -> str:
        """The signature line for a note's text; a cosigner states ``at``, seconds since 1970."""
        if self.key.kind == COSIGNER_KEY:
            message, stamp = cosigned_message(at, text), at.to_bytes(8)
        else:
            message, stamp = text, b""
        signature = stamp + self._private.sign(message.encode())
        return signature_line(self.key, signature)


def signature_line(key: Key, signature: bytes) -> str:
    """A key's signature as a line of a note."""
    return f"\u2014 {key.name} {encode(key.id + signature)}\n"


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint, to be signed (c2sp.org/tlog-checkpoint)."""
    return f"{origin}\n{size}\n{encode(root)}\n"
