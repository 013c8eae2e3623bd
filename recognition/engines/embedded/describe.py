"""What the embedded pack says of itself: InsightFace's manifest V2 and our model record."""

from __future__ import annotations

from typing import Any

from recognition.engines.embedded.blazeface import INPUT_SIZE
from recognition.engines.embedded.resnet import CROP_SIZE, DIMENSION
from recognition.engines.embedded.weights import BLAZEFACE, RESNET

DETECTOR_FILE, EMBEDDER_FILE = "blazeface-full-range.onnx", "dlib-resnet-v1.onnx"
# Raised when the conversion itself changes: templates made before and after are not compared.
RECIPE = "1"


def manifest(files: dict[str, str]) -> dict[str, Any]:
    """Manifest V2 of InsightFace for the two files, whose sha256 are given by name."""
    return {
        "manifest_version": 2,
        "model_id": "oversight-embedded",
        "display_name": "Oversight embedded evaluation pack",
        # InsightFace asks for the place of its own signed licence; this pack has another maker.
        "license": "MODEL.LICENSE",
        "tasks": {
            "detection": {
                "file": DETECTOR_FILE,
                "sha256": files[DETECTOR_FILE],
                "preprocessing": {"mean": 127.5, "std": 127.5},
            },
            "recognition": {
                "file": EMBEDDER_FILE,
                "sha256": files[EMBEDDER_FILE],
                "preprocessing": {"mean": 0.0, "std": 1.0},
                "input_size": [CROP_SIZE, CROP_SIZE],
                "embedding_dimension": DIMENSION,
            },
        },
    }


def record(files: dict[str, str]) -> dict[str, Any]:
    """The model record. Thresholds: see docs/decisions/0021-embedded-model-pack.md."""
    return {
        "id": "oversight-embedded",
        "name": "Embedded evaluation pack (MediaPipe BlazeFace, dlib ResNet v1)",
        "version": RECIPE,
        "licence": "CC0-1.0 AND Apache-2.0",
        "source": "; ".join(
            f"{weights.member} (sha256 {weights.sha256}) of {weights.distribution} {weights.version}"
            for weights in (RESNET, BLAZEFACE)
        ),
        "training_data": (
            "Embedder: about three million photographs of 7,485 people, mostly celebrities "
            "(FaceScrub, VGG-Face, and photographs collected from the web by its author), "
            "gathered without consent. Detector: photographs collected by Google, not published."
        ),
        "limits": (
            "For evaluation only. Its author says it does poorly on children and differs by "
            "ethnicity; no demographic split was measured. It must not support operational use "
            "without a recorded validation by the site."
        ),
        "evaluation_only": True,
        "metric": "l2",
        "dimension": DIMENSION,
        "thresholds": {"strong": 0.50, "limited": 0.55, "candidate": 0.60},
        "detection_size": INPUT_SIZE,
        "detection_threshold": 0.5,
        "files": files,
    }
