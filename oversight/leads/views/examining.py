"""The examiner's desk: what waits, starting, the way through an examination, handing back."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from oversight.interface.components import Link
from oversight.leads import services
from oversight.leads.forms import ReleaseForm, StartForm
from oversight.leads.models import Comparison, Examination, Release
from oversight.leads.selectors import (
    Place,
    begun_by,
    comparison_for,
    examination_of,
    examinations_of,
    own_record,
    places_of,
    waiting_for,
)
from oversight.leads.tables import OpenExaminations, WaitingComparisons
from oversight.people.models import Person
from oversight.people.viewer import viewer_of
from oversight.requests.models import Decision


def own_examination(request: HttpRequest, key: UUID) -> Examination:
    """Return the viewer's own examination (Http404 for everybody else's)."""
    try:
        return examination_of(viewer_of(request), key)
    except Examination.DoesNotExist:
        raise Http404 from None


def first_open(places: list[Place]) -> Place | None:
    """Return the first candidate that has not been judged; None once all are."""
    return next((place for place in places if place.judgement is None), None)


def refused_page(request: HttpRequest, decision: Decision, **context: Any) -> HttpResponse:
    """Say which rule refuses, and what would cure it."""
    context |= {"refused": decision.document["reasons"]}
    return render(request, "leads/refused.html", context, status=403)


def crumbs_of(examination: Examination, *further: Link) -> list[Link]:
    """Return the way back to the queue."""
    here = reverse("leads:examination", args=[examination.key])
    queue_link = Link(_("Comparisons"), reverse("leads:queue"))
    return [queue_link, Link(name_of(examination.comparison), here), *further]


def name_of(comparison: Comparison) -> str:
    """Return the words for a comparison that say nothing of the case."""
    return _("Comparison %(code)s") % {"code": comparison.code}


@require_GET
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer, what they have begun, and how often others agreed with them."""
    viewer = viewer_of(request)
    context = {
        "begun": OpenExaminations(examinations_of(viewer), request.GET),
        "waiting": WaitingComparisons(waiting_for(viewer), request.GET),
        "record": own_record(viewer),
    }
    return render(request, "leads/queue.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def start(request: HttpRequest, run: UUID) -> HttpResponse:
    """Explain what is asked of an examiner; take the comparison on."""
    viewer = viewer_of(request)
    form = StartForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            return _start(request, comparison_for(viewer, run))
        comparison = comparison_for(viewer, run)
    except Comparison.DoesNotExist:
        return _go_on(viewer, run)
    context = {
        "form": form,
        "comparison": comparison,
        "name": name_of(comparison),
        "back_url": reverse("leads:queue"),
    }
    return render(request, "leads/start.html", context, status=422 if form.errors else 200)


def _go_on(viewer: Person, run: UUID) -> HttpResponse:
    """Lead to what the viewer began in another tab; there is nothing here for anybody else."""
    try:
        return redirect("leads:examination", key=begun_by(viewer, run).key)
    except Examination.DoesNotExist:
        raise Http404 from None


def _start(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    try:
        examination, decision = services.start_examination(
            comparison=comparison, examiner=viewer_of(request)
        )
    except services.NotAllowedError as error:
        context = {"message": str(error), "name": name_of(comparison)}
        return render(request, "leads/taken.html", context, status=409)
    if examination is None:
        return refused_page(request, decision, name=name_of(comparison))
    return redirect("leads:examination", key=examination.key)


@require_GET
@never_cache
def examination(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lead to where the work is: the next candidate, the closing page, or what was concluded."""
    found = own_examination(request, key)
    if hasattr(found, "conclusion") or hasattr(found, "release"):
        context = {
            "examination": found,
            "name": name_of(found.comparison),
            "places": places_of(found),
            "crumbs": crumbs_of(found),
        }
        return render(request, "leads/closed.html", context)
    following = first_open(places_of(found))
    if following is None:
        return redirect("leads:conclude", key=key)
    return redirect("leads:compare", key=key, position=following.position)


@require_http_methods(["GET", "POST"])
@never_cache
def release(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand an examination back, for good."""
    found = own_examination(request, key)
    if hasattr(found, "conclusion") or hasattr(found, "release"):
        return redirect("leads:examination", key=key)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = Release.Reason(form.cleaned_data["reason"])
        # Closed in another tab a moment ago: the page it leads to shows how it stands.
        with suppress(services.ClosedError):
            services.release_examination(examination=found, reason=reason)
        return redirect("leads:examination", key=key)
    context = {
        "form": form,
        "back_url": reverse("leads:examination", args=[key]),
        "crumbs": crumbs_of(found, Link(_("Hand back"))),
    }
    return render(request, "leads/release.html", context, status=422 if form.errors else 200)
