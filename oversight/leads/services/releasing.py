"""An examination that will not be finished makes room for another examiner."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from oversight.leads import events
from oversight.leads.models import Examination, Release
from oversight.leads.services.locking import hold
from oversight.leads.services.recording import record
from oversight.leads.services.viewing import check_open


@transaction.atomic
def release_examination(*, examination: Examination, reason: Release.Reason) -> Release:
    """Hand an examination back. The same examiner cannot take it on again.

    Raises:
        ClosedError: it is concluded or released already.
    """
    hold(examination.comparison_id)
    check_open(examination)
    return insert_release(examination, reason, timezone.now())


def insert_release(examination: Examination, reason: Release.Reason, at: datetime) -> Release:
    """Insert the row and its entry; the caller holds the comparison."""
    release = Release.objects.create(examination=examination, reason=reason, released_at=at)
    record(
        events.EXAMINATION_RELEASED,
        examination.comparison.submission,
        at,
        examination=examination.pk,
        reason=str(reason),
    )
    return release
