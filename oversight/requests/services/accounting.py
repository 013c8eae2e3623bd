"""Reports after a search: filed by whoever owes them, and noted when their term ends without one."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from oversight.ledger.registry import EventKind
from oversight.ledger.services import append_entry
from oversight.people.models import Person
from oversight.requests import duties, events, notices
from oversight.requests.judgement import day_of, digest_of_text
from oversight.requests.models import Duty, DutyOverdue, DutyReport
from oversight.requests.services.locking import hold


class NothingOwedError(Exception):
    """The report is not owed, or was filed already; nothing was changed."""


@transaction.atomic
def file_report(*, duty: Duty, officer: Person, text: str) -> DutyReport:
    """File what the officer owes on a search. A late report is taken, and stays late in the record.

    Raises:
        NothingOwedError: it is someone else's, was filed already, or no search has begun.
    """
    hold(duty.submission.request)
    owed = {each.pk: each for each in duties.unfiled_of(officer)}
    if duty.pk not in owed:
        raise NothingOwedError
    report = DutyReport.objects.create(duty=duty, text=text, filed_at=timezone.now())
    _record(events.DUTY_REPORTED, owed[duty.pk], report.filed_at, report=digest_of_text(text))
    return report


def note_overdue_duties(*, at: datetime | None = None) -> int:
    """Note every term that has ended with nothing filed; returns how many were noted now.

    Each in a transaction of its own, under the request's lock: a report that is being filed
    comes before or after.
    """
    at = at or timezone.now()
    return sum(_note(duty, at) for duty in duties.overdue_unnoted(at))


@transaction.atomic
def _note(duty: Duty, at: datetime) -> bool:
    hold(duty.submission.request)
    if DutyReport.objects.filter(duty=duty).exists():
        return False
    _noted, fresh = DutyOverdue.objects.get_or_create(duty=duty, defaults={"noted_at": at})
    if fresh:
        _record(events.DUTY_OVERDUE, duty, at)
        notices.tell_of_overdue(duty.submission)
    return fresh


def _record(event: EventKind, duty: Duty, at: datetime, **more: str) -> None:
    append_entry(
        event=event,
        public={
            "agency": duty.submission.request.agency_id,
            "day": day_of(at, duty.submission),
        },
        committed={"duty": duty.pk, "at": at.isoformat(), **more},
    )
