"""The board's desk for complaints; auditors read it and compare."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oversight.council.forms.complaints import AnswerForm, CompareForm
from oversight.council.models import Comparison, Complaint
from oversight.council.presenting import complaints as presenting
from oversight.council.selectors import complaints as selectors
from oversight.council.services import complaints as services
from oversight.council.tables import Complaints
from oversight.council.views.acting import act_page, posted
from oversight.interface.components import Link
from oversight.interface.forms import Form
from oversight.people.models import Role
from oversight.people.viewer import viewer_of

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Every complaint, those without an answer first."""
    table = Complaints(list(selectors.desk(viewer_of(request))), request.GET)
    context = {"table": table, "crumbs": [Link(_("Complaints desk"))]}
    return render(request, "council/complaint_desk.html", context)


@require_safe
@never_cache
def complaint(request: HttpRequest, number: int) -> HttpResponse:
    """One complaint, and what was found."""
    one = _complaint_or_404(request, number)
    context = {
        "complaint": one,
        "badge": presenting.badge_of(one),
        "about": presenting.desk_rows(one),
        "comparisons": selectors.comparisons_of(viewer_of(request), one),
        "stage": selectors.stage_of(one),
        "acts": selectors.roles_in(viewer_of(request), Role.BOARD),
        "crumbs": _crumbs(Link(str(one))),
    }
    return render(request, "council/complaint_desk_one.html", context)


@_FORM
@never_cache
def acknowledge(request: HttpRequest, number: int) -> HttpResponse:
    """Say that the board has read it."""
    one = _complaint_or_404(request, number)
    return act_page(
        request,
        template="council/complaint_acknowledge.html",
        form=Form(posted(request)),
        act=lambda: services.acknowledge_complaint(complaint=one, person=viewer_of(request)),
        done=_("Acknowledged."),
        title=_("Acknowledge"),
        **_context(one),
    )


@_FORM
@never_cache
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """Record the comparison with the searches."""
    one = _complaint_or_404(request, number)
    form = CompareForm(posted(request), complaint=one)

    def act() -> Comparison:
        data = form.cleaned_data
        return services.compare_complaint(
            complaint=one, request=data["request"], note=data["note"], person=viewer_of(request)
        )

    return act_page(
        request,
        template="council/complaint_compare.html",
        form=form,
        act=act,
        done=_("The comparison is recorded."),
        title=_("Compare with the searches"),
        **_context(one),
    )


@_FORM
@never_cache
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """End it with a finding and an answer."""
    one = _complaint_or_404(request, number)
    form = AnswerForm(posted(request))
    return act_page(
        request,
        template="council/complaint_answer.html",
        form=form,
        act=lambda: services.answer_complaint(
            complaint=one, person=viewer_of(request), **form.cleaned_data
        ),
        done=_("Answered. Who has the receipt code can read the answer now."),
        title=_("Answer"),
        **_context(one),
    )


@_FORM
@never_cache
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Remove name and address of who complained."""
    one = _complaint_or_404(request, number)
    return act_page(
        request,
        template="council/complaint_forget.html",
        form=Form(posted(request)),
        act=lambda: services.remove_contact(complaint=one, person=viewer_of(request)),
        done=_("Name and address are removed."),
        title=_("Remove the contact"),
        **_context(one),
    )


def _context(one: Complaint) -> dict[str, Any]:
    """What the page of an act on a complaint shows besides its form."""
    home = Link(str(one), reverse("council:complaint", args=[one.pk]))
    return {"trail": _crumbs(home), "complaint": one, "about": presenting.desk_rows(one)}


def _complaint_or_404(request: HttpRequest, number: int) -> Complaint:
    """A complaint; that someone opened it is recorded, whatever page of it they ask for."""
    viewer = viewer_of(request)
    try:
        found = selectors.complaint_numbered(viewer, number)
    except Complaint.DoesNotExist:
        raise Http404 from None
    services.open_complaint(complaint=found, reader=viewer)
    return found


def _crumbs(*links: Link) -> list[Link]:
    return [Link(_("Complaints desk"), reverse("council:complaint_desk")), *links]
