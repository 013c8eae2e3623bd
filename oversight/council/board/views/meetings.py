"""Meetings: calling one, freezing its papers, and reading them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oversight.council.board import selectors, services
from oversight.council.board.duties import duty_named
from oversight.council.board.forms import MeetingForm, PeriodForm
from oversight.council.board.models import Meeting, Pack
from oversight.council.board.periods import period_of
from oversight.council.board.presenting.papers import pack_pdf, pack_rows, sheets_of
from oversight.council.board.tables import Meetings, notice_state
from oversight.council.board.views.signed_in import demand, holds
from oversight.interface.components import Link, SummaryRow
from oversight.interface.pdf import pdf_response
from oversight.people.models import Role
from oversight.people.viewer import viewer_of

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@_FORM
@never_cache
def meetings(request: HttpRequest) -> HttpResponse:
    """Every meeting, and the form that calls one."""
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(request, Role.BOARD)
        if form.is_valid():
            meeting = services.call_meeting(person=viewer_of(request), **form.cleaned_data)
            messages.success(request, _("Called. The notice is public and goes out by mail."))
            return redirect("board:meeting", number=meeting.pk)
    context = {
        "table": Meetings(selectors.meetings(), request.GET),
        "form": form,
        "may_act": holds(request, Role.BOARD),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "council/board/meetings.html", context, status=status)


@_FORM
@never_cache
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting: who was told, its packs, and the form that freezes one."""
    try:
        one = selectors.meeting_numbered(number)
    except Meeting.DoesNotExist:
        raise Http404 from None
    form = PeriodForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(request, Role.BOARD)
        if form.is_valid():
            period = period_of(form.cleaned_data["period"], timezone.localdate())
            pack = services.freeze_pack(
                person=viewer_of(request), meeting=one, since=period.start, until=period.end
            )
            messages.success(request, _("Frozen. Its public part is published."))
            return redirect("board:pack", number=pack.number)
    notices = [
        SummaryRow(notice.get_office_display(), notice_state(notice))
        for notice in one.notices.all()
    ]
    duties = {each.duty: duty_named(each.duty) for each in one.notices.all()}
    context = {
        "meeting": one,
        "notices": notices,
        "duties": [duty for duty in duties.values() if duty],
        "packs": one.packs.order_by("-number"),
        "form": form,
        "may_act": holds(request, Role.BOARD),
        "crumbs": [_meetings_link(), Link(str(one))],
    }
    return render(request, "council/board/meeting.html", context)


@require_safe
@never_cache
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """The papers of a meeting, as they were frozen."""
    one = _pack_or_404(number)
    context = {
        "pack": one,
        "about": pack_rows(one.document, one.digest),
        "sheets": sheets_of(one.document),
        "pdf_url": reverse("board:pack_pdf", args=[number]),
        "crumbs": [
            _meetings_link(),
            Link(str(one.meeting), reverse("board:meeting", args=[one.meeting_id])),
            Link(str(one)),
        ],
    }
    return render(request, "council/board/pack.html", context)


@require_safe
@never_cache
def pack_file(_request: HttpRequest, number: int) -> HttpResponse:
    """The same as PDF/UA-1."""
    one = _pack_or_404(number)
    content = pack_pdf(one.document, digest=one.digest, frozen_at=one.frozen_at)
    return pdf_response(content, f"meeting-pack-{number}-board")


def _pack_or_404(number: int) -> Pack:
    try:
        return selectors.pack_numbered(number)
    except Pack.DoesNotExist:
        raise Http404 from None


def _meetings_link() -> Link:
    return Link(_("Meetings"), reverse("board:meetings"))
