"""The officer's own requests: the list, where one stands, starting, withdrawing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oversight.interface.components import Link
from oversight.people.carrying import posted_or_typed
from oversight.people.viewer import viewer_of
from oversight.requests import presenting, services
from oversight.requests.duties import duties_of, unfiled_of
from oversight.requests.forms import WithdrawForm
from oversight.requests.models import SearchRequest
from oversight.requests.selectors import request_of, requests_of, standing_now, with_standing
from oversight.requests.state import EDITABLE, WITHDRAWABLE, State
from oversight.requests.tables import MineFilter, MyRequests, mine_rows


def own_request(request: HttpRequest, key: UUID) -> SearchRequest:
    """Return the viewer's own request; someone else's does not exist for them (Http404)."""
    try:
        return request_of(viewer_of(request), key)
    except SearchRequest.DoesNotExist:
        raise Http404 from None


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List the viewer's requests with where each stands."""
    filters = MineFilter(request.GET or None)
    rows = mine_rows(with_standing(requests_of(viewer_of(request))), filters)
    table = MyRequests(rows, request.GET)
    viewer = viewer_of(request)
    context = {
        "table": table,
        "filters": filters,
        "has_unit": viewer.unit_id,
        "owed": unfiled_of(viewer),
    }
    return render(request, "requests/mine.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft and open its first step."""
    try:
        created = services.start_request(requester=viewer_of(request))
    except ValueError:
        return redirect("requests:mine")
    return redirect("requests:case", key=created.key)


@require_POST
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin a new draft with the answers of an ended request."""
    old = own_request(request, key)
    copied = {name: value for name, value in old.draft.answers.items() if name != "face_index"}
    created = services.start_request(requester=viewer_of(request), answers=copied)
    return redirect("requests:check", key=created.key)


@require_GET
def status(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show where a request stands, its history, and what the officer can do now."""
    found = own_request(request, key)
    ((_found, standing),) = with_standing([found])
    if standing.state == State.DRAFT:
        return redirect("requests:check", key=key)
    duties = [duty for duty in duties_of(viewer_of(request)) if duty.submission.request == found]
    context = presenting.status_page(found, standing, duties) | {
        "editable": standing.state in EDITABLE,
        "withdrawable": standing.state in WITHDRAWABLE,
        "moving": standing.state in {State.AUTHORIZED, State.RUNNING},
        "crumbs": _crumbs(found),
    }
    part = "requests/parts/standing.html" if request.headers.get("HX-Request") else ""
    return render(request, part or "requests/status.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask once, then take the request back."""
    found = own_request(request, key)
    if standing_now(found).state not in WITHDRAWABLE:
        return redirect("requests:status", key=key)
    form = WithdrawForm(posted_or_typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_request(request=found, note=form.cleaned_data["note"])
        except services.NotEditableError:
            return redirect("requests:status", key=key)
        messages.success(request, _("Request %(number)s is withdrawn.") % {"number": found.pk})
        return redirect("requests:mine")
    context = {
        "form": form,
        "found": found,
        "back_url": reverse("requests:status", args=[key]),
        "crumbs": [*_crumbs(found), Link(_("Withdraw"))],
    }
    return render(request, "requests/withdraw.html", context, status=422 if form.errors else 200)


def _crumbs(found: SearchRequest) -> list[Link]:
    here = reverse("requests:status", args=[found.key])
    return [Link(_("My requests"), reverse("requests:mine")), Link(str(found), here)]
