"""What the department enters about requests for public records."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from oversight.council.events import complaints as events
from oversight.council.models import RecordsAnswer, RecordsRequest
from oversight.council.services.recording import (
    NotAllowedError,
    digest_of_facts,
    held_to_the_rules,
    now,
    record,
)
from oversight.people.models import Person

_KEPT_BACK: Final = (RecordsAnswer.Outcome.PARTLY, RecordsAnswer.Outcome.DENIED)


def enter_records_request(*, number: str, received_on: date, person: Person) -> RecordsRequest:
    """Enter a request by the department's own number.

    Raises:
        NotAllowedError: the number was entered before, the day is ahead, or no administrator.
    """
    at = now()
    if RecordsRequest.objects.filter(number=number).exists():
        raise NotAllowedError(_("This number was entered before."), field="number")
    if received_on > at.date():
        raise NotAllowedError(
            _("The day on which it was received must not be in the future."), field="received_on"
        )
    with held_to_the_rules(), transaction.atomic():
        request = RecordsRequest.objects.create(
            number=number, received_on=received_on, entered_by=person, entered_at=at
        )
        record(
            events.RECORDS_REQUEST_ENTERED,
            at,
            records_request=request.pk,
            person=person.pk,
            content=digest_of_facts(number=number, received_on=received_on),
        )
    return request


def enter_records_answer(
    *,
    request: RecordsRequest,
    outcome: RecordsAnswer.Outcome,
    answered_on: date,
    exemption: str,
    person: Person,
) -> RecordsAnswer:
    """Enter how a request ended.

    Raises:
        NotAllowedError: it ended before, the days do not fit, an exemption is missing where records
            were kept back, or no administrator.
    """
    at = now()
    if RecordsAnswer.objects.filter(request=request).exists():
        raise NotAllowedError(_("How it ended was entered before."))
    if not request.received_on <= answered_on <= at.date():
        raise NotAllowedError(
            _("It must be answered after it was received, and not in the future."),
            field="answered_on",
        )
    if outcome in _KEPT_BACK and not exemption:
        raise NotAllowedError(
            _("Say which exemption was cited for what was kept back."), field="exemption"
        )
    with held_to_the_rules(), transaction.atomic():
        answer = RecordsAnswer.objects.create(
            request=request,
            outcome=outcome,
            answered_on=answered_on,
            exemption=exemption,
            entered_by=person,
            entered_at=at,
        )
        record(
            events.RECORDS_ANSWER_ENTERED,
            at,
            records_request=request.pk,
            person=person.pk,
            content=digest_of_facts(
                outcome=str(outcome), answered_on=answered_on, exemption=exemption
            ),
        )
    return answer
