"""Who is told: an administrator proposes, a member of the board confirms."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from oversight.council.board import selectors, services
from oversight.council.board.forms import RecipientForm
from oversight.council.board.models import Office, RecipientChange
from oversight.council.board.tables import Changes, change_state
from oversight.council.board.views.signed_in import demand, holds
from oversight.interface.components import Link, SummaryRow
from oversight.interface.forms import Form
from oversight.people.models import Role
from oversight.people.viewer import viewer_of

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@_FORM
@never_cache
def recipients(request: HttpRequest) -> HttpResponse:
    """Who is named for each office, every change, and for administrators the form of a new one."""
    form = RecipientForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(request, Role.ADMINISTRATOR)
        if form.is_valid():
            services.propose_recipient(person=viewer_of(request), **form.cleaned_data)
            messages.success(
                request, _("Proposed. It holds once a member of the board confirms it.")
            )
            return redirect("board:recipients")
    named = selectors.recipients_now()
    context = {
        "offices": [
            SummaryRow(office.label, [each.name for each in named.get(office.value, ())] or None)
            for office in Office
        ],
        "table": Changes(selectors.recipient_changes(), request.GET),
        "form": form,
        "may_propose": holds(request, Role.ADMINISTRATOR),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "council/board/recipients.html", context, status=status)


@_FORM
@never_cache
def recipient(request: HttpRequest, number: int) -> HttpResponse:
    """One change: the second person confirms it; an administrator may propose its end."""
    try:
        change = selectors.change_numbered(number)
    except RecipientChange.DoesNotExist:
        raise Http404 from None
    act = _act_on(request, change)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, change, act)
        except services.NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("board:recipients")
    context = {
        "change": change,
        "act": act,
        "about": _rows(change),
        "form": form,
        "back_url": reverse("board:recipients"),
        "crumbs": [
            Link(_("Recipients of notices"), reverse("board:recipients")),
            Link(change.name),
        ],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "council/board/recipient.html", context, status=status)


def _act_on(request: HttpRequest, change: RecipientChange) -> str:
    """What the viewer may do with a change: confirm it, propose its end, or nothing."""
    if not hasattr(change, "confirmation"):
        return "confirm" if holds(request, Role.BOARD) else ""
    named = change in selectors.recipients_now().get(change.office, ())
    return "end" if named and holds(request, Role.ADMINISTRATOR) else ""


def _do(request: HttpRequest, change: RecipientChange, act: str) -> None:
    if act == "confirm":
        services.confirm_change(person=viewer_of(request), change=change)
        messages.success(request, _("Confirmed. It holds from now on."))
    elif act == "end":
        services.propose_ending(person=viewer_of(request), recipient=change)
        messages.success(request, _("The end was proposed. A member of the board confirms it."))
    else:
        raise Http404


def _rows(change: RecipientChange) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("Office"), change.get_office_display()),
        SummaryRow(_("Change"), _("Ends") if change.ends_id else _("Names")),
        SummaryRow(_("Name of the recipient"), change.name),
        SummaryRow(_("E-mail"), change.address),
        SummaryRow(_("Proposed by"), str(change.proposed_by)),
        SummaryRow(_("Proposed"), change.proposed_at),
        SummaryRow(_("Standing"), change_state(change)),
    ]
    if hasattr(change, "confirmation"):
        rows.append(SummaryRow(_("Confirmed by"), str(change.confirmation.confirmed_by)))
    return rows
