"""The only door: what oversight may ask of the machine. It knows no officer, case or law.

Nothing here decodes an image or needs the broker, but ``hand_over_*``, which publish. All writes
belong to the caller's transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recognition import custody, selectors, services
from recognition.engines import LABELS as BAND_LABELS
from recognition.engines import Band
from recognition.exchange import (
    MAX_CANDIDATES,
    MIN_CANDIDATES,
    WORK_CHANNEL,
    AuthorizationRefused,
    BrokerUnavailable,
    CandidateSummary,
    Face,
    GallerySummary,
    Inspection,
    ModelSummary,
    ProbeRefused,
    Refusal,
    RunSummary,
    SearchState,
    SearchStatus,
    Unknown,
)
from recognition.models import ProbeImage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta
    from uuid import UUID

__all__ = [
    "BAND_LABELS",
    "MAX_CANDIDATES",
    "MIN_CANDIDATES",
    "RENDITION_MEDIA_TYPE",
    "WORK_CHANNEL",
    "AuthorizationRefused",
    "Band",
    "BrokerUnavailable",
    "CandidateSummary",
    "Face",
    "GallerySummary",
    "Inspection",
    "ModelSummary",
    "ProbeRefused",
    "Refusal",
    "RunSummary",
    "SearchState",
    "SearchStatus",
    "Unknown",
]

RENDITION_MEDIA_TYPE = "image/jpeg"
"""Of every image that is handed out: decoded, upright, without metadata, encoded afresh."""


def store_probe(*, data: bytes, claimed_type: str) -> UUID:
    """Seal an upload and keep it; the worker inspects it later.

    ``claimed_type`` is what the browser said; it is recorded and not believed.
    Raises ProbeRefused where it is empty or over the limit of bytes.
    """
    return services.store_probe(data=data, claimed_type=claimed_type)


def inspection(probe_id: UUID) -> Inspection | None:
    """What the worker found; None until it has looked. Raises Unknown."""
    return selectors.inspection(probe_id)


def probe_digest(probe_id: UUID) -> str:
    """The sha256, in hex, of the upload as it came. Raises Unknown."""
    return selectors.probe_digest(probe_id)


def probe_rendition(probe_id: UUID) -> bytes:
    """The probe as pages show it (RENDITION_MEDIA_TYPE). Raises Unknown."""
    return custody.probe_image(probe_id, ProbeImage.Kind.RENDITION)


def probe_face_image(probe_id: UUID, face_index: int) -> bytes:
    """One face of the probe, cut out (RENDITION_MEDIA_TYPE). Raises Unknown."""
    return custody.probe_image(probe_id, ProbeImage.Kind.FACE, face_index)


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
    """Permit one search. The row is also the outbox: a relay finds and hands over what is due.

    ``authorization_id`` lets the caller name it beforehand, so that the record's entry can.
    Raises AuthorizationRefused; the database refuses the same, whoever inserts.
    """
    return services.authorize_search(
        probe_id=probe_id,
        face_index=face_index,
        gallery=gallery,
        model=model,
        candidate_limit=candidate_limit,
        expires_at=expires_at,
        ledger_index=ledger_index,
        authorization_id=authorization_id,
    )


def search_state(authorization_id: UUID) -> SearchState:
    """Where the search stands. Raises Unknown."""
    return selectors.search_states([authorization_id])[authorization_id]


def search_states(authorization_ids: Iterable[UUID]) -> dict[UUID, SearchState]:
    """``search_state`` of many at once, in a fixed number of queries. Raises Unknown."""
    return selectors.search_states(authorization_ids)


def recall_search(authorization_id: UUID) -> None:
    """Take an authorization back before it is opened, for good: withdrawn, or no longer lawful.

    Inserts the one row of ``recognition_recall`` (authorization, recalled_at); ``open_search``
    refuses a recalled authorization, and a recall of an opened one is refused by the database
    (both lock the authorization's row). A recalled one is never due again, and its status is
    RECALLED.

    Raises AuthorizationRefused where the search has been opened; Unknown.
    """
    services.recall_search(authorization_id)


def due_searches(*, resend_after: timedelta) -> list[UUID]:
    """Authorizations to hand over, oldest first, locked until the transaction ends.

    Due is what has neither run nor failed nor expired and was not handed over within
    ``resend_after``. What another relay holds is skipped.
    """
    return services.due_searches(resend_after=resend_after)


def hand_over_search(authorization_id: UUID) -> None:
    """Record the hand-over and publish the id. Raises BrokerUnavailable."""
    services.hand_over_search(authorization_id)


def due_inspections(*, resend_after: timedelta) -> list[UUID]:
    """Probes that no worker has looked at; otherwise as ``due_searches``."""
    return services.due_inspections(resend_after=resend_after)


def hand_over_inspection(probe_id: UUID) -> None:
    """Record the hand-over and publish the id. Raises BrokerUnavailable."""
    services.hand_over_inspection(probe_id)


def run_of(authorization_id: UUID) -> RunSummary | None:
    """The one run of an authorization; None before it."""
    return selectors.run_of(authorization_id)


def proof_of(authorization_id: UUID) -> str | None:
    """The proof that the worker demanded before it opened the search; None where it has not yet."""
    return selectors.proof_of(authorization_id)


def candidates(run_id: UUID) -> tuple[CandidateSummary, ...]:
    """The candidates of a run, strongest first, each person once; often none. Raises Unknown."""
    return selectors.candidates(run_id)


def candidate_image(candidate_id: UUID) -> bytes | None:
    """The photograph from the gallery; None where there is none (any more). Raises Unknown."""
    return selectors.candidate_image(candidate_id)


def candidate_reference(candidate_id: UUID) -> str | None:
    """The subject's booking reference; None once expunged. Only for a lead. Raises Unknown."""
    return selectors.candidate_reference(candidate_id)


def active_model() -> ModelSummary:
    """The model that new searches use. Raises Unknown before the first enrolment."""
    return selectors.active_model()


def gallery_kind(slug: str) -> str:
    """What a gallery holds (``booking`` and so on), without counting it. Raises Unknown."""
    return selectors.gallery_kind(slug)


def gallery_summary(slug: str) -> GallerySummary:
    """A gallery and its size. Raises Unknown."""
    return selectors.gallery_summary(slug)


def galleries() -> tuple[GallerySummary, ...]:
    """All galleries, by name."""
    return selectors.galleries()


def templates_held() -> int:
    """How many templates all galleries hold, of every model."""
    return sum(templates for _, _, templates in selectors.template_counts())


def templates_purged(start: datetime, end: datetime) -> int:
    """How many templates left the galleries by expungement from ``start`` to before ``end``."""
    return selectors.templates_purged(start, end)
