"""The model record: what a pack is, where it comes from, and what it may be used for.

It stands beside the pack's manifest as `model-record.json`. A site that licenses a pack writes
one for it; the set-up build writes the embedded pack's.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from recognition.engines.protocol import EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RECORD_NAME = "model-record.json"


class Metric(StrEnum):
    """How two templates of a pack are compared."""

    L2 = "l2"  # Euclidean distance of the raw vectors; lower is more alike
    COSINE = "cosine"  # cosine of the unit vectors; higher is more alike


@dataclass(frozen=True)
class Thresholds:
    """Limits in the record's own metric; each band reaches from its limit to the stricter one.

    A pair that does not reach `candidate` supports nothing and is never a candidate.
    """

    strong: float
    limited: float
    candidate: float


@dataclass(frozen=True)
class ModelRecord:
    """A pack's identity, licence, provenance, metric and thresholds.

    `files` maps each file's name to its sha256; `pack_sha256` is the digest of them all, as
    `sha256sum FILES | sha256sum` gives it with the names in order. Templates of two packs with
    different `pack_sha256` are never compared.
    """

    id: str
    name: str
    version: str
    licence: str
    source: str
    training_data: str
    limits: str
    evaluation_only: bool
    metric: Metric
    dimension: int
    thresholds: Thresholds
    detection_size: int
    detection_threshold: float
    files: Mapping[str, str]
    pack_sha256: str

    def as_document(self) -> dict[str, Any]:
        """The record as JSON values, in the form `load_record` reads."""
        values = {key: value for key, value in vars(self).items() if key != "pack_sha256"}
        return values | {"thresholds": vars(self.thresholds), "files": dict(self.files)}


def load_record(pack: Path) -> ModelRecord:
    """The record of the pack in this directory. Raises EngineUnavailable, saying what is wrong."""
    path = pack / RECORD_NAME
    try:
        document = json.loads(path.read_text("utf-8"))
        return parse_record(document)
    except OSError as error:
        raise EngineUnavailable(f"The pack {pack.name} has no readable {RECORD_NAME}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise EngineUnavailable(f"{RECORD_NAME} of {pack.name} cannot be used: {error}") from error


def parse_record(document: Mapping[str, Any]) -> ModelRecord:
    """A record from its JSON values. Raises KeyError, TypeError or ValueError."""
    fields = dict(document)
    files = {str(name): str(digest) for name, digest in dict(fields["files"]).items()}
    known = set(ModelRecord.__dataclass_fields__) - {"pack_sha256"}
    if set(fields) != known:
        raise ValueError(f"missing or unknown fields: {sorted(set(fields) ^ known)}")
    record = ModelRecord(
        **fields
        | {
            "metric": Metric(fields["metric"]),
            "thresholds": Thresholds(**{k: float(v) for k, v in fields["thresholds"].items()}),
            "files": files,
            "pack_sha256": digest_of_files(files),
        }
    )
    _check(record)
    return record


def digest_of_files(files: Mapping[str, str]) -> str:
    """One sha256 for a set of files, from the sha256 of each."""
    lines = (f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _check(record: ModelRecord) -> None:
    limits = [record.thresholds.strong, record.thresholds.limited, record.thresholds.candidate]
    ordered = sorted(limits, reverse=record.metric is Metric.COSINE)
    if limits != ordered:
        raise ValueError("thresholds must go from the strictest (strong) to the candidate limit")
    texts = (record.id, record.name, record.version, record.licence, record.source)
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError("id, name, version, licence and source must be texts")
    if not isinstance(record.evaluation_only, bool):
        raise TypeError("evaluation_only must be true or false")
    if record.dimension < 1 or record.detection_size < 1:
        raise ValueError("dimension and detection_size must be positive")
