"""Complaints: made and followed by anyone, with a receipt code and no account."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oversight.council.forms.complaints import CodeForm, ComplaintForm
from oversight.council.presenting import complaints as presenting
from oversight.council.selectors import complaints as selectors
from oversight.council.services import complaints as services
from oversight.council.views.acting import posted
from oversight.council.views.sending import too_much
from oversight.interface.components import Link
from oversight.interface.languages import home_link

_FORM = require_http_methods(["GET", "HEAD", "POST"])
_RECEIPT: Final = "council-complaint-receipt"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How to complain, and what came of complaints."""
    totals = selectors.totals_of()
    context = {
        "figures": presenting.figures_of(totals),
        "rows": presenting.rows_of(totals),
        "received": totals.received,
        **_days(),
        "crumbs": _crumbs(),
    }
    return render(request, "council/complaints.html", context)


@_FORM
@never_cache
def write(request: HttpRequest) -> HttpResponse:
    """Complain."""
    form, status = ComplaintForm(posted(request)), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if limit := too_much(request):
                form.add_error(None, limit)
                status = 429
            else:
                # Kept for the next page only: the code itself is not stored with the complaint.
                request.session[_RECEIPT] = services.submit_complaint(told=form.told)
                return redirect("council:complaint_receipt")
    context = {
        "form": form,
        "back_url": reverse("council:complaints"),
        "crumbs": _crumbs(Link(_("Make a complaint"))),
    }
    return render(request, "council/complaint_write.html", context, status=status)


@require_safe
@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt code, shown once."""
    code = request.session.pop(_RECEIPT, None)
    context = {"code": code, **_days(), "crumbs": _crumbs(Link(_("Receipt")))}
    return render(request, "council/complaint_receipt.html", context)


@_FORM
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """What a complaint has come to: the stage and the answer, and nothing else."""
    form, found, code = CodeForm(posted(request)), None, 200
    if form.is_bound:
        code = 422
        if form.is_valid():
            if limit := too_much(request):
                form.add_error(None, limit)
                code = 429
            elif found := selectors.status_of(form.cleaned_data["code"]):
                form, code = CodeForm(), 200
            else:
                form.add_error("code", _("No complaint has this code. Check each letter."))
    context = {
        "form": form,
        "found": found,
        "stage": selectors.STAGES[found.stage] if found else "",
        "back_url": reverse("council:complaints"),
        "crumbs": _crumbs(Link(_("How it stands"))),
    }
    return render(request, "council/complaint_status.html", context, status=code)


def _days() -> dict[str, int]:
    return {
        "acknowledged": settings.COMPLAINT_ACKNOWLEDGED_WITHIN.days,
        "answered": settings.COMPLAINT_ANSWERED_WITHIN.days,
    }


def _crumbs(*links: Link) -> list[Link]:
    return [home_link(), Link(_("Complaints"), reverse("council:complaints")), *links]
