"""The officer takes a request back, at any time before it has run."""

from django.db import transaction
from django.utils import timezone

from oversight.ledger.services import append_entry
from oversight.requests import events
from oversight.requests.judgement import local_day
from oversight.requests.models import SearchRequest, Withdrawal
from oversight.requests.selectors import standing_now
from oversight.requests.services.locking import hold
from oversight.requests.services.submitting import NotEditableError
from oversight.requests.state import WITHDRAWABLE, State
from recognition.gateway import recall_search


@transaction.atomic
def withdraw_request(*, request: SearchRequest, note: str = "") -> Withdrawal:
    """End a request that has not run. The database refuses a search after this commits.

    Raises:
        NotEditableError: withdrawn before, or its search has begun.
    """
    hold(request)
    standing = standing_now(request)
    if standing.state not in WITHDRAWABLE:
        raise NotEditableError
    if standing.state == State.AUTHORIZED:
        recall_search(request.submissions.latest("sequence").permission.authorization)
    at = timezone.now()
    withdrawal = Withdrawal.objects.create(request=request, note=note, withdrawn_at=at)
    append_entry(
        event=events.WITHDRAWN,
        public={"agency": request.agency_id, "day": local_day(at, request.agency)},
        committed={"request": str(request.key), "at": at.isoformat()},
    )
    return withdrawal
