"""Find a pack's directory and check every byte of it, before any model library is imported.

InsightFace downloads a pack whose directory it does not find, without a checksum, and takes any
path as a name. Both are closed here: it is only ever handed an existing directory with a
manifest, under the root that the caller allows.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from recognition.engines.protocol import EngineUnavailable
from recognition.engines.record import RECORD_NAME, ModelRecord, load_record

MANIFEST_NAME = "manifest.json"
MANIFEST_VERSION = 2
TASKS = ("detection", "recognition")


@dataclass(frozen=True)
class Pack:
    """A directory whose files are those of its record."""

    path: Path
    record: ModelRecord


def open_pack(pack_dir: Path, *, allowed_root: Path) -> Pack:
    """The pack in `pack_dir`, checked. Raises EngineUnavailable, saying what is wrong."""
    path = _resolve(pack_dir, allowed_root)
    record = load_record(path)
    for name, expected in record.files.items():
        _check_file(path, name, expected)
    _check_manifest(path, record)
    return Pack(path, record)


def sha256_of(path: Path) -> str:
    """The file's sha256, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _resolve(pack_dir: Path, allowed_root: Path) -> Path:
    root, path = allowed_root.resolve(), pack_dir.resolve()
    if path == root or not path.is_relative_to(root):
        raise EngineUnavailable(f"The pack {pack_dir.name!r} does not stand below the packs' root.")
    if not (path / MANIFEST_NAME).is_file():
        raise EngineUnavailable(
            f"There is no pack in {pack_dir.name!r}: {MANIFEST_NAME} is missing. "
            "Build the embedded pack with `make setup`, or put a licensed pack there."
        )
    return path


def _check_file(pack: Path, name: str, expected: str) -> None:
    path = (pack / name).resolve()
    if not path.is_relative_to(pack) or not path.is_file():
        raise EngineUnavailable(f"{pack.name}: the file {name} of {RECORD_NAME} is missing.")
    if sha256_of(path) != expected:
        raise EngineUnavailable(
            f"{pack.name}: {name} is not the file that {RECORD_NAME} describes (sha256 differs)."
        )


def _check_manifest(pack: Path, record: ModelRecord) -> None:
    try:
        manifest = json.loads((pack / MANIFEST_NAME).read_text("utf-8"))
        version, tasks = manifest["manifest_version"], manifest["tasks"]
        named = {str(PurePosixPath(tasks[task]["file"])) for task in TASKS}
        dimension: Any = tasks["recognition"]["embedding_dimension"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineUnavailable(
            f"{pack.name}: {MANIFEST_NAME} cannot be used: {error!r}."
        ) from error
    if version != MANIFEST_VERSION:
        raise EngineUnavailable(
            f"{pack.name}: only manifests of version {MANIFEST_VERSION} are run."
        )
    if not named | {MANIFEST_NAME} <= set(record.files):
        raise EngineUnavailable(f"{pack.name}: {RECORD_NAME} does not list every file that is run.")
    if dimension != record.dimension:
        raise EngineUnavailable(
            f"{pack.name}: the manifest says {dimension} numbers a face, the record {record.dimension}."
        )
