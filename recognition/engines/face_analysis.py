"""The one engine: the unmodified `insightface.app.FaceAnalysis` on ONNX Runtime's CPU provider.

Imported by the worker and by commands only: InsightFace costs a second and 120 MB.
"""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from recognition.engines.protocol import DetectedFace, EngineUnavailable
from recognition.engines.record import Metric

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from recognition.engines.packs import Pack
    from recognition.engines.record import ModelRecord

# Around the middle of the landmarks, in their extent.
REACH = 6.0

logger = logging.getLogger(__name__)


class FaceAnalysisEngine:
    """Runs a checked pack. Raises EngineUnavailable, and nothing else, whatever fails inside."""

    def __init__(self, pack: Pack, *, threads: int) -> None:
        """`threads`: how many ONNX Runtime may use for one image."""
        self._record = pack.record
        with _as_unavailable(f"The pack {pack.path.name} could not be loaded"):
            self._detector, self._embedder, self._face = _load(pack, threads)
        self._check_width()

    @property
    def record(self) -> ModelRecord:
        """What the pack is and may be used for."""
        return self._record

    def detect(self, image: npt.NDArray[np.uint8]) -> list[DetectedFace]:
        """All faces of an RGB image, uint8 (height, width, 3), from left to right."""
        with _as_unavailable("The detector failed"):
            boxes, points = self._detector.detect(_bgr(image))
            if points is None:
                raise EngineUnavailable("The detector of this pack gives no landmarks.")
        faces = [
            DetectedFace(
                box=(float(box[0]), float(box[1]), float(box[2]), float(box[3])),
                landmarks=np.asarray(five, np.float32).reshape(5, 2),
                confidence=float(box[4]),
            )
            for box, five in zip(boxes, points, strict=True)
        ]
        return sorted(faces, key=lambda face: face.box[:2])

    def embed(self, image: npt.NDArray[np.uint8], face: DetectedFace) -> npt.NDArray[np.float32]:
        """The template of one face, float32 (dimension,); unit length for the cosine."""
        with _as_unavailable("The embedder failed"):
            around, landmarks = _surroundings(image, face)
            vector = self._embedder.get(_bgr(around), self._face(kps=landmarks))
        return self._finished(np.asarray(vector, np.float32).ravel())

    def _finished(self, vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        if vector.shape != (self._record.dimension,):
            raise EngineUnavailable(
                f"The model gives {vector.size} numbers a face; "
                f"its record says {self._record.dimension}."
            )
        if not np.isfinite(vector).all():
            raise EngineUnavailable("The model gave a template that is not finite.")
        if self._record.metric is Metric.COSINE:
            length = float(np.linalg.norm(vector))
            if length == 0:
                raise EngineUnavailable("The model gave a template without a direction.")
            return (vector / length).astype(np.float32)
        return vector

    def _check_width(self) -> None:
        """InsightFace accepts a wrong declared dimension in silence: ask the model itself."""
        side = self._embedder.input_size[0]
        with _as_unavailable("The embedder failed"):
            vector = self._embedder.get_feat(np.zeros((side, side, 3), np.uint8))
        self._finished(np.asarray(vector, np.float32).ravel())


def _load(pack: Pack, threads: int) -> tuple[Any, Any, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import onnxruntime  # noqa: PLC0415  # the worker only
        from insightface.app import FaceAnalysis  # noqa: PLC0415  # as above
        from insightface.app.common import Face  # noqa: PLC0415  # as above
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # One image at a time: an arena would keep the largest image's memory for ever.
    options.enable_cpu_mem_arena = False
    analysis = FaceAnalysis(
        name=str(pack.path),
        providers=["CPUExecutionProvider"],
        allowed_modules=["detection", "recognition"],
        sess_options=options,
    )
    size = pack.record.detection_size
    analysis.prepare(ctx_id=-1, det_thresh=pack.record.detection_threshold, det_size=(size, size))
    return analysis.models["detection"], analysis.models["recognition"], Face


def _surroundings(
    image: npt.NDArray[np.uint8], face: DetectedFace
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """The part of the image that the aligner can reach, and the landmarks in it.

    The aligned square is under five interocular distances wide. Without this cut every face of
    a crowd would cost a copy of the whole photograph.
    """
    centre = face.landmarks.mean(axis=0)
    reach = REACH * max(float(np.ptp(face.landmarks, axis=0).max()), 1.0)
    left, top = (max(int(value - reach), 0) for value in centre)
    right, bottom = (max(int(np.ceil(value + reach)), 1) for value in centre)
    shift = np.array([left, top], np.float32)
    return image[top:bottom, left:right], face.landmarks - shift


def _bgr(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:  # noqa: PLR2004  # its axes and channels
        raise ValueError("An image is uint8 (height, width, 3), RGB.")
    return np.ascontiguousarray(image[..., ::-1])


@contextmanager
def _as_unavailable(what: str) -> Iterator[None]:
    """Every failure of the model libraries becomes one error; their texts may name paths."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            yield
    except EngineUnavailable:
        raise
    except Exception as error:
        logger.warning("%s: %s", what, type(error).__name__)
        raise EngineUnavailable(f"{what}: {type(error).__name__}.") from error
