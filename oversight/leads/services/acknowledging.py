"""The officer accepts what a lead is and is not, before it is shown."""

from django.db import transaction
from django.utils import timezone

from oversight.leads import events
from oversight.leads.models import Acknowledgement, Result
from oversight.leads.notice import NOTICE_DIGEST
from oversight.leads.services.errors import ClosedError
from oversight.leads.services.locking import hold
from oversight.leads.services.recording import record
from oversight.people.models import Person


@transaction.atomic
def acknowledge_notice(*, result: Result, officer: Person) -> Acknowledgement:
    """Record that the officer accepts the notice; the first time counts, later ones return it.

    Raises:
        ClosedError: the result has expired, or is no lead.
    """
    hold(result.comparison_id)
    if earlier := Acknowledgement.objects.filter(result=result).first():
        return earlier
    at = timezone.now()
    if result.kind != Result.Kind.LEAD or result.expires_at <= at:
        raise ClosedError
    acknowledgement = Acknowledgement.objects.create(
        result=result, officer=officer, notice=NOTICE_DIGEST, acknowledged_at=at
    )
    record(
        events.NOTICE_ACKNOWLEDGED,
        result.comparison.submission,
        at,
        run=str(result.comparison_id),
        officer=officer.pk,
        notice=NOTICE_DIGEST,
    )
    return acknowledgement
