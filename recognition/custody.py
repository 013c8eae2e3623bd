"""Sealed images in the database: who may read a row still needs the keys, and the other way round.

Ciphertext lies beside the facts, in their transaction: nothing can be orphaned, and workers on
other hosts need no shared disk (docs/decisions/0052).
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from recognition.exchange import Unknown
from recognition.models import ProbeImage, SealedPhotograph
from recognition.sealing import (
    Keyring,
    KeyringUnusable,
    Sealed,
    create_key,
    seal,
    unseal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from recognition.models.fields import SealedFields


def keep_probe_image(
    *, probe_id: UUID, kind: ProbeImage.Kind, data: bytes, face_index: int | None = None
) -> None:
    """Seal one picture of a probe into its row. Raises KeyringUnusable."""
    context = _probe_context(probe_id, kind, face_index)
    ProbeImage.objects.create(
        probe_id=probe_id, kind=kind, face_index=face_index, **_sealed_columns(data, context)
    )


def probe_image(probe_id: UUID, kind: ProbeImage.Kind, face_index: int | None = None) -> bytes:
    """One picture of a probe. Raises Unknown, SealBroken or KeyringUnusable."""
    row = ProbeImage.objects.filter(probe_id=probe_id, kind=kind, face_index=face_index).first()
    if row is None:
        raise Unknown(f"The probe has no such picture: {kind}.")
    return _unsealed(row, _probe_context(probe_id, kind, face_index))


def photograph_columns(image_id: int, data: bytes) -> dict[str, Any]:
    """The columns of a sealed gallery photograph. Raises KeyringUnusable."""
    return _sealed_columns(data, f"gallery image {image_id}")


def photograph(image_id: int) -> bytes | None:
    """A photograph of a gallery; None where there is none, or no longer. Raises SealBroken."""
    row = SealedPhotograph.objects.filter(image_id=image_id).first()
    return None if row is None else _unsealed(row, f"gallery image {image_id}")


def _probe_context(probe_id: UUID, kind: ProbeImage.Kind, face_index: int | None) -> str:
    return f"probe {probe_id} {kind} {'' if face_index is None else face_index}"


def _sealed_columns(data: bytes, context: str) -> dict[str, Any]:
    return dict(vars(seal(data, keyring=_keyring(settings.RECOGNITION_KEYS), context=context)))


def _unsealed(row: SealedFields, context: str) -> bytes:
    sealed = Sealed(row.key_id, bytes(row.wrapped_key), bytes(row.nonce), bytes(row.ciphertext))
    return unseal(sealed, keyring=_keyring(settings.RECOGNITION_KEYS), context=context)


@lru_cache(maxsize=4)
def _keyring(directory: Path) -> Keyring:
    """The keys, read once a process. The first process of all makes the first key."""
    try:
        return Keyring.load(directory)
    except KeyringUnusable:
        with _alone(directory):
            if not any(directory.glob("kek-*.key")):
                create_key(directory)
            return Keyring.load(directory)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (directory / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
