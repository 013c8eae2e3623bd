"""The worker carries out one authorized search, from wherever the last attempt left it.

Each step is a row; the next attempt sees which rows stand and goes on from there. Nothing here
reads a template: the two functions of the lock do.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from recognition.authorization.failures import FailureCode
from recognition.engines import DetectedFace
from recognition.exchange import Unknown
from recognition.inspecting import WrongBytes, limits, original_of
from recognition.loaded import engine_of
from recognition.matching.lock import Answer, LockRefused, answers, open_search, run_search
from recognition.models import Authorization, Failure, Inspection, Opening, Proof, Run
from recognition.probes import ProbeRefused, decode
from recognition.sealing import SealBroken

if TYPE_CHECKING:
    from uuid import UUID

    import numpy.typing as npt

logger = logging.getLogger(__name__)

_FOR_GOOD = {
    Answer.EXPIRED: FailureCode.EXPIRED,
    Answer.OTHER_PROBE: FailureCode.OTHER_PROBE,
    Answer.UNFIT_VECTOR: FailureCode.UNFIT_VECTOR,
}


class NotProven(Exception):  # noqa: N818  # a state of the record
    """The authorization's entry stands in no signed checkpoint yet: try again later."""


def perform_search(authorization_id: UUID) -> None:
    """Take the search to its end: one run, or one failure.

    An id that is unknown, or a search that is over, is let be. Raises EngineUnavailable or
    NotProven: try again later. What another room's rule refuses is logged and left to the relay.
    """
    permit = _open_business(authorization_id)
    if permit is None:
        logger.info("authorization %s is unknown or over", authorization_id)
        return
    try:
        if not Opening.objects.filter(authorization=permit).exists():
            _open(permit)
        run_search(authorization_id=permit.pk)
    except LockRefused as refused:
        if refused.answer in _FOR_GOOD:
            fail_search(permit.pk, _FOR_GOOD[refused.answer])
        else:
            logger.warning("authorization %s was refused: %s", permit.pk, refused)
    except WrongBytes:
        fail_search(permit.pk, FailureCode.OTHER_PROBE)
    except (SealBroken, Unknown, ProbeRefused):
        fail_search(permit.pk, FailureCode.PROBE_UNREADABLE)


def fail_search(authorization_id: UUID, code: FailureCode) -> None:
    """Record that the search will not be run; what has run, or failed before, stays as it is."""
    logger.warning("authorization %s failed: %s", authorization_id, code)
    try:
        with answers(), transaction.atomic():
            Failure.objects.create(authorization_id=authorization_id, code=code)
    except LockRefused as refused:
        logger.info("authorization %s was over: %s", authorization_id, refused)


def _open_business(authorization_id: UUID) -> Authorization | None:
    over = Run.objects.filter(authorization_id=authorization_id).exists()
    return (
        None
        if over
        else Authorization.objects.select_related("probe", "model")
        .filter(pk=authorization_id, failure__isnull=True, recall__isnull=True)
        .first()
    )


def _open(permit: Authorization) -> None:
    """Consume the authorization, unless another delivery of the message did so meanwhile."""
    _demand_proof(permit)
    vector = _template(permit)
    try:
        open_search(authorization_id=permit.pk, probe_sha256=permit.probe.sha256, vector=vector)
    except LockRefused as refused:
        if refused.answer is not Answer.ALREADY_OPENED:
            raise


def _demand_proof(permit: Authorization) -> None:
    """``RECOGNITION_PROOF_VERIFIER``: index of the entry and id in, its proof or nothing out.

    None, said expressly, is a machine without a record; a setting that is missing or empty is none.
    """
    path = getattr(settings, "RECOGNITION_PROOF_VERIFIER", "")
    if path is None:
        return
    if not path:
        raise NotProven
    proof = import_string(path)(permit.ledger_index, permit.pk)
    if not proof:
        raise NotProven
    Proof.objects.get_or_create(authorization=permit, defaults={"text": str(proof)})


def _template(permit: Authorization) -> npt.NDArray[np.float32]:
    """The template of the chosen face, made anew from the original by the authorized model."""
    engine = engine_of(permit.model)
    probe = decode(original_of(permit.probe), limits=limits())
    face = Inspection.objects.get(probe=permit.probe).faces[permit.face_index]
    left, top, right, bottom = face["box"]
    chosen = DetectedFace(
        box=(left, top, right, bottom),
        landmarks=np.asarray(face["landmarks"], np.float32),
        confidence=face["confidence"],
    )
    return engine.embed(probe.pixels, chosen)
