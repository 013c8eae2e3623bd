"""Publishing: what the public reads of samples, meetings and packs, frozen and numbered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from oversight.council.board import events
from oversight.council.board.documents import sample_document
from oversight.council.board.models import Publication, Sample
from oversight.council.board.services.acting import tell
from oversight.transparency.document import digest_of


def publish_document(
    *, kind: Publication.Kind, subject: int, document: Mapping[str, Any], at: datetime
) -> Publication | None:
    """Publish a document as the next of its subject; None where the last one says the same."""
    before = Publication.objects.filter(kind=kind, subject=subject).order_by("-sequence").first()
    digest = digest_of(document)
    if before is not None and before.digest == digest:
        return None
    made = Publication.objects.create(
        kind=kind,
        subject=subject,
        sequence=before.sequence + 1 if before else 1,
        document=dict(document),
        digest=digest,
        published_at=at,
    )
    committed = {"publication": made.pk, "subject": subject, "sequence": made.sequence}
    tell(events.PUBLISHED, at, committed, document=digest, use_type=str(kind))
    return made


def announce_plan(*, sample: Sample, at: datetime) -> None:
    """Publish a sample for the first time, with its plan and so its frame."""
    document = {**sample_document(sample), "plan": sample.plan}
    _publish(sample, document, at)


def publish_sample(*, sample: Sample, at: datetime) -> None:
    """Publish how a sample stands; findings by rule only when every member was looked at."""
    _publish(sample, sample_document(sample), at)


def _publish(sample: Sample, document: Mapping[str, Any], at: datetime) -> None:
    publish_document(kind=Publication.Kind.SAMPLE, subject=sample.number, document=document, at=at)
