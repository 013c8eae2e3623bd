"""Writes of the institution's side: probes come in, searches are permitted and handed over."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.db.transaction import atomic
from django.utils import timezone
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from recognition import custody, exchange, refusals
from recognition.exchange import (
    MAX_CANDIDATES,
    MIN_CANDIDATES,
    AuthorizationRefused,
    BrokerUnavailable,
    ProbeRefused,
    Unknown,
)
from recognition.matching.lock import Answer, LockRefused, answers
from recognition.models import (
    Authorization,
    FaceModel,
    Gallery,
    Handover,
    Probe,
    ProbeImage,
    Recall,
)
from recognition.selectors import inspection, probe_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta
    from uuid import UUID

    from celery import Task

DUE_AT_ONCE = 100
CLAIMED_TYPE_LENGTH = 100


def store_probe(*, data: bytes, claimed_type: str) -> UUID:
    """See ``gateway.store_probe``."""
    if not data:
        raise _refused(refusals.ProbeRefused(refusals.Refusal.EMPTY))
    if len(data) > settings.PROBE_MAX_BYTES:
        raise _refused(
            refusals.ProbeRefused(
                refusals.Refusal.TOO_MANY_BYTES, found=len(data), limit=settings.PROBE_MAX_BYTES
            )
        )
    with atomic():
        probe = Probe.objects.create(
            sha256=hashlib.sha256(data).hexdigest(),
            byte_size=len(data),
            claimed_type="".join(filter(str.isprintable, claimed_type))[:CLAIMED_TYPE_LENGTH],
        )
        custody.keep_probe_image(probe_id=probe.pk, kind=ProbeImage.Kind.ORIGINAL, data=data)
    return probe.pk


def authorize_search(
    *,
    probe_id: UUID,
    face_index: int,
    gallery: str,
    model: str,
    candidate_limit: int,
    expires_at: datetime,
    ledger_index: int,
    authorization_id: UUID | None = None,
) -> UUID:
    """See ``gateway.authorize_search``."""
    _check_face(probe_id, face_index)
    if not MIN_CANDIDATES <= candidate_limit <= MAX_CANDIDATES:
        raise AuthorizationRefused(
            f"candidate_limit is {candidate_limit}; give {MIN_CANDIDATES} to {MAX_CANDIDATES}."
        )
    if expires_at <= timezone.now():
        raise AuthorizationRefused("expires_at is past; give a time to come.")
    if ledger_index < 0:
        raise AuthorizationRefused("ledger_index is negative; append the entry first.")
    try:
        held, known = Gallery.objects.get(slug=gallery), FaceModel.objects.get(slug=model)
    except (Gallery.DoesNotExist, FaceModel.DoesNotExist) as error:
        raise AuthorizationRefused(
            f"gallery {gallery!r} or model {model!r} is not known here; see the inventory."
        ) from error
    permit = Authorization(
        id=authorization_id or uuid4(),
        probe_id=probe_id,
        probe_sha256=probe_digest(probe_id),
        face_index=face_index,
        gallery=held,
        model=known,
        candidate_limit=candidate_limit,
        expires_at=expires_at,
        ledger_index=ledger_index,
    )
    permit.save(force_insert=True)
    return permit.pk


def recall_search(authorization_id: UUID) -> None:
    """See ``gateway.recall_search``."""
    if not Authorization.objects.filter(pk=authorization_id).exists():
        raise Unknown("There is no such authorization.")
    try:
        with answers(), atomic():
            Recall.objects.create(authorization_id=authorization_id)
    except LockRefused as refused:
        if refused.answer is not Answer.RECALLED:
            raise AuthorizationRefused(
                "The search has been opened or is over; it cannot be recalled."
            ) from refused


def due_searches(*, resend_after: timedelta) -> list[UUID]:
    """See ``gateway.due_searches``."""
    return _due(
        "SELECT * FROM recognition_due_searches(make_interval(secs => %s), %s)", resend_after
    )


def due_inspections(*, resend_after: timedelta) -> list[UUID]:
    """See ``gateway.due_inspections``."""
    return _due(
        "SELECT * FROM recognition_due_inspections(make_interval(secs => %s), %s)", resend_after
    )


def hand_over_search(authorization_id: UUID) -> None:
    """See ``gateway.hand_over_search``."""
    from recognition.tasks import run_search  # noqa: PLC0415  # the tasks import what is above

    Handover.objects.create(authorization_id=authorization_id)
    _publish(run_search, authorization_id)


def hand_over_inspection(probe_id: UUID) -> None:
    """See ``gateway.hand_over_inspection``."""
    from recognition.tasks import inspect_probe  # noqa: PLC0415  # as above

    Handover.objects.create(probe_id=probe_id)
    _publish(inspect_probe, probe_id)


def _refused(error: refusals.ProbeRefused) -> ProbeRefused:
    return ProbeRefused(exchange.Refusal(error.code.value, error.message, error.remedy))


def _check_face(probe_id: UUID, face_index: int) -> None:
    try:
        seen = inspection(probe_id)
    except Unknown as error:
        raise AuthorizationRefused("probe_id names no probe.") from error
    if seen is None or not seen.accepted:
        raise AuthorizationRefused("probe_id names a probe that was not accepted (yet).")
    if not 0 <= face_index < len(seen.faces):
        raise AuthorizationRefused(
            f"face_index is {face_index}; the probe has {len(seen.faces)} faces, from 0."
        )
    if not seen.faces[face_index].searchable:
        raise AuthorizationRefused("face_index names a face that is too small to be compared.")


def _due(query: str, resend_after: timedelta) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(query, [resend_after.total_seconds(), DUE_AT_ONCE])
        return [found for (found,) in cursor.fetchall()]


def _publish(task: Task[..., None], what: UUID) -> None:
    with _broker():
        task.apply_async(args=(str(what),), retry=False)


@contextmanager
def _broker() -> Iterator[None]:
    try:
        yield
    except (KombuError, OSError, RedisError) as error:  # the last: a full disk, for one
        raise BrokerUnavailable("The broker did not take the message.") from error
