"""Engines for the life of a worker's process: loaded at the first use, checked against the model."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from recognition.engines import Engine, EngineUnavailable, load_engine
from recognition.engines.record import load_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recognition.models import FaceModel


def engine_of(model: FaceModel) -> Engine:
    """The engine of exactly this pack. Raises EngineUnavailable; a later call tries again."""
    return _engine(Path(settings.RECOGNITION_PACKS_ROOT), model.pack_sha256)


@lru_cache(maxsize=2)
def _engine(root: Path, pack_sha256: str) -> Engine:
    for folder in _folders(root):
        try:
            found = load_record(folder).pack_sha256
        except EngineUnavailable:
            continue
        if found == pack_sha256:
            return load_engine(folder, allowed_root=root)
    raise EngineUnavailable("No pack on this machine is the model that was asked for.")


def _folders(root: Path) -> Iterator[Path]:
    """The pack in use first, then the others."""
    used = root / settings.RECOGNITION_PACK
    yield used
    yield from (path.parent for path in sorted(root.glob("*/manifest.json")) if path.parent != used)
