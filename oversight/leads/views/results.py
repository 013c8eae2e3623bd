"""What the officer is shown: a lead or none, under the notice, for a time."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from oversight.interface.components import Link
from oversight.leads import notice, services
from oversight.leads.forms import NoticeForm
from oversight.leads.models import Result
from oversight.leads.presenting import owed_by
from oversight.leads.selectors import result_for
from oversight.leads.views.comparing import image
from oversight.leads.views.examining import refused_page
from oversight.people.viewer import viewer_of
from oversight.requests.models import Decision
from recognition import gateway


def own_result(request: HttpRequest, key: UUID) -> Result:
    """Return the result of the viewer's own request (Http404 for everybody else's)."""
    try:
        return result_for(viewer_of(request), key)
    except Result.DoesNotExist:
        raise Http404 from None


@require_http_methods(["GET", "POST"])
@never_cache
def result(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the result, and the lead's photograph once the notice is accepted (POST)."""
    found = own_result(request, key)
    try:
        return _shown(request, found)
    except services.ClosedError:
        return render(request, "leads/expired.html", _context(found), status=410)


def _shown(request: HttpRequest, found: Result) -> HttpResponse:
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if found.kind == Result.Kind.LEAD:
            services.acknowledge_notice(result=found, officer=viewer_of(request))
        return redirect(request.path)
    decision = services.view_result(result=found, officer=viewer_of(request))
    context = _context(found)
    if decision.effect == Decision.Effect.REFUSE:
        return refused_page(request, decision, name=context["name"])
    context |= {"form": form, "owed": owed_by(decision), "notice": notice}
    if found.kind == Result.Kind.LEAD and hasattr(found, "acknowledgement"):
        context |= _lead(found)
    return render(request, "leads/result.html", context, status=422 if form.errors else 200)


@require_GET
@never_cache
def lead_image(request: HttpRequest, key: UUID) -> HttpResponse:
    """The photograph of a lead, to the officer who accepted the notice."""
    found = own_result(request, key)
    if found.candidate is None or not hasattr(found, "acknowledgement"):
        raise Http404
    officer = viewer_of(request)
    if found.expires_at <= timezone.now():
        raise Http404
    looking = services.is_looking(
        comparison=found.comparison, viewer=officer, candidate=found.candidate
    )
    if not looking:
        decision = services.view_result(result=found, officer=officer)
        if decision.effect == Decision.Effect.REFUSE:
            return refused_page(request, decision, name=_context(found)["name"])
    return image(gateway.candidate_image(found.candidate))


def _lead(found: Result) -> dict[str, Any]:
    if found.candidate is None:
        raise Http404
    return {
        "shown": True,
        "reference": gateway.candidate_reference(found.candidate),
        "has_image": any(
            each.id == found.candidate and each.has_image
            for each in gateway.candidates(found.comparison_id)
        ),
    }


def _context(found: Result) -> dict[str, Any]:
    request = found.comparison.submission.request
    name = _("Result of request %(number)s") % {"number": request.pk}
    return {
        "result": found,
        "request_key": request.key,
        "name": name,
        "crumbs": [
            Link(_("My requests"), reverse("requests:mine")),
            Link(
                _("Request %(number)s") % {"number": request.pk},
                reverse("requests:status", args=[request.key]),
            ),
            Link(_("Result")),
        ],
    }
