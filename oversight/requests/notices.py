"""Mail at every change of holder. It names no case, no person and no result: sign in to see."""

from collections.abc import Iterable
from functools import partial

import structlog
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.people.models import Person, Role
from oversight.people.selectors import holders_of_role
from oversight.requests.models import Submission

log = structlog.get_logger()


def tell_supervisors(submission: Submission) -> None:
    """Tell the unit's supervisors, after the commit, that a request waits for them."""
    request = submission.request
    people = holders_of_role(Role.SUPERVISOR, unit=request.unit, on=timezone.localdate())
    _after_commit(
        (person for person in people if person.pk != request.requester_id),
        _("Request %(number)s waits for your sign-off") % {"number": request.pk},
    )


def tell_officer(submission: Submission) -> None:
    """Tell the officer, after the commit, that the request has moved."""
    request = submission.request
    _after_commit(
        [request.requester], _("Request %(number)s has a new status") % {"number": request.pk}
    )


def tell_of_overdue(submission: Submission) -> None:
    """Tell the officer and the unit's supervisors, after the commit, that a report is overdue."""
    request = submission.request
    people = holders_of_role(Role.SUPERVISOR, unit=request.unit, on=timezone.localdate())
    _after_commit(
        {request.requester, *people},
        _("Request %(number)s: a report is overdue") % {"number": request.pk},
    )


def _after_commit(people: Iterable[Person], subject: str) -> None:
    addresses = [person.email for person in people if person.email]
    for address in addresses:
        transaction.on_commit(partial(_send, address, subject), robust=True)


def _send(address: str, subject: str) -> None:
    body = _("Sign in to Oversight to see it. For privacy this message carries no details.")
    try:
        send_mail(subject, body, None, [address])
    except OSError:
        # The request stands whether or not the mail server does; the queue shows it.
        log.warning("mail_not_sent")
