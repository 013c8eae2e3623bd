"""Seal the original bytes of a photograph for the record, and unseal them.

Envelope encryption: each image has its own AES-256-GCM key (NIST SP 800-38D), which is stored
wrapped by a key-encryption key from a keyring, also with AES-256-GCM. To erase an image for good,
destroy its wrapped key: backups of the ciphertext are then unreadable too. Both layers bind the
record's id, so that neither can be moved to another record.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEY_BYTES, NONCE_BYTES = 32, 12
_KEY_FILE = re.compile(r"kek-(\d{6})\.key")
_FORM = b"oversight probe seal v1"
PRIVATE_DIR, PRIVATE_FILE = 0o700, 0o600


class SealBroken(Exception):  # noqa: N818  # what is seen, not whose fault it is
    """Not to be unsealed: changed, of another record, its key unknown, or its key destroyed."""


class KeyringUnusable(Exception):  # noqa: N818  # a state of the service
    """There is no key, or a key file is damaged or open to others."""


@dataclass(frozen=True)
class Sealed:
    """One sealed image. `wrapped_key` empty means that it was destroyed."""

    key_id: str
    wrapped_key: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)

    def destroyed(self) -> Self:
        """The same without its key: nobody can read it again."""
        return replace(self, wrapped_key=b"")


@dataclass(frozen=True)
class Keyring:
    """Key-encryption keys by id; the newest seals, all of them unseal."""

    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """All keys of a directory. Raises KeyringUnusable."""
        try:
            paths = sorted(p for p in directory.iterdir() if _KEY_FILE.fullmatch(p.name))
            keys = {path.stem: _read_key(path) for path in paths}
        except OSError as error:
            raise KeyringUnusable("The directory of probe keys cannot be read.") from error
        if not keys:
            raise KeyringUnusable("There is no probe key yet: create one first.")
        return cls(keys)

    @property
    def newest(self) -> str:
        """The id of the key that seals."""
        return max(self.keys)


def create_key(directory: Path) -> str:
    """A fresh key in its own file, readable by its owner alone; its id.

    Keys are numbered; the highest number seals. Raises OSError where the directory is not ours.
    """
    directory.mkdir(mode=PRIVATE_DIR, parents=True, exist_ok=True)
    numbers = (_KEY_FILE.fullmatch(path.name) for path in directory.iterdir())
    number = max((int(match[1]) for match in numbers if match), default=0) + 1
    path = directory / f"kek-{number:06}.key"
    # Never over an existing key: what it sealed would be lost.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(AESGCM.generate_key(bit_length=KEY_BYTES * 8))
        stream.flush()
        os.fsync(stream.fileno())
    return path.stem


def seal(plaintext: bytes, *, keyring: Keyring, context: str) -> Sealed:
    """Seal with a fresh data key. `context` is the id of the record that will hold the result."""
    data_key = AESGCM.generate_key(bit_length=KEY_BYTES * 8)
    nonce = os.urandom(NONCE_BYTES)
    ciphertext = AESGCM(data_key).encrypt(nonce, plaintext, _bound("image", context))
    key_id = keyring.newest
    return Sealed(key_id, _wrap(data_key, keyring, key_id, context), nonce, ciphertext)


def unseal(sealed: Sealed, *, keyring: Keyring, context: str) -> bytes:
    """The bytes that were sealed for this record. Raises SealBroken for whatever is wrong."""
    data_key = _unwrap(sealed, keyring, context)
    try:
        return AESGCM(data_key).decrypt(sealed.nonce, sealed.ciphertext, _bound("image", context))
    except (InvalidTag, ValueError) as error:
        raise SealBroken("The sealed image was changed or belongs to another record.") from error


def rewrap(sealed: Sealed, *, keyring: Keyring, context: str) -> Sealed:
    """The same image under the newest key, without touching its ciphertext. Raises SealBroken."""
    data_key, key_id = _unwrap(sealed, keyring, context), keyring.newest
    return replace(sealed, key_id=key_id, wrapped_key=_wrap(data_key, keyring, key_id, context))


def _wrap(data_key: bytes, keyring: Keyring, key_id: str, context: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    bound = _bound(f"key {key_id}", context)
    return nonce + AESGCM(keyring.keys[key_id]).encrypt(nonce, data_key, bound)


def _unwrap(sealed: Sealed, keyring: Keyring, context: str) -> bytes:
    key = keyring.keys.get(sealed.key_id)
    if key is None:
        raise SealBroken(f"The key {sealed.key_id!r} is not on the keyring.")
    if not sealed.wrapped_key:
        raise SealBroken("The key of this image was destroyed.")
    nonce, wrapped = sealed.wrapped_key[:NONCE_BYTES], sealed.wrapped_key[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, wrapped, _bound(f"key {sealed.key_id}", context))
    except (InvalidTag, ValueError) as error:
        raise SealBroken("The wrapped key was changed or belongs to another record.") from error


def _bound(part: str, context: str) -> bytes:
    """Associated data; NUL cannot stand in any of its parts, so they cannot run together."""
    if "\0" in context:
        raise ValueError("A record's id has no NUL.")
    return b"\0".join((_FORM, part.encode(), context.encode()))


def _read_key(path: Path) -> bytes:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyringUnusable(f"The key file {path.name} is open to others: chmod 600 it.")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyringUnusable(f"The key file {path.name} has not {KEY_BYTES} bytes.")
    return key
