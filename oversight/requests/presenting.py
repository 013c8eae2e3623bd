"""From rows and answers to what pages show: summaries, histories, reasons."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import SummaryRow, TimelineEntry
from oversight.requests.models import (
    Decision,
    Duty,
    ReturnReason,
    SearchRequest,
    SignOff,
    Submission,
)
from oversight.requests.pictures import findings_of
from oversight.requests.preview import inspected
from oversight.requests.questions import QUESTIONS, Answers, Question, Text, told
from oversight.requests.selectors import as_it_stands
from oversight.requests.stages import Stage, stages_of
from oversight.requests.state import EDITABLE, Standing, State, latest_decision

_GROUPS = (
    (_("Case"), "case"),
    (_("Legal basis"), "legal_basis"),
    (_("Image and source"), "source"),
    (_("Scope"), "scope"),
)

_NEEDED = {
    "case_number": _("Case: the case, its purpose and the offence"),
    "predicate_level": _("Legal basis: the suspicion and its facts"),
    "face_index": _("Image: a picture, and whose face is meant"),
    "kind": _("Source: what the image is and where it comes from"),
    "gallery": _("Scope: the gallery and the number of candidates"),
}

_ADDRESS_OF_NEED = {
    "case_number": "case",
    "predicate_level": "legal_basis",
    "face_index": "image",
    "kind": "source",
    "gallery": "scope",
}


def answer_rows(answers: Answers) -> list[SummaryRow]:
    """Return the answers that are there, each with its question."""
    return [
        SummaryRow(question.label, told(question, answers))
        for question in QUESTIONS
        if question.key in answers
    ]


def sheet_rows(answers: Answers) -> list[SummaryRow]:
    """Return every question with its answer: that there is no warrant is worth reading, too."""
    return [SummaryRow(each.label, told(each, answers)) for each in QUESTIONS if _asked(each)]


def answer_groups(request: SearchRequest) -> list[tuple[Text, list[SummaryRow]]]:
    """Return all questions by step, each with its answer and the way to change it."""
    answers = request.draft.answers
    return [
        (
            heading,
            [
                SummaryRow(
                    question.label,
                    told(question, answers),
                    reverse(f"requests:{step}", args=[request.key]),
                )
                for question in QUESTIONS
                if question.step == step and _asked(question)
            ],
        )
        for heading, step in _GROUPS
    ]


def _asked(question: Question) -> bool:
    return question.key != "listed" or bool(settings.STATUTORY_LISTS)


def unanswered(answers: Answers) -> list[tuple[str, Text]]:
    """Return what must be answered before sending: the step's address name and what it asks."""
    return [
        (_ADDRESS_OF_NEED[key], words) for key, words in _NEEDED.items() if answers.get(key) is None
    ]


def status_page(
    request: SearchRequest, standing: Standing, duties: Sequence[Duty] = ()
) -> dict[str, Any]:
    """Return what the officer's status page shows, besides what may be done."""
    latest = max(
        request.submissions.all(), key=lambda submission: submission.sequence, default=None
    )
    judged = latest_decision(latest, Decision.Action.SUBMIT) if latest else None
    stopped = latest_decision(latest, Decision.Action.RUN) if latest else None
    stage = _stage(latest, standing)
    refusing = stopped if standing.state == State.STOPPED else judged
    return {
        "found": request,
        "standing": standing,
        "stage": stage,
        "holder": _holder(request, standing),
        "latest": latest,
        "decision": judged,
        "refusals": refusing.document["reasons"] if refusing else [],
        "sign_off": getattr(latest, "sign_off", None),
        "reasons_returned": _reasons(getattr(latest, "sign_off", None)),
        "history": history_of(request, standing, stage, duties),
        "owed": [duty for duty in duties if not hasattr(duty, "report")],
        "reported": [duty for duty in duties if hasattr(duty, "report")],
        "rows": answer_rows(latest.answers) if latest else [],
    }


def _holder(request: SearchRequest, standing: Standing) -> str | None:
    """Return in whose hands the request is, where its status does not say so by itself."""
    if standing.state in EDITABLE:
        return _t("It is with you: change it, send it again, or withdraw it.")
    if standing.state == State.WAITING:
        return _t("It is with the supervisors of %(unit)s.") % {"unit": request.unit.name}
    return None


