"""The supervisor's queue, the sheet of one request, and the three verdicts."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from oversight.interface.components import Link
from oversight.interface.forms import Form
from oversight.people.carrying import typed_before
from oversight.people.viewer import viewer_of
from oversight.requests import presenting, services
from oversight.requests.forms import ApproveForm, RefuseForm, ReturnForm
from oversight.requests.models import SignOff, Submission
from oversight.requests.selectors import pattern_of, signed_by, submission_for, waiting_for
from oversight.requests.tables import Signed, Waiting, waiting_rows
from oversight.requests.views.images import face_response, image_response

PATTERN_TIME = timedelta(days=90)


def unit_submission(request: HttpRequest, number: int) -> Submission:
    """Return a submission of the viewer's unit (Http404 for all others, their own included)."""
    try:
        return submission_for(viewer_of(request), number)
    except Submission.DoesNotExist:
        raise Http404 from None


@require_GET
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer, oldest first, and what they decided lately."""
    viewer = viewer_of(request)
    context = {
        "waiting": Waiting(waiting_rows(viewer, waiting_for(viewer)), request.GET),
        "signed": Signed(list(signed_by(viewer)[:10]), request.GET),
        "pattern": pattern_of(viewer, since=timezone.now() - PATTERN_TIME),
    }
    return render(request, "requests/queue.html", context)


@require_GET
@never_cache
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Everything the viewer needs to decide; that they looked is recorded."""
    submission = unit_submission(request, number)
    opened = services.open_sheet(submission=submission, supervisor=viewer_of(request))
    request.session[_session_key(number)] = opened.isoformat()
    sign_off = getattr(submission, "sign_off", None)
    context = presenting.sheet_page(submission) | {
        "crumbs": _crumbs(submission),
        "signed_by_viewer": sign_off is not None and sign_off.supervisor == viewer_of(request),
    }
    return render(request, "requests/sheet.html", context)


@require_GET
@never_cache
def sheet_image(request: HttpRequest, number: int) -> HttpResponse:
    """The probe of a request of the viewer's unit."""
    return image_response(unit_submission(request, number).probe)


@require_GET
@never_cache
def sheet_face(request: HttpRequest, number: int) -> HttpResponse:
    """The chosen face of a request of the viewer's unit."""
    submission = unit_submission(request, number)
    return face_response(submission.probe, submission.face_index)


@method_decorator(never_cache, name="dispatch")
class VerdictView(View):
    """One of the three verdicts: a page of its own, so that none is given by a slip."""

    verdict: SignOff.Verdict
    form_class: type[Form]
    template: str

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the form, if the request is still open."""
        submission = unit_submission(request, number)
        if hasattr(submission, "sign_off"):
            return redirect("requests:sheet", number=number)
        return self._page(request, submission, self.form_class(typed_before(request)))

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Give the verdict, once."""
        submission = unit_submission(request, number)
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self._page(request, submission, form, status=422)
        try:
            sign_off, decision = services.sign_off_submission(
                submission=submission,
                supervisor=viewer_of(request),
                verdict=self.verdict,
                opened_at=_opened_at(request, number),
                reasons=form.cleaned_data.get("reasons", ()),
                note=form.cleaned_data.get("note", ""),
            )
        except services.NotAllowedError as error:
            context = {"why": str(error), "crumbs": _crumbs(submission), "submission": submission}
            return render(request, "requests/not_allowed.html", context, status=409)
        if sign_off is None and decision is not None:
            context = {
                "refused": decision.document["reasons"],
                "crumbs": _crumbs(submission),
                "submission": submission,
            }
            return render(request, "requests/approval_refused.html", context, status=409)
        return redirect("requests:sheet", number=number)

    def _page(
        self, request: HttpRequest, submission: Submission, form: Form, status: int = 200
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "form": form,
            "submission": submission,
            "back_url": reverse("requests:sheet", args=[submission.pk]),
            "crumbs": _crumbs(submission),
        }
        return render(request, self.template, context, status=status)


@method_decorator(reauthentication_required, name="dispatch")
class ApproveView(VerdictView):
    """Approving is stepped up: the password or second factor is asked for again.

    Nobody approves what they have not opened: without the sheet, the way leads to the sheet.
    """

    verdict, form_class, template = SignOff.Verdict.APPROVED, ApproveForm, "requests/approve.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send to the sheet whoever has not opened it since they signed in."""
        if _session_key(kwargs["number"]) not in request.session:
            return redirect("requests:sheet", number=kwargs["number"])
        return super().dispatch(request, *args, **kwargs)


class ReturnView(VerdictView):
    """Send it back with reasons."""

    verdict, form_class, template = SignOff.Verdict.RETURNED, ReturnForm, "requests/return.html"


class RefuseView(VerdictView):
    """End it here, with reasons."""

    verdict, form_class, template = SignOff.Verdict.REFUSED, RefuseForm, "requests/refuse.html"


def _session_key(number: int) -> str:
    return f"sheet-{number}"


def _opened_at(request: HttpRequest, number: int) -> datetime:
    stored = request.session.get(_session_key(number))
    return datetime.fromisoformat(stored) if stored else timezone.now()


def _crumbs(submission: Submission) -> list[Link]:
    return [
        Link(_("Waiting for sign-off"), reverse("requests:queue")),
        Link(str(submission.request)),
    ]
