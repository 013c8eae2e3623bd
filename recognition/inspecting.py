"""The worker looks at an upload: the only place, with enrolment, where hostile bytes are decoded."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError
from django.db.transaction import atomic

from recognition import custody
from recognition.loaded import engine_of
from recognition.models import Inspection, Probe, ProbeImage
from recognition.probes import (
    Limits,
    ProbeRefused,
    Refusal,
    decode,
    find_faces,
    render,
    render_face,
)
from recognition.sealing import SealBroken
from recognition.selectors import current_model

if TYPE_CHECKING:
    from uuid import UUID

    from recognition.engines import Engine
    from recognition.probes import DecodedProbe, ProbeFace

logger = logging.getLogger(__name__)


class WrongBytes(Exception):  # noqa: N818  # what is seen, not whose fault it is
    """What was unsealed is not the upload that was recorded."""


def limits() -> Limits:
    """What the settings accept, in bytes and pixels."""
    return Limits(max_bytes=settings.PROBE_MAX_BYTES, max_pixels=settings.PROBE_MAX_PIXELS)


def original_of(probe: Probe) -> bytes:
    """The upload as it came. Raises SealBroken, Unknown, KeyringUnusable or WrongBytes."""
    data = custody.probe_image(probe.pk, ProbeImage.Kind.ORIGINAL)
    if hashlib.sha256(data).hexdigest() != probe.sha256:
        raise WrongBytes
    return data


def inspect_probe(probe_id: UUID) -> None:
    """Record what is in a probe, once; a probe that is unknown or was seen is let be.

    Raises EngineUnavailable, and Unknown while no model is active: try again later.
    """
    probe = Probe.objects.filter(pk=probe_id, inspection__isnull=True).first()
    if probe is None:
        logger.info("probe %s is unknown or was inspected", probe_id)
        return
    engine = engine_of(current_model())
    try:
        decoded = decode(original_of(probe), limits=limits())
        faces = find_faces(engine, decoded)
    except ProbeRefused as refused:
        _record(probe, engine, refused)
    except (SealBroken, WrongBytes):
        logger.exception("probe %s cannot be unsealed", probe_id)
        _record(probe, engine, ProbeRefused(Refusal.DAMAGED))
    else:
        _record(probe, engine, (decoded, faces) if faces else ProbeRefused(Refusal.NO_FACE))


def _record(
    probe: Probe, engine: Engine, found: ProbeRefused | tuple[DecodedProbe, list[ProbeFace]]
) -> None:
    """Pictures and inspection, all or nothing; another delivery may have been first."""
    pack = engine.record.pack_sha256
    try:
        with atomic():
            if isinstance(found, ProbeRefused):
                Inspection.objects.create(
                    probe=probe,
                    refusal=found.code.value,
                    refusal_facts=found.facts,
                    pack_sha256=pack,
                )
            else:
                _accept(probe, *found, pack=pack)
    except IntegrityError:
        if not Inspection.objects.filter(probe=probe).exists():
            raise
        logger.info("probe %s was inspected by another worker", probe.pk)


def _accept(probe: Probe, decoded: DecodedProbe, faces: list[ProbeFace], *, pack: str) -> None:
    Inspection.objects.create(
        probe=probe,
        media_type=decoded.media_type,
        width=decoded.width,
        height=decoded.height,
        faces=[
            face.as_document() | {"confidence": round(face.detected.confidence, 4)}
            for face in faces
        ],
        pack_sha256=pack,
    )
    custody.keep_probe_image(
        probe_id=probe.pk, kind=ProbeImage.Kind.RENDITION, data=render(decoded)
    )
    for index, face in enumerate(faces):
        custody.keep_probe_image(
            probe_id=probe.pk,
            kind=ProbeImage.Kind.FACE,
            data=render_face(decoded, face),
            face_index=index,
        )