def sheet_page(submission: Submission) -> dict[str, Any]:
    """Return what the supervisor's sheet shows."""
    decision = latest_decision(submission, Decision.Action.SUBMIT)
    before = submission.request.submissions.filter(sequence=submission.sequence - 1).first()
    report = inspected({"probe": str(submission.probe)})
    face = report.faces[submission.face_index] if report and report.faces else None
    return {
        "submission": submission,
        "rows": sheet_rows(submission.answers),
        "changes": _changes(before, submission) if before else [],
        "history": history_of(*as_it_stands(submission.request)),
        "decision": decision,
        "checked": _checked(decision),
        "sign_off": getattr(submission, "sign_off", None),
        "reasons_returned": _reasons(getattr(submission, "sign_off", None)),
        "face": face,
        "findings": findings_of(face) if face else [],
    }


def history_of(
    request: SearchRequest,
    standing: Standing,
    stage: Stage | None = None,
    duties: Sequence[Duty] = (),
) -> list[TimelineEntry]:
    """Return the dated steps of a request, oldest first, and the one it stands at."""
    entries = [TimelineEntry(_("Started"), request.created_at, request.requester.name)]
    for submission in sorted(request.submissions.all(), key=lambda each: each.sequence):
        entries += _steps_of(submission)
    if withdrawal := getattr(request, "withdrawal", None):
        entries.append(TimelineEntry(_("Withdrawn"), withdrawal.withdrawn_at))
    if standing.state in _SHOWN_AS_LAST:
        current = stage is None
        entries.append(TimelineEntry(_text(standing.label), standing.since, current=current))
    if stage is not None:
        entries.append(TimelineEntry(_text(stage.label), stage.since, current=True))
    return entries + [entry for duty in duties for entry in _steps_of_duty(duty)]


def _steps_of_duty(duty: Duty) -> list[TimelineEntry]:
    told = duty.get_kind_display()
    entries = []
    if hasattr(duty, "overdue"):
        entries.append(TimelineEntry(_t("Overdue: %(what)s") % {"what": told}, duty.due_at))
    if hasattr(duty, "report"):
        entries.append(TimelineEntry(_t("Filed: %(what)s") % {"what": told}, duty.report.filed_at))
    return entries


_SHOWN_AS_LAST = frozenset({State.RUNNING, State.RUN, State.FAILED, State.EXPIRED, State.STOPPED})


def _steps_of(submission: Submission) -> list[TimelineEntry]:
    decision = latest_decision(submission, Decision.Action.SUBMIT)
    refused = decision is not None and decision.effect == Decision.Effect.REFUSE
    words = _("Sent; refused by the rules") if refused else _("Sent; permitted by the rules")
    entries = [TimelineEntry(words, submission.submitted_at)]
    if sign_off := getattr(submission, "sign_off", None):
        title, who = sign_off.get_verdict_display(), sign_off.supervisor.name
        entries.append(TimelineEntry(title, sign_off.signed_at, who, sign_off.note))
    return entries


def _stage(latest: Submission | None, standing: Standing) -> Stage | None:
    if latest is None or standing.state != State.RUN:
        return None
    authorization = latest.permission.authorization
    return stages_of([authorization]).get(authorization)


def _reasons(sign_off: SignOff | None) -> list[Text]:
    return [ReturnReason(code).label for code in sign_off.reasons] if sign_off else []


def _checked(decision: Decision | None) -> dict[str, int]:
    outcomes = [check["outcome"] for check in decision.document["checked"]] if decision else []
    return {"all": len(outcomes), "satisfied": outcomes.count("satisfied")}


def _changes(before: Submission, after: Submission) -> list[SummaryRow]:
    changed = [
        SummaryRow(question.label, [_before(question, before), _now(question, after)])
        for question in QUESTIONS
        if before.answers.get(question.key) != after.answers.get(question.key)
    ]
    if (before.probe, before.face_index) != (after.probe, after.face_index):
        changed.append(SummaryRow(_("Image"), _("Another image or face")))
    return changed


def _before(question: Question, submission: Submission) -> str:
    return _t("Before: %(value)s") % {"value": _one(told(question, submission.answers))}


def _now(question: Question, submission: Submission) -> str:
    return _t("Now: %(value)s") % {"value": _one(told(question, submission.answers))}


def _one(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if value is None:
        return _t("not answered")
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    return str(value)


def _text(value: object) -> str:
    return str(value)
