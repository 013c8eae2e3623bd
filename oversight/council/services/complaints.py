"""Complaints: received from anyone, acknowledged, compared with the searches, answered.

What reaches the complainant (the times, the stages, the answer's form) does not depend on whether a
search exists. The link to one is a row that only the board and auditors read.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from oversight.council.events import complaints as events
from oversight.council.models import (
    Acknowledgement,
    Comparison,
    Complaint,
    ComplaintContact,
    Finding,
)
from oversight.council.models.comment import new_number
from oversight.council.services.recording import (
    NotAllowedError,
    digest_of,
    digest_of_facts,
    held_to_the_rules,
    now,
    record,
)
from oversight.people.models import Person
from oversight.requests.models import SearchRequest


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody complains about; name and how to reach them only if they wish."""

    subject: str
    text: str
    case_number: str = ""
    name: str = ""
    reach: str = ""


def submit_complaint(*, told: Told) -> str:
    """Keep a complaint; returns the receipt code, which is not kept and opens its status page."""
    at, code = now(), f"{new_number()}-{secrets.token_hex(2).upper()}"
    with transaction.atomic():
        complaint = Complaint.objects.create(
            code_digest=digest_of_code(code),
            subject=told.subject,
            text=told.text,
            digest=digest_of(told.text.encode()),
            case_number=told.case_number,
            received_at=at,
            acknowledge_by=at + settings.COMPLAINT_ACKNOWLEDGED_WITHIN,
            answer_by=at + settings.COMPLAINT_ANSWERED_WITHIN,
        )
        if told.name or told.reach:
            ComplaintContact.objects.create(complaint=complaint, name=told.name, reach=told.reach)
        record(
            events.COMPLAINT_RECEIVED,
            at,
            complaint=complaint.pk,
            subject=told.subject,
            text=complaint.digest,
        )
    return code


def open_complaint(*, complaint: Complaint, reader: Person) -> None:
    """Record that someone opened a complaint, which may hold a name and an address."""
    with transaction.atomic():
        record(events.COMPLAINT_OPENED, now(), complaint=complaint.pk, reader=reader.pk)


def digest_of_code(code: str) -> str:
    """The digest under which a receipt code is looked up; case and hyphens do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return f"sha256:{hashlib.sha256(f'complaint {plain}'.encode()).hexdigest()}"


def acknowledge_complaint(*, complaint: Complaint, person: Person) -> Acknowledgement:
    """Say that the board has read it.

    Raises:
        NotAllowedError: it was acknowledged before, or ``person`` is not of the board.
    """
    at = now()
    if Acknowledgement.objects.filter(complaint=complaint).exists():
        raise NotAllowedError(_("It was acknowledged before."))
    with held_to_the_rules(), transaction.atomic():
        done = Acknowledgement.objects.create(complaint=complaint, made_by=person, made_at=at)
        record(events.COMPLAINT_ACKNOWLEDGED, at, complaint=complaint.pk, person=person.pk)
    return done


def compare_complaint(
    *, complaint: Complaint, request: SearchRequest | None, note: str, person: Person
) -> Comparison:
    """Record that a complaint was compared with the searches, and the search that was found, if any.

    The entry is the same either way: the record tells nobody whether there is a search.

    Raises:
        NotAllowedError: ``person`` is neither of the board nor an auditor.
    """
    at = now()
    with held_to_the_rules(), transaction.atomic():
        comparison = Comparison.objects.create(
            complaint=complaint, request=request, note=note, made_by=person, made_at=at
        )
        record(
            events.COMPLAINT_COMPARED,
            at,
            comparison=comparison.pk,
            complaint=complaint.pk,
            request=str(request.key) if request else None,
            person=person.pk,
        )
    return comparison


def answer_complaint(
    *, complaint: Complaint, outcome: Finding.Outcome, action: str, answer: str, person: Person
) -> Finding:
    """End a complaint with a finding and an answer.

    It must have been compared with the searches first, so that how long an answer takes does not
    tell whether there was one to compare it with.

    Raises:
        NotAllowedError: answered before, not compared yet, or ``person`` is not of the board.
    """
    at = now()
    if Finding.objects.filter(complaint=complaint).exists():
        raise NotAllowedError(_("It was answered before; that answer stands."))
    if not Comparison.objects.filter(complaint=complaint).exists():
        raise NotAllowedError(_("Compare it with the record of searches first."))
    with held_to_the_rules(), transaction.atomic():
        finding = Finding.objects.create(
            complaint=complaint,
            outcome=outcome,
            action=action,
            answer=answer,
            made_by=person,
            made_at=at,
        )
        record(
            events.COMPLAINT_ANSWERED,
            at,
            complaint=complaint.pk,
            outcome=str(outcome),
            content=digest_of_facts(action=action, answer=answer),
            person=person.pk,
        )
    return finding


def remove_contact(*, complaint: Complaint, person: Person) -> None:
    """Remove name and address of who complained, once nobody needs them any more.

    Raises:
        NotAllowedError: the complaint is not answered yet.
    """
    at = now()
    if not Finding.objects.filter(complaint=complaint).exists():
        raise NotAllowedError(_("Answer the complaint first."))
    with transaction.atomic():
        removed, _by_model = ComplaintContact.objects.filter(complaint=complaint).delete()
        if removed:
            record(events.COMPLAINT_CONTACT_REMOVED, at, complaint=complaint.pk, person=person.pk)
