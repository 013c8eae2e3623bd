"""Samples, their members and findings as pages show them: never a picture, never a person sought."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.council.board.documents import awaits_answer
from oversight.council.board.models import Finding, Notice, Office, Sample
from oversight.council.board.sampled import members_of
from oversight.council.board.seeds import tree_size_of
from oversight.council.board.selectors import recipients_now
from oversight.council.board.tables import sample_state
from oversight.interface.components import SummaryRow, TimelineEntry
from oversight.interface.display import date_text, moment_text
from oversight.policy.presenting.safeguards import SAFEGUARDS
from oversight.requests.models import Decision, SearchRequest, SignOff, Submission
from oversight.requests.presenting import answer_rows


def sample_rows(sample: Sample) -> list[SummaryRow]:
    """How a sample was announced and drawn."""
    rows = [
        SummaryRow(_("Kind"), sample.get_kind_display()),
        SummaryRow(_("Requests sent"), days_text(sample.since, sample.until)),
        SummaryRow(_("Drawn from"), len(sample.frame)),
        SummaryRow(_("Size"), sample.size),
        SummaryRow(_("Announced"), sample.announced_at),
        SummaryRow(_("Announced by"), sample.announced_by.get_full_name()),
        SummaryRow(_("Entry of the announcement"), sample.entry),
        SummaryRow(_("Standing"), sample_state(sample)),
    ]
    if sample.left_out:
        text = _("Left out, because their entries were sealed by law")
        rows.append(SummaryRow(text, sample.left_out))
    if hasattr(sample, "draw"):
        root = _("Root of the record of %(count)s entries") % {"count": tree_size_of(sample)}
        rows += [SummaryRow(_("Drawn"), sample.draw.drawn_at), SummaryRow(root, sample.draw.root)]
    return rows


def member_rows(sample: Sample, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The members with what was found in each."""
    found: dict[int, list[str]] = {}
    for finding in findings:
        text = f"{finding.get_kind_display()} {finding.safeguard}".strip()
        found.setdefault(finding.place, []).append(text)
    return [
        {
            "sample": sample.number,
            "place": member.place,
            "entry": member.entry,
            "request": member.request,
            "weight": member.weight,
            "findings": "; ".join(found.get(member.place, [])) or _("Not looked at yet"),
        }
        for member in members_of(sample)
    ]


def case_page(request: SearchRequest) -> dict[str, Any]:
    """The papers of a request as last sent, the decisions on it and what came of it."""
    submissions = list(
        request.submissions.select_related("sign_off__supervisor", "comparison__result")
        .prefetch_related("decisions")
        .order_by("sequence")
    )
    return {
        "people": _people(request, submissions),
        "answers": answer_rows(submissions[-1].answers),
        "decisions": [_decision(each) for one in submissions for each in one.decisions.all()],
        "history": _history(submissions),
    }


def finding_rows(finding: Finding) -> list[SummaryRow]:
    """What was found."""
    rule = f"{finding.safeguard}: {SAFEGUARDS.get(finding.safeguard, '')}"
    return [
        SummaryRow(_("Kind"), finding.get_kind_display()),
        SummaryRow(_("Rule"), rule if finding.safeguard else None),
        SummaryRow(_("Finding"), finding.text),
        SummaryRow(_("Answer due on"), finding.answer_due),
    ]


def finding_timeline(finding: Finding) -> list[TimelineEntry]:
    """What happened about a finding, in order."""
    entries = [
        TimelineEntry(_("Recorded"), finding.found_at, finding.found_by.get_full_name()),
        *(_notice_entry(notice) for notice in finding.notices.all()),
    ]
    if hasattr(finding, "answer"):
        one = finding.answer
        entries.append(
            TimelineEntry(
                _("Answered by the department"),
                one.answered_at,
                one.answered_by.get_full_name(),
                one.text,
            )
        )
    if hasattr(finding, "resolution"):
        end = finding.resolution
        text = f"{end.get_outcome_display()}. {end.action}".strip()
        who = end.resolved_by.get_full_name()
        entries.append(TimelineEntry(_("Closed"), end.resolved_at, who, text))
    return entries


def may_close(finding: Finding, today: date) -> bool:
    """Tell whether the board may close a finding now."""
    if finding.kind == Finding.Kind.COMPLIANT or hasattr(finding, "resolution"):
        return False
    late = finding.answer_due is not None and finding.answer_due < today
    return late or not awaits_answer(finding)


def offices_without_recipient() -> list[str]:
    """Offices that are owed a notice while nobody is named for them."""
    named = recipients_now()
    owed = Notice.objects.filter(dispatches__isnull=True).values_list("office", flat=True)
    return [str(Office(office).label) for office in sorted(set(owed)) if office not in named]


def days_text(since: date, until: date) -> str:
    """A period in words; ``until`` is the first day left out."""
    last = until - timedelta(days=1)
    if since == last:
        return date_text(since)
    return _("%(first)s to %(last)s") % {"first": date_text(since), "last": date_text(last)}


def _people(request: SearchRequest, submissions: Iterable[Submission]) -> list[SummaryRow]:
    signed = [one.sign_off.supervisor.name for one in submissions if hasattr(one, "sign_off")]
    return [
        SummaryRow(_("Request"), str(request.pk)),
        SummaryRow(_("Agency"), str(request.agency)),
        SummaryRow(_("Unit"), str(request.unit)),
        SummaryRow(_("Officer"), str(request.requester)),
        SummaryRow(_("Supervisor"), sorted(set(signed)) or None),
    ]


def _decision(decision: Decision) -> Mapping[str, Any]:
    document = decision.document
    return {
        "action": decision.get_action_display(),
        "at": decision.decided_at,
        "effect": decision.get_effect_display(),
        "reasons": document.get("reasons") or [],
    }


def _history(submissions: Iterable[Submission]) -> list[TimelineEntry]:
    entries = []
    for one in submissions:
        entries.append(TimelineEntry(_("Sent"), one.submitted_at))
        if hasattr(one, "sign_off"):
            entries.append(_verdict(one.sign_off))
        if hasattr(one, "comparison"):
            entries.append(_run(one))
    return entries


def _verdict(sign_off: SignOff) -> TimelineEntry:
    seconds = round((sign_off.signed_at - sign_off.opened_at).total_seconds())
    detail = ngettext(
        "%(count)s second after opening it.", "%(count)s seconds after opening it.", seconds
    ) % {"count": seconds}
    if sign_off.note:
        detail = f"{detail} {sign_off.note}"
    return TimelineEntry(sign_off.get_verdict_display(), sign_off.signed_at, "", detail)


def _run(submission: Submission) -> TimelineEntry:
    comparison = submission.comparison
    result = getattr(comparison, "result", None)
    detail = result.get_kind_display() if result else _("Not decided yet")
    return TimelineEntry(_("Search run"), comparison.run_at, "", detail)


def _notice_entry(notice: Notice) -> TimelineEntry:
    sent = min((each.sent_at for each in notice.dispatches.all()), default=None)
    title = _("Told: %(office)s") % {"office": notice.get_office_display()}
    due = _("Due by %(moment)s") % {"moment": moment_text(notice.due_at)}
    return TimelineEntry(title, sent, "", due)
