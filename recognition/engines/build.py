"""Build the embedded model pack at set-up: `python -m recognition.engines.build`.

Deterministic (the same weights give the same bytes), idempotent (an unchanged pack is only
checked) and atomic (built beside the destination and renamed into place).
"""

from __future__ import annotations

import argparse
import fcntl
import json
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recognition.engines.packs import MANIFEST_NAME, open_pack, sha256_of
from recognition.engines.protocol import EngineUnavailable
from recognition.engines.record import RECORD_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOCK_NAME = ".building.lock"
DEFAULT_DESTINATION, DEFAULT_CACHE = Path("var/models/embedded"), Path("var/cache/weights")


def build_embedded_pack(destination: Path, *, cache: Path) -> Path:
    """Put the embedded pack into `destination`; the same path, resolved.

    Weight files are kept in `cache`. Raises WeightsUnavailableError where they cannot be had.
    """
    destination = destination.resolve()
    destination.parent.mkdir(parents=True, exist_ok=True)
    with _alone(destination.parent):
        if not _stands(destination):
            _build(destination, cache)
    return destination


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two set-ups at once take turns; the second then finds the pack in place."""
    with (folder / LOCK_NAME).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(destination: Path, cache: Path) -> None:
    with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".building-") as folder:
        fresh = Path(folder) / destination.name
        fresh.mkdir()
        _convert_into(fresh, cache)
        _describe(fresh)
        if destination.exists():
            destination.rename(Path(folder) / "replaced")
        fresh.rename(destination)


def _stands(destination: Path) -> bool:
    """Whether a whole, unchanged pack of this recipe is there."""
    from recognition.engines.embedded.describe import RECIPE  # noqa: PLC0415  # imports onnx

    try:
        pack = open_pack(destination, allowed_root=destination.parent)
    except EngineUnavailable:
        return False
    return pack.record.version == RECIPE and pack.record.id == "oversight-embedded"


def _convert_into(folder: Path, cache: Path) -> None:
    """Both networks, by the recipe of docs/decisions/0021-embedded-model-pack.md."""
    # Imported here: onnx costs half a second, which an unchanged pack need not spend.
    from recognition.engines.embedded import blazeface, describe, resnet, weights  # noqa: PLC0415
    from recognition.engines.embedded.dlib_weights import read_dlib_network  # noqa: PLC0415
    from recognition.engines.embedded.tflite import read_tflite  # noqa: PLC0415

    detector = blazeface.build_detector(read_tflite(weights.fetch(weights.BLAZEFACE, cache=cache)))
    embedder = resnet.build_embedder(read_dlib_network(weights.fetch(weights.RESNET, cache=cache)))
    for name, model in (describe.DETECTOR_FILE, detector), (describe.EMBEDDER_FILE, embedder):
        (folder / name).write_bytes(model.SerializeToString(deterministic=True))


def _describe(folder: Path) -> None:
    """The manifest and the record beside the converted files."""
    from recognition.engines.embedded import describe  # noqa: PLC0415  # imports onnx, as above

    files = {path.name: sha256_of(path) for path in sorted(folder.glob("*.onnx"))}
    _write_json(folder / MANIFEST_NAME, describe.manifest(files))
    files[MANIFEST_NAME] = sha256_of(folder / MANIFEST_NAME)
    _write_json(folder / RECORD_NAME, describe.record(files))


def _write_json(path: Path, document: dict[str, Any]) -> None:
    path.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Build or check the pack and print where it stands."""
    parser = argparse.ArgumentParser(description="Build the embedded face model pack.")
    parser.add_argument("--destination", type=Path, default=DEFAULT_DESTINATION)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    chosen = parser.parse_args(arguments)
    sys.stdout.write(f"{build_embedded_pack(chosen.destination, cache=chosen.cache)}\n")


if __name__ == "__main__":
    main()
