"""Detector, aligner and embedder behind one protocol. `load_engine` is the one way in.

An engine is a pack: a directory with models, a manifest and a model record. The embedded default
is built at set-up (`python -m recognition.engines.build`); a pack that a site has licensed is
another directory, and no other code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recognition.engines.bands import LABELS, Band, band, measure, similarity
from recognition.engines.licences import LicenceState, inspect_licence, require_licence
from recognition.engines.packs import Pack, open_pack
from recognition.engines.protocol import DetectedFace, Engine, EngineUnavailable
from recognition.engines.record import Metric, ModelRecord, Thresholds

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "LABELS",
    "Band",
    "DetectedFace",
    "Engine",
    "EngineUnavailable",
    "LicenceState",
    "Metric",
    "ModelRecord",
    "Pack",
    "Thresholds",
    "band",
    "inspect_licence",
    "load_engine",
    "measure",
    "open_pack",
    "similarity",
]


def load_engine(pack_dir: Path, *, allowed_root: Path, threads: int = 1) -> Engine:
    """The engine of the pack in `pack_dir`, which must stand below `allowed_root`.

    Every file is checked against the record before a model library is imported; nothing is ever
    downloaded. Takes about a second: keep the result for the life of the process. Raises
    EngineUnavailable for whatever is wrong.
    """
    pack = open_pack(pack_dir, allowed_root=allowed_root)
    require_licence(pack)
    from recognition.engines.face_analysis import FaceAnalysisEngine  # noqa: PLC0415  # costs 120 MB

    return FaceAnalysisEngine(pack, threads=threads)
