"""The lists of the officer and the supervisor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Tone
from oversight.interface.tables import Column, Table
from oversight.people.models import Person
from oversight.requests import codes
from oversight.requests.models import SearchRequest, SignOff, Submission
from oversight.requests.selectors import authorizations_of, returned_before
from oversight.requests.stages import Stage, stages_of
from oversight.requests.state import LABELS, Standing, State

TONES = {
    State.DRAFT: Tone.NEUTRAL,
    State.WAITING: Tone.WAITING,
    State.AUTHORIZED: Tone.WAITING,
    State.RUNNING: Tone.WAITING,
    State.RETURNED: Tone.CAUTION,
    State.EXPIRED: Tone.CAUTION,
    State.FAILED: Tone.CAUTION,
    State.STOPPED: Tone.STOPPED,
    State.REFUSED: Tone.STOPPED,
    State.REFUSED_BY_GATE: Tone.STOPPED,
    State.WITHDRAWN: Tone.NEUTRAL,
    State.RUN: Tone.GOOD,
}


@dataclass(frozen=True, slots=True)
class MineRow:
    """One of the officer's requests as the list shows it."""

    request: SearchRequest
    standing: Standing
    stage: Stage | None

    @property
    def number(self) -> int:
        """The request's number."""
        return self.request.pk

    @property
    def case(self) -> str:
        """The case number as typed."""
        return str(self.request.draft.answers.get("case_number") or "")

    @property
    def purpose(self) -> object:
        """What the search is for, in words."""
        return codes.PURPOSES.get(self.request.draft.answers.get("purpose", ""))

    @property
    def status(self) -> object:
        """Where it stands, in words; after the search the leads room says."""
        return self.stage.label if self.stage else self.standing.label

    @property
    def since(self) -> datetime:
        """Since when it stands there."""
        return self.stage.since if self.stage else self.standing.since

    @property
    def address(self) -> str:
        """Where to look."""
        return reverse("requests:status", args=[self.request.key])


class MineFilter(forms.Form):
    """Narrows the officer's list."""

    words = forms.CharField(label=_("Case number contains"), required=False, max_length=64)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), *((state.value, label) for state, label in LABELS.items())],
    )


def mine_rows(
    found: Sequence[tuple[SearchRequest, Standing]], filters: MineFilter
) -> list[MineRow]:
    """Return the rows that pass the filters; unusable filters pass everything."""
    chosen = filters.cleaned_data if filters.is_bound and filters.is_valid() else {}
    words, state = chosen.get("words", "").casefold(), chosen.get("state", "")
    stages = stages_of(authorizations_of(request for request, _standing in found))
    return [
        MineRow(request, standing, _stage(request, standing, stages))
        for request, standing in found
        if words in str(request.draft.answers.get("case_number") or "").casefold()
        and state in ("", standing.state.value)
    ]


def _stage(request: SearchRequest, standing: Standing, stages: dict[Any, Stage]) -> Stage | None:
    if standing.state != State.RUN:
        return None
    latest = max(request.submissions.all(), key=lambda submission: submission.sequence)
    return stages.get(latest.permission.authorization)


def _status_cell(row: MineRow) -> SafeString:
    with_others = row.stage is not None and row.stage.address is None
    tone = Tone.WAITING if with_others else TONES[row.standing.state]
    return render_to_string("components/status.html", {"text": row.status, "tone": tone})


def _number_cell(row: MineRow) -> SafeString:
    return format_html('<a href="{}">{}</a>', row.address, row.number)


class MyRequests(Table):
    """The officer's own requests, newest first."""

    caption = _("My requests")
    caption_hidden = True
    empty = _("You have no requests yet")
    empty_hint = _("A request takes about ten minutes. What you type is kept at each step.")
    none_found = _("No request matches")

    number = Column(header=_("Request"), cell=_number_cell, sort="number", row_header=True)
    case = Column(header=_("Case"), sort="case")
    purpose = Column(header=_("Purpose"))
    status = Column(header=_("Status"), cell=_status_cell)
    since = Column(header=_("Since"), sort="since")


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One request that waits for the supervisor."""

    submission: Submission
    came_back: bool

    @property
    def number(self) -> int:
        """The request's number."""
        return self.submission.request_id

    @property
    def officer(self) -> str:
        """Who asks."""
        return self.submission.request.requester.name

    @property
    def purpose(self) -> object:
        """What the search is for, in words."""
        return codes.PURPOSES.get(self.submission.answers.get("purpose", ""))

    @property
    def sent(self) -> datetime:
        """When it was sent, or sent again."""
        return self.submission.submitted_at

    @property
    def age(self) -> str:
        """How long it has waited, in words."""
        return timesince(self.sent, depth=1)

    @property
    def remark(self) -> object:
        """What to know before opening it."""
        if self.submission.answers.get("exigency"):
            return _("Emergency")
        if self.came_back:
            return _("You returned it; it is back with changes")
        return _("Sent again") if self.submission.sequence > 1 else ""


def waiting_rows(viewer: Person, waiting: Iterable[Submission]) -> list[WaitingRow]:
    """Return what waits, with what the viewer returned before marked."""
    submissions = list(waiting)
    before = returned_before(viewer, (each.request_id for each in submissions))
    return [WaitingRow(each, each.request_id in before) for each in submissions]


def _sheet_cell(row: WaitingRow) -> SafeString:
    address = reverse("requests:sheet", args=[row.submission.pk])
    return format_html('<a href="{}">{}</a>', address, row.number)


def _signed_cell(sign_off: SignOff) -> SafeString:
    address = reverse("requests:sheet", args=[sign_off.submission_id])
    return format_html('<a href="{}">{}</a>', address, sign_off.submission.request_id)


class Waiting(Table):
    """What waits for the supervisor, oldest first."""

    caption = _("Waiting for your sign-off")
    caption_hidden = True
    empty = _("Nothing waits for you")
    empty_hint = _("Requests of your unit that the rules permit appear here, oldest first.")

    number = Column(header=_("Request"), cell=_sheet_cell, sort="number", row_header=True)
    officer = Column(header=_("Officer"), sort="officer")
    purpose = Column(header=_("Purpose"))
    sent = Column(header=_("Sent"), sort="sent")
    age = Column(header=_("Waiting for"))
    remark = Column(header=_("Remark"))


class Signed(Table):
    """The supervisor's latest verdicts."""

    caption = _("Your latest decisions")
    caption_hidden = True
    empty = _("You have decided nothing yet")

    number = Column(header=_("Request"), cell=_signed_cell, row_header=True)
    officer = Column(header=_("Officer"), value="submission.request.requester.name")
    verdict = Column(header=_("Decision"), value=lambda sign_off: sign_off.get_verdict_display())
    time = Column(header=_("When"), value="signed_at")
