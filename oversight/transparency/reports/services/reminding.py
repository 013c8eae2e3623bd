"""Reminding those who file reports, by mail without any content of a case, once at each stage."""

from datetime import date
from typing import Final

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.interface.display import date_text
from oversight.ledger.services import append_entry
from oversight.people.models import Person, Role
from oversight.transparency.reports import events, selectors
from oversight.transparency.reports.models import Reminder
from oversight.transparency.reports.presenting import days_text
from oversight.transparency.reports.selectors import Obligation, Status
from oversight.transparency.reports.services.shared import wait_for_others, where

log = structlog.get_logger()

_STAGES: Final = {
    Status.OPEN: Reminder.Stage.OPEN,
    Status.SOON: Reminder.Stage.SOON,
    Status.OVERDUE: Reminder.Stage.OVERDUE,
}


def send_reminders(*, on: date | None = None) -> int:
    """Remind of every report that may be filed and was not; returns how many reminders were sent.

    Each report is reminded of once when it may be filed, once when it is due soon, and once when it
    is overdue. A mail that nobody took is tried again the next time.
    """
    today = on or timezone.localdate()
    owed = list(selectors.outstanding(settings.AGENCY, today))
    return sum(_remind(each, _STAGES[each.status]) for each in owed)


@transaction.atomic
def _remind(owed: Obligation, stage: Reminder.Stage) -> bool:
    term = owed.term
    about = {"pack": owed.pack.slug, "period_from": term.start, "period_to": term.end}
    wait_for_others()
    if Reminder.objects.filter(**about, stage=stage).exists():
        return False
    taken = _send(owed, stage)
    if not taken:
        log.warning("report_reminder_not_sent", pack=owed.pack.slug, due=term.due.isoformat())
        return False
    at = timezone.now()
    reminder = Reminder.objects.create(
        **about, stage=stage, due=term.due, recipients=taken, sent_at=at
    )
    append_entry(
        event=events.REMINDER_SENT,
        public=where(at),
        committed={
            "reminder": reminder.pk,
            "pack": owed.pack.slug,
            "period_from": term.start.isoformat(),
            "period_to": term.end.isoformat(),
            "due": term.due.isoformat(),
            "recipients": taken,
            "at": at.isoformat(),
        },
    )
    return True


def _send(owed: Obligation, stage: Reminder.Stage) -> int:
    """Mail each recipient apart, so that none sees another; returns how many took it."""
    term, title = owed.term, str(owed.pack.title)
    subjects = {
        Reminder.Stage.OPEN: _("A report may be filed: %(title)s"),
        Reminder.Stage.SOON: _("A report is due soon: %(title)s"),
        Reminder.Stage.OVERDUE: _("A report is overdue: %(title)s"),
    }
    body = _(
        "Report: %(title)s\nPeriod: %(period)s\nDue: %(due)s\n\nSign in to Oversight to write what"
        " is missing and to file it."
    ) % {
        "title": title,
        "period": days_text(term.start, term.end),
        "due": date_text(term.due),
    }
    subject = subjects[stage] % {"title": title}
    return sum(_taken(address, subject, body) for address in _recipients())


def _taken(address: str, subject: str, body: str) -> bool:
    try:
        return send_mail(subject, body, None, [address]) > 0
    except OSError:
        return False


def _recipients() -> list[str]:
    if settings.REPORT_RECIPIENTS:
        return list(settings.REPORT_RECIPIENTS)
    today = timezone.localdate()
    held = Person.objects.filter(
        Q(role_grants__held_until__isnull=True) | Q(role_grants__held_until__gt=today),
        is_active=True,
        role_grants__role__in=[Role.ADMINISTRATOR, Role.BOARD],
        role_grants__held_from__lte=today,
    )
    return sorted(set(held.exclude(email="").values_list("email", flat=True)))
