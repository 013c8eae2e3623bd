"""Templates without people, to see how a gallery of real size behaves. Never any photograph.

They are drawn around the mean face of a group photograph that InsightFace carries, so that they
are neighbours of real templates too, with variances that fall off as those of real embeddings do.
Mean distance between two: 1.42 of the candidate threshold for L2 (0.85 for the embedded pack),
as between strangers; for the cosine, directions around the origin. They are no evidence of accuracy.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection
from django.db.transaction import atomic

from recognition.engines import EngineUnavailable, Metric
from recognition.probes import decode, find_faces

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from recognition.engines import Engine
    from recognition.models import FaceModel, Gallery

CHUNK = 10_000
STRANGERS = 1.42
FALL_OFF = 44 / 46
"""Ratio of one variance to the next; (1 + r) / (1 - r) = 45 effective dimensions."""

_SUBJECTS = """
INSERT INTO recognition_subject (gallery_id, reference)
SELECT %s, 'SYNTHETIC-' || %s || '-' || lpad(number::text, 8, '0')
FROM generate_series(%s, %s) AS number RETURNING id"""
_IMAGES = """
INSERT INTO recognition_image (subject_id, gallery_id, sha256, media_type, source, synthetic)
SELECT id, gallery_id, encode(sha256(convert_to(reference, 'UTF8')), 'hex'), '',
    'synthetic template, no person and no photograph', true
FROM recognition_subject WHERE id = ANY(%s) RETURNING id, subject_id"""
_COPY = (
    "COPY recognition_template (image_id, model_id, gallery_id, subject_id, embedding)"
    " FROM STDIN (FORMAT binary)"
)


def centre_of(engine: Engine) -> npt.NDArray[np.float32]:
    """The mean template of six faces, float32 (dimension,). Raises EngineUnavailable."""
    spec = importlib.util.find_spec("insightface")
    if spec is None or spec.origin is None:
        raise EngineUnavailable("InsightFace is not installed.")
    photograph = Path(spec.origin).parent / "data" / "images" / "t1.jpg"
    if not photograph.is_file():
        raise EngineUnavailable("InsightFace was installed without its group photograph.")
    image = decode(photograph.read_bytes())
    faces = find_faces(engine, image)
    templates = np.stack([engine.embed(image.pixels, face.detected) for face in faces])
    mean: npt.NDArray[np.float32] = templates.mean(axis=0, dtype=np.float32)
    return mean


def draw(
    engine: Engine, centre: npt.NDArray[np.float32], *, count: int, seed: Sequence[int]
) -> npt.NDArray[np.float32]:
    """``count`` templates, float32 (count, dimension); the same for the same seed."""
    record = engine.record
    spread = np.sqrt(FALL_OFF ** np.arange(record.dimension))
    np.random.default_rng(record.dimension).shuffle(spread)
    spread /= np.linalg.norm(spread)
    drawn = np.random.default_rng(seed).standard_normal((count, record.dimension)) * spread
    if record.metric is Metric.COSINE:
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    else:
        # Two draws lie the square root of two of this apart.
        drawn = centre + drawn * record.thresholds.candidate * STRANGERS / np.sqrt(2)
    vectors: npt.NDArray[np.float32] = drawn.astype(np.float32)
    return vectors


@atomic
def synthesise(
    *,
    gallery: Gallery,
    model: FaceModel,
    engine: Engine,
    count: int,
    seed: int,
    progress: Callable[[int], None],
) -> None:
    """Fill the gallery with ``count`` synthetic subjects, all or none.

    Raises IntegrityError where this seed was used in this gallery before.
    """
    centre = centre_of(engine)
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        vectors = draw(engine, centre, count=size, seed=(seed, start))
        _insert(gallery, model, vectors, f"{seed}", start)
        progress(start + size)


def _insert(
    gallery: Gallery, model: FaceModel, vectors: npt.NDArray[np.float32], seed: str, start: int
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SUBJECTS, [gallery.pk, seed, start + 1, start + len(vectors)])
        subjects = [subject for (subject,) in cursor.fetchall()]
        cursor.execute(_IMAGES, [subjects])
        pairs = np.array(cursor.fetchall(), np.int64)
        with cursor.copy(_COPY) as copy:
            copy.write(_binary(pairs, model.pk, gallery.pk, vectors))


def _binary(
    pairs: npt.NDArray[np.int64], model: int, gallery: int, vectors: npt.NDArray[np.float32]
) -> bytes:
    """PostgreSQL's binary COPY format; a halfvec is its dimension, a zero, and the halves."""
    count, dimension = vectors.shape
    form = [("fields", ">i2")]
    for name in ("image", "model", "gallery", "subject"):
        form += [(f"{name}_length", ">i4"), (name, ">i8")]
    form += [("vector_length", ">i4"), ("dimension", ">i2"), ("unused", ">i2")]
    rows = np.zeros(count, np.dtype([*form, ("vector", ">f2", (dimension,))]))
    rows["fields"] = 5
    for name, value in (
        ("image", pairs[:, 0]),
        ("model", model),
        ("gallery", gallery),
        ("subject", pairs[:, 1]),
    ):
        rows[f"{name}_length"], rows[name] = 8, value
    rows["vector_length"], rows["dimension"] = 4 + 2 * dimension, dimension
    rows["vector"] = vectors
    return b"PGCOPY\n\xff\r\n\0" + bytes(8) + rows.tobytes() + b"\xff\xff"
