"""Enrol the photographs of a manifest: one transaction each, so that it can stop anywhere.

Runs as the enroller, who writes templates and cannot read them. What a line came to is committed
with the template it made; the same manifest, given again, goes on with the lines that are left.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.transaction import atomic

from recognition import custody
from recognition.gallery.refusals import LineProblem, LineRefused, describe_line
from recognition.inspecting import limits
from recognition.models import EnrolmentBatch, EnrolmentLine, Image, SealedPhotograph, Subject
from recognition.probes import ProbeRefused, Refusal, choose_face, decode, find_faces, render_face

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from recognition import exchange
    from recognition.engines import Engine
    from recognition.gallery.manifest import Entry, Manifest
    from recognition.models import FaceModel, Gallery


@dataclass(frozen=True)
class Photograph:
    """What a file came to: its digest and type, the face as JPEG, and the template."""

    sha256: str
    media_type: str
    portrait: bytes
    template: npt.NDArray[np.float32]


@dataclass(frozen=True)
class RefusedLine:
    """A line of the report."""

    number: int
    refusal: exchange.Refusal


def start_batch(*, gallery: Gallery, model: FaceModel, manifest: Manifest) -> EnrolmentBatch:
    """The batch of this manifest; the one begun before, where there is one."""
    return EnrolmentBatch.objects.get_or_create(
        gallery=gallery,
        model=model,
        manifest_sha256=manifest.sha256,
        defaults={"lines": manifest.lines},
    )[0]


def enrol(
    *, batch: EnrolmentBatch, manifest: Manifest, root: Path, engine: Engine
) -> Iterator[EnrolmentLine]:
    """Take each line that is left, in order, and yield what it came to.

    Raises EngineUnavailable or KeyringUnusable; the lines before are kept.
    """
    done = set(batch.done.values_list("number", flat=True))
    for number, entry in manifest.entries():
        if number not in done:
            yield _take(batch, number, entry, root.resolve(), engine)


def refused_lines(batch: EnrolmentBatch) -> Iterator[RefusedLine]:
    """All refusals of the batch so far, in the language of the moment."""
    for line in batch.done.exclude(code="").order_by("number").iterator():
        yield RefusedLine(line.number, describe_line(line.code, line.facts))


def _take(
    batch: EnrolmentBatch, number: int, entry: Entry | LineRefused, root: Path, engine: Engine
) -> EnrolmentLine:
    try:
        if isinstance(entry, LineRefused):
            raise entry
        photograph = _look(_read(root, entry.image), engine)
        with atomic():
            _insert(batch, entry, photograph)
            return EnrolmentLine.objects.create(batch=batch, number=number)
    except (LineRefused, ProbeRefused) as refused:
        return EnrolmentLine.objects.create(
            batch=batch, number=number, code=refused.code.value, facts=refused.facts
        )


def _read(root: Path, named: str) -> bytes:
    """The file's bytes, within the limit. Raises LineRefused or ProbeRefused."""
    try:
        path = (root / named).resolve()
        if not path.is_relative_to(root):
            raise LineRefused(LineProblem.OUTSIDE_ROOT)
        if not path.is_file():
            raise LineRefused(LineProblem.NO_SUCH_FILE)
        size, most = path.stat().st_size, limits().max_bytes
        if size > most:
            raise ProbeRefused(Refusal.TOO_MANY_BYTES, found=size, limit=most)
        return path.read_bytes()
    except (OSError, RuntimeError, ValueError) as error:  # unreadable, a loop of links, a NUL
        raise LineRefused(LineProblem.NO_SUCH_FILE) from error


def _look(data: bytes, engine: Engine) -> Photograph:
    """Raises ProbeRefused where it is no photograph of exactly one comparable face."""
    decoded = decode(data, limits=limits())
    face = choose_face(find_faces(engine, decoded))
    return Photograph(
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=decoded.media_type,
        portrait=render_face(decoded, face),
        template=engine.embed(decoded.pixels, face.detected),
    )


def _insert(batch: EnrolmentBatch, entry: Entry, photograph: Photograph) -> None:
    subject, _made = Subject.objects.get_or_create(
        gallery_id=batch.gallery_id, reference=entry.subject
    )
    image, fresh = Image.objects.get_or_create(
        gallery_id=batch.gallery_id,
        sha256=photograph.sha256,
        defaults={
            "subject": subject,
            "media_type": photograph.media_type,
            "source": entry.source or f"manifest sha256:{batch.manifest_sha256}",
            "captured_on": entry.captured_on,
        },
    )
    if image.subject_id != subject.pk:
        raise LineRefused(LineProblem.OTHER_SUBJECT)
    if fresh:
        columns = custody.photograph_columns(image.pk, photograph.portrait)
        SealedPhotograph.objects.bulk_create([SealedPhotograph(image=image, **columns)])
    with connection.cursor() as cursor:
        # No target: naming one would ask for the right to read.
        cursor.execute(
            "INSERT INTO recognition_template"
            " (image_id, model_id, gallery_id, subject_id, embedding)"
            " VALUES (%s, %s, %s, %s, %s::halfvec) ON CONFLICT DO NOTHING",
            [image.pk, batch.model_id, batch.gallery_id, subject.pk, written(photograph.template)],
        )
        if not cursor.rowcount:
            raise LineRefused(LineProblem.ALREADY_ENROLLED)


def written(vector: npt.NDArray[np.float32]) -> str:
    """A template, float32 (dimension,), as pgvector reads it."""
    return "[" + ",".join(f"{value:.9g}" for value in vector.tolist()) + "]"
