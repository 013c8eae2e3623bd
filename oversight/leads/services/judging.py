"""Recording what a comparison with one candidate showed."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from oversight.leads import events
from oversight.leads.checklist import unknown_features
from oversight.leads.findings import Findings
from oversight.leads.models import Examination, Judgement, Viewing
from oversight.leads.services.errors import AlreadyRecordedError, NotShownError
from oversight.leads.services.locking import hold
from oversight.leads.services.recording import record
from oversight.leads.services.viewing import check_open

SEEN_WITHIN: Final = timedelta(hours=12)
"""A judgement rests on what was seen, and permitted, since the examiner signed in."""


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
