"""The department's page: what the board asks its unit, and the answers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oversight.council.board import selectors, services
from oversight.council.board.forms import AnswerForm
from oversight.council.board.models import Finding
from oversight.council.board.presenting import sampling as presenting
from oversight.council.board.sampled import request_at
from oversight.council.board.tables import Answers
from oversight.interface.components import Link, SummaryRow
from oversight.people.carrying import typed_before
from oversight.people.viewer import viewer_of


@require_safe
@never_cache
def answers(request: HttpRequest) -> HttpResponse:
    """Every finding about searches of the viewer's unit, those without an answer first."""
    table = Answers(selectors.findings_for(viewer_of(request)), request.GET)
    return render(request, "council/board/answers.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """One finding, and the form for the answer."""
    viewer = viewer_of(request)
    try:
        finding = selectors.finding_for(viewer, number)
    except Finding.DoesNotExist:
        raise Http404 from None
    form = AnswerForm(request.POST if request.method == "POST" else typed_before(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_finding(person=viewer, finding=finding, text=form.cleaned_data["text"])
        except services.NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your answer was sent to the board."))
            return redirect("board:answers")
    search = request_at(finding.sample, finding.place)
    context = {
        "finding": finding,
        "about": [
            SummaryRow(_("Request"), str(search.pk)),
            SummaryRow(_("Officer"), str(search.requester)),
            *presenting.finding_rows(finding),
        ],
        "form": form,
        "back_url": reverse("board:answers"),
        "crumbs": [Link(_("Answers to the board"), reverse("board:answers")), Link(str(finding))],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "council/board/answer.html", context, status=status)
