"""The frozen types and errors that oversight and recognition share; ``gateway`` hands them out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from recognition.engines import Band

MIN_CANDIDATES, MAX_CANDIDATES = 2, 50
"""NGI returns 2 to 50 candidates: FBI NGI Interstate Photo System, policy guide (R22)."""

WORK_CHANNEL = "recognition_work"
"""PostgreSQL channel on which a relay hears that a probe or an authorization came in."""


class ProbeRefused(Exception):  # noqa: N818  # a state of the probe, named as the desk says it
    """The upload cannot be stored; ``refusal`` says why and what would cure it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


class AuthorizationRefused(ValueError):  # noqa: N818  # as ProbeRefused
    """What was to be authorized cannot be: the message names the argument and the remedy."""


class BrokerUnavailable(Exception):  # noqa: N818  # as EngineUnavailable
    """The message was not taken. Let the transaction roll back and try again later."""


class Unknown(LookupError):  # noqa: N818  # as Django's DoesNotExist
    """There is no such probe, face, gallery, model, authorization, run or candidate."""


@dataclass(frozen=True)
class Refusal:
    """Why something was not done. ``code`` is stable; the texts are in the reader's language."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Face:
    """One face of a probe. Lengths are pixels of the upright photograph, from its top left corner.

    The photograph's size is that of the inspection; its rendition may be smaller.

    ``box``: left, top, right, bottom. ``landmarks``: both eyes, nose, both corners of the mouth,
    each x, y. ``quality``: 0..1, of the photograph, not of the person. ``findings``: codes of
    what lowers it. ``searchable``: false where the face is too small or too poor to be searched.
    """

    index: int
    box: tuple[float, float, float, float]
    landmarks: tuple[tuple[float, float], ...]
    interocular_px: float
    quality: float
    findings: tuple[str, ...]
    searchable: bool


@dataclass(frozen=True)
class Inspection:
    """What the worker found in a probe. Where ``refusal`` stands, all that follows is empty."""

    probe_id: UUID
    inspected_at: datetime
    refusal: Refusal | None
    media_type: str
    width: int
    height: int
    faces: tuple[Face, ...]

    @property
    def accepted(self) -> bool:
        """Whether the probe can be used."""
        return self.refusal is None


class SearchStatus(StrEnum):
    """Where an authorized search stands; RUN, FAILED, EXPIRED and RECALLED are for good."""

    WAITING = "waiting"
    HANDED_OVER = "handed_over"
    OPENED = "opened"
    RUN = "run"
    FAILED = "failed"
    EXPIRED = "expired"
    RECALLED = "recalled"


@dataclass(frozen=True)
class SearchState:
    """The life of one authorization so far; ``handed_over_at`` is the latest hand-over."""

    authorization_id: UUID
    status: SearchStatus
    authorized_at: datetime
    expires_at: datetime
    handed_over_at: datetime | None
    opened_at: datetime | None
    run_at: datetime | None
    failed_at: datetime | None
    recalled_at: datetime | None
    failure: Refusal | None


@dataclass(frozen=True)
class RunSummary:
    """One run of an authorization. Digests are sha256 in hex (docs/decisions/0051)."""

    id: UUID
    authorization_id: UUID
    started_at: datetime
    finished_at: datetime
    gallery: str
    gallery_digest: str
    model: str
    model_sha256: str
    vector_sha256: str
    candidates_sha256: str
    templates_compared: int
    candidate_count: int


@dataclass(frozen=True)
class CandidateSummary:
    """A candidate as examiners may know it: no name, no rank, no distance."""

    id: UUID
    band: Band
    has_image: bool


@dataclass(frozen=True)
class ModelSummary:
    """A face model; ``slug`` names exactly one pack, byte for byte."""

    slug: str
    name: str
    version: str
    licence: str
    evaluation_only: bool
    sha256: str


@dataclass(frozen=True)
class GallerySummary:
    """A gallery and its size; ``templates`` counts those of the active model."""

    slug: str
    name: str
    kind: str
    custodian: str
    subjects: int
    templates: int
    model: str | None
