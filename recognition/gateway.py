"""The only door: what oversight may ask of the machine. It knows no officer, case or law.

Nothing here decodes an image or needs the broker, but ``hand_over_*``, which publish. All writes
belong to the caller's transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    raise NotImplementedError


def inspection(probe_id: UUID) -> Inspection | None:
    """What the worker found; None until it has looked. Raises Unknown."""
    raise NotImplementedError


def probe_digest(probe_id: UUID) -> str:
    """The sha256, in hex, of the upload as it came. Raises Unknown."""
    raise NotImplementedError


def probe_rendition(probe_id: UUID) -> bytes:
    """The probe as pages show it (RENDITION_MEDIA_TYPE). Raises Unknown."""
    raise NotImplementedError


def probe_face_image(probe_id: UUID, face_index: int) -> bytes:
    """One face of the probe, cut out (RENDITION_MEDIA_TYPE). Raises Unknown."""
    raise NotImplementedError


def authorize_search(
    *,
    probe_id: UUID,
    face_index: int,
    gallery: str,
    model: str,
    candidate_limit: int,
    expires_at: datetime,
    ledger_index: int,
) -> UUID:
    """Permit one search. The row is also the outbox: a relay finds and hands over what is due.

    Raises AuthorizationRefused; the database refuses the same, whoever inserts.
    """
    raise NotImplementedError


def search_state(authorization_id: UUID) -> SearchState:
    """Where the search stands. Raises Unknown."""
    raise NotImplementedError


def search_states(authorization_ids: Iterable[UUID]) -> dict[UUID, SearchState]:
    """``search_state`` of many at once, in a fixed number of queries. Raises Unknown."""
    raise NotImplementedError


def recall_search(authorization_id: UUID) -> None:
    """Take an authorization back before it is opened, for good: withdrawn, or no longer lawful.

    Inserts the one row of ``recognition_recall`` (authorization, recalled_at); ``open_search``
    refuses a recalled authorization, and a recall of an opened one is refused by the database
    (both lock the authorization's row). A recalled one is never due again, and its status is
    RECALLED. The lead of the project asks for this: the requests room calls it.

    Raises AuthorizationRefused where the search has been opened; Unknown.
    """
    raise NotImplementedError


def due_searches(*, resend_after: timedelta) -> list[UUID]:
    """Authorizations to hand over, oldest first, locked until the transaction ends.

    Due is what has neither run nor failed nor expired and was not handed over within
    ``resend_after``. What another relay holds is skipped.
    """
    raise NotImplementedError


def hand_over_search(authorization_id: UUID) -> None:
    """Record the hand-over and publish the id. Raises BrokerUnavailable."""
    raise NotImplementedError


def due_inspections(*, resend_after: timedelta) -> list[UUID]:
    """Probes that no worker has looked at; otherwise as ``due_searches``."""
    raise NotImplementedError


def hand_over_inspection(probe_id: UUID) -> None:
    """Record the hand-over and publish the id. Raises BrokerUnavailable."""
    raise NotImplementedError


def run_of(authorization_id: UUID) -> RunSummary | None:
    """The one run of an authorization; None before it."""
    raise NotImplementedError


def candidates(run_id: UUID) -> tuple[CandidateSummary, ...]:
    """The candidates of a run, strongest first, each person once; often none. Raises Unknown."""
    raise NotImplementedError


def candidate_image(candidate_id: UUID) -> bytes | None:
    """The photograph from the gallery; None where there is none (any more). Raises Unknown."""
    raise NotImplementedError


def candidate_reference(candidate_id: UUID) -> str | None:
    """The subject's booking reference; None once expunged. Only for a lead. Raises Unknown."""
    raise NotImplementedError


def active_model() -> ModelSummary:
    """The model that new searches use. Raises Unknown before the first enrolment."""
    raise NotImplementedError


def gallery_summary(slug: str) -> GallerySummary:
    """A gallery and its size. Raises Unknown."""
    raise NotImplementedError


def galleries() -> tuple[GallerySummary, ...]:
    """All galleries, by name."""
    raise NotImplementedError


def templates_held() -> int:
    """How many templates all galleries hold, of every model."""
    raise NotImplementedError
