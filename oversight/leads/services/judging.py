"""Recording what a comparison with one candidate showed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from oversight.leads import events
from oversight.leads.checklist import unknown_features
from oversight.leads.models import Examination, Judgement, Support, Viewing
from oversight.leads.services.errors import AlreadyRecordedError, NotShownError
from oversight.leads.services.locking import hold
from oversight.leads.services.recording import record
from oversight.leads.services.viewing import check_open

SEEN_WITHIN: Final = timedelta(hours=12)
"""A judgement rests on what was seen, and permitted, since the examiner signed in."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What an examiner found: features by their slug, texts in their own words."""

    support: Support
    features: Mapping[str, str] = field(default_factory=dict)
    similarities: str = ""
    dissimilarities: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """All of it, as JSON with sorted keys."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @property
    def digest(self) -> str:
        """``sha256:`` and the digest of its text."""
        return "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()


def findings_of(judgement: Judgement) -> Findings:
    """Return what a recorded judgement found."""
    return Findings(
        support=Support(judgement.support),
        features=judgement.features,
        similarities=judgement.similarities,
        dissimilarities=judgement.dissimilarities,
        note=judgement.note,
    )


@transaction.atomic
def record_judgement(*, examination: Examination, candidate: UUID, findings: Findings) -> Judgement:
    """Record a comparison for good.

    Raises:
        ValueError: a feature or finding that is not on the checklist.
        AlreadyRecordedError: this candidate was judged before; the first judgement stands.
        ClosedError: the examination is closed.
        NotShownError: the examiner was not shown this candidate within ``SEEN_WITHIN``.
    """
    if unknown := unknown_features(findings.features):
        raise ValueError(f"Not on the checklist: {', '.join(unknown)}.")
    hold(examination.comparison_id)
    if Judgement.objects.filter(examination=examination, candidate=candidate).exists():
        raise AlreadyRecordedError
    check_open(examination)
    at = timezone.now()
    if not Viewing.objects.filter(
        comparison=examination.comparison_id,
        viewer=examination.examiner_id,
        candidate=candidate,
        viewed_at__gt=at - SEEN_WITHIN,
    ).exists():
        raise NotShownError
    judgement = Judgement.objects.create(
        examination=examination,
        candidate=candidate,
        support=findings.support,
        features=dict(findings.features),
        similarities=findings.similarities,
        dissimilarities=findings.dissimilarities,
        note=findings.note,
        recorded_at=at,
    )
    record(
        events.CANDIDATE_JUDGED,
        examination.comparison.submission,
        at,
        judgement=judgement.pk,
        examination=examination.pk,
        candidate=str(candidate),
        support=str(findings.support),
        content=findings.digest,
    )
    return judgement
