"""Calling a meeting: public at once, and told to the named recipients."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from oversight.council.board import events
from oversight.council.board.documents import meeting_document
from oversight.council.board.models import Meeting, Publication
from oversight.council.board.services.acting import acting, tell
from oversight.council.board.services.noticing import owe_meeting_notices
from oversight.council.board.services.publishing import publish_document
from oversight.policy.services.errors import NotAllowedError


def call_meeting(*, person: AbstractBaseUser, starts_at: datetime, place: str) -> Meeting:
    """Call a meeting.

    Raises:
        NotAllowedError: it would begin in the past, or ``person`` is not of the board.
    """
    with acting() as now:
        if starts_at <= now:
            raise NotAllowedError(_("A meeting is called for a time to come."))
        meeting = Meeting.objects.create(
            starts_at=starts_at, place=place, called_by_id=person.pk, called_at=now
        )
        owe_meeting_notices(meeting=meeting, at=now)
        publish_document(
            kind=Publication.Kind.MEETING,
            subject=meeting.pk,
            document=meeting_document(meeting),
            at=now,
        )
        committed = {"meeting": meeting.pk, "person": person.pk}
        tell(events.MEETING_CALLED, now, committed)
    return meeting
