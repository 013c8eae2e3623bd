"""Findings about the members of a sample, the department's answers, and how they end."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from oversight.council.board import events
from oversight.council.board.models import Answer, Finding, Resolution, Sample
from oversight.council.board.sampled import request_at
from oversight.council.board.services.acting import acting, one_at_a_time, tell
from oversight.council.board.services.noticing import owe_violation_notices
from oversight.council.board.services.publishing import publish_sample
from oversight.people.models import Person
from oversight.policy.services.errors import NotAllowedError

Kind = Finding.Kind


def record_finding(
    *,
    person: AbstractBaseUser,
    sample: Sample,
    place: int,
    kind: Finding.Kind,
    safeguard: str = "",
    text: str = "",
    answer_due: date | None = None,
) -> Finding:
    """Record what was found in one member of a sample; a violation owes its notices at once.

    Raises:
        NotAllowedError: no such member, it was found to comply (or otherwise) before, or
            ``person`` is not of the board.
    """
    with acting() as now:
        one_at_a_time()
        _check_consistent(sample, place, kind)
        finding = Finding.objects.create(
            sample=sample,
            place=place,
            kind=kind,
            safeguard=safeguard,
            text=text,
            answer_due=None if kind == Kind.COMPLIANT else answer_due,
            found_by_id=person.pk,
            found_at=now,
        )
        if kind == Kind.VIOLATION:
            owe_violation_notices(finding=finding, at=now)
        publish_sample(sample=sample, at=now)
        told = {"finding": finding.pk, "sample": sample.number, "place": place}
        ruled = {"kind": str(kind), "safeguard": safeguard, "person": person.pk}
        tell(events.FOUND, now, {**told, **ruled})
    return finding


def answer_finding(*, person: Person, finding: Finding, text: str) -> Answer:
    """Answer a finding for the department.

    Raises:
        NotAllowedError: answered already, nothing to answer, or ``person`` is no supervisor of the
            unit that asked for the search.
    """
    with acting() as now:
        one_at_a_time()
        if Answer.objects.filter(finding=finding).exists():
            raise NotAllowedError(_("This finding has been answered already."))
        if request_at(finding.sample, finding.place).unit_id != person.unit_id:
            raise NotAllowedError(_("Only a supervisor of the unit concerned answers."))
        answer = Answer.objects.create(
            finding=finding, text=text, answered_by=person, answered_at=now
        )
        publish_sample(sample=finding.sample, at=now)
        tell(events.ANSWERED, now, {"finding": finding.pk, "person": person.pk})
    return answer


def resolve_finding(
    *,
    person: AbstractBaseUser,
    finding: Finding,
    outcome: Resolution.Outcome,
    action: str = "",
) -> Resolution:
    """Close a finding: after its answer, or once the day for the answer has passed.

    Raises:
        NotAllowedError: closed already, the department may still answer, or ``person`` is not of
            the board.
    """
    with acting() as now:
        one_at_a_time()
        if Resolution.objects.filter(finding=finding).exists():
            raise NotAllowedError(_("This finding has been closed already."))
        answered = Answer.objects.filter(finding=finding).exists()
        if not answered and finding.answer_due and now.date() <= finding.answer_due:
            raise NotAllowedError(
                _("The department may still answer. Close it after the answer, or when it is late.")
            )
        resolution = Resolution.objects.create(
            finding=finding,
            outcome=outcome,
            action=action,
            resolved_by_id=person.pk,
            resolved_at=now,
        )
        publish_sample(sample=finding.sample, at=now)
        committed = {"finding": finding.pk, "outcome": str(outcome), "person": person.pk}
        tell(events.RESOLVED, now, committed)
    return resolution


def _check_consistent(sample: Sample, place: int, kind: Finding.Kind) -> None:
    before = set(Finding.objects.filter(sample=sample, place=place).values_list("kind", flat=True))
    if kind == Kind.COMPLIANT and before:
        raise NotAllowedError(_("There is a finding about this search already."))
    if Kind.COMPLIANT in before:
        raise NotAllowedError(_("This search was found to comply already."))
