"""Notices: owed in the transaction of what they are about, sent by the clerk, kept when they fail."""

from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Model

from oversight.council.board import events
from oversight.council.board.duties import Owed, owed_after, owed_for_meeting, owed_for_violation
from oversight.council.board.models import (
    Dispatch,
    Finding,
    Meeting,
    Notice,
    RecipientChange,
)
from oversight.council.board.sampled import request_at
from oversight.council.board.selectors import notices_to_send
from oversight.council.board.services.acting import acting, tell
from oversight.council.board.services.letters import letter_of

log = structlog.get_logger()


def owe_violation_notices(*, finding: Finding, at: datetime) -> None:
    """Owe every office its notice of a violation, as the duties of the agency concerned say."""
    agency = request_at(finding.sample, finding.place).agency_id
    for owed in owed_for_violation(agency=agency, safeguard=finding.safeguard, at=at):
        _owe(Notice(finding=finding), owed, at)


def owe_meeting_notices(*, meeting: Meeting, at: datetime) -> None:
    """Owe every office its notice of a meeting."""
    for owed in owed_for_meeting(agency=settings.AGENCY, starts_at=meeting.starts_at):
        _owe(Notice(meeting=meeting), owed, at)


def owe_notices(kind: str, *, subject: str, about: Model, at: datetime) -> None:
    """Owe every office its notice of an act at a moment, by the duties of a kind.

    Args:
        subject: the field of a notice that ``about`` goes into, such as ``suspension``.
    """
    for owed in owed_after(kind, agency=settings.AGENCY, at=at):
        _owe(Notice(**{subject: about}), owed, at)


def send_due_notices() -> int:
    """Send every notice that a named recipient has not been sent; gives how many. By the clock.

    What the mail server does not take stays owed, and is tried again.
    """
    return sum(_send(notice, recipient) for notice, recipient in notices_to_send())


def _owe(notice: Notice, owed: Owed, at: datetime) -> None:
    notice.office, notice.duty = owed.office, owed.duty.slug
    notice.owed_at, notice.due_at = at, owed.due_at
    notice.save(force_insert=True)
    tell(
        events.NOTICE_OWED,
        at,
        {"notice": notice.pk, "office": notice.office, "due": notice.due_at.isoformat()},
        basis=owed.duty.citation,
    )


def _send(notice: Notice, recipient: RecipientChange) -> bool:
    letter = letter_of(notice)
    try:
        send_mail(str(letter.subject), str(letter.body), None, [recipient.address])
    except OSError:
        log.warning("notice_not_sent", notice=notice.pk)
        return False
    # Only now, so that no mail server is waited for while the record is held.
    with acting() as now:
        dispatch = Dispatch.objects.create(notice=notice, recipient=recipient, sent_at=now)
        committed = {"dispatch": dispatch.pk, "notice": notice.pk, "recipient": recipient.pk}
        tell(events.NOTICE_SENT, now, committed)
    return True
