"""What the commands of this room share: the engine that the settings name, and JSON output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import CommandError

from recognition.engines import EngineUnavailable, load_engine

if TYPE_CHECKING:
    from recognition.engines import Engine

# Of every command: input or set-up that cannot be used.
UNUSABLE = 2


def packs_root() -> Path:
    """The folder below which packs may stand."""
    return Path(settings.RECOGNITION_PACKS_ROOT)


def configured_pack() -> Path:
    """The folder of the pack in use."""
    return packs_root() / settings.RECOGNITION_PACK


def configured_engine() -> Engine:
    """The engine in use. Raises CommandError with what is wrong."""
    try:
        return load_engine(configured_pack(), allowed_root=packs_root())
    except EngineUnavailable as error:
        raise CommandError(str(error), returncode=UNUSABLE) from error


def as_json(document: Any) -> str:
    """Indented JSON for people and programs."""
    return json.dumps(document, indent=2, ensure_ascii=False)
