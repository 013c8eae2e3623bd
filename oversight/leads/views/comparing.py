"""The blind comparison: the probe and one candidate, and what the examiner finds."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from oversight.interface.components import Link
from oversight.leads import services
from oversight.leads.forms import JudgementForm
from oversight.leads.models import Examination
from oversight.leads.presenting import summary_of
from oversight.leads.selectors import Place, places_of
from oversight.leads.views.examining import (
    crumbs_of,
    name_of,
    own_examination,
    refused_page,
)
from oversight.people.carrying import typed_before
from oversight.requests.models import Decision
from recognition import gateway


def place_in(examination: Examination, position: int) -> tuple[Place, list[Place]]:
    """Return the candidate at a position of this examiner's order, and all of them (Http404)."""
    places = places_of(examination)
    if not 1 <= position <= len(places):
        raise Http404
    return places[position - 1], places


@method_decorator(never_cache, name="dispatch")
class CompareView(View):
    """Look, fill in, check, record. What is recorded is read, not changed."""

    def get(self, request: HttpRequest, key: UUID, position: int) -> HttpResponse:
        """Show the two photographs with the form, or with what was recorded."""
        found = own_examination(request, key)
        place, places = place_in(found, position)
        form = JudgementForm(typed_before(request), has_image=place.has_image)
        return self._look(request, found, place, places, form)

    def post(self, request: HttpRequest, key: UUID, position: int) -> HttpResponse:
        """Check what was filled in, show it once more, then record it for good."""
        found = own_examination(request, key)
        place, places = place_in(found, position)
        form = JudgementForm(request.POST, has_image=place.has_image)
        if place.judgement is not None and form.is_valid():
            return self._recorded_before(request, found, place, form)
        if not form.is_valid() or request.POST.get("step") == "edit":
            status = 200 if form.is_valid() else 422
            return self._look(request, found, place, places, form, status)
        if request.POST.get("step") == "record":
            return self._record(request, found, place, form)
        context = self._context(found, place, places) | {
            "form": form,
            "rows": summary_of(vars_of(form)),
        }
        return render(request, "leads/check.html", context)

    def _record(
        self, request: HttpRequest, found: Examination, place: Place, form: JudgementForm
    ) -> HttpResponse:
        try:
            services.record_judgement(
                examination=found, candidate=place.candidate, findings=form.findings
            )
        except services.AlreadyRecordedError:
            again = own_examination(request, found.key)
            return self._recorded_before(request, again, place, form)
        except services.ClosedError:
            return redirect("leads:examination", key=found.key)
        except services.NotShownError:
            _place, places = place_in(found, place.position)
            return self._look(request, found, place, places, form, 409)
        return redirect("leads:examination", key=found.key)

    def _look(
        self,
        request: HttpRequest,
        found: Examination,
        place: Place,
        places: list[Place],
        form: JudgementForm,
        status: int = 200,
    ) -> HttpResponse:
        try:
            decision = services.view_candidate(examination=found, candidate=place.candidate)
        except services.ClosedError:
            return redirect("leads:examination", key=found.key)
        if decision.effect == Decision.Effect.REFUSE:
            return refused_page(request, decision, name=name_of(found.comparison))
        context = self._context(found, place, places) | {"form": form}
        if place.judgement is not None:
            context["rows"] = summary_of(vars(place.judgement))
            context["form"] = None
        return render(request, "leads/compare.html", context, status=status)

    def _recorded_before(
        self, request: HttpRequest, found: Examination, place: Place, form: JudgementForm
    ) -> HttpResponse:
        current, places = place_in(found, place.position)
        context = self._context(found, current, places) | {
            "rows": summary_of(vars(current.judgement)),
            "typed": summary_of(vars_of(form)),
        }
        return render(request, "leads/recorded_before.html", context, status=409)

    def _context(self, found: Examination, place: Place, places: list[Place]) -> dict[str, Any]:
        title = _("Candidate %(position)s of %(count)s") % {
            "position": place.position,
            "count": len(places),
        }
        return {
            "examination": found,
            "place": place,
            "places": places,
            "title": title,
            "done": sum(each.judgement is not None for each in places),
            "here": reverse("leads:compare", args=[found.key, place.position]),
            "crumbs": crumbs_of(found, Link(title)),
        }


def vars_of(form: JudgementForm) -> dict[str, Any]:
    """Return a valid form's findings by name, as a judgement has them."""
    findings = form.findings
    return {
        "support": findings.support,
        "features": findings.features,
        "similarities": findings.similarities,
        "dissimilarities": findings.dissimilarities,
        "note": findings.note,
    }


@require_GET
@never_cache
def probe_image(request: HttpRequest, key: UUID) -> HttpResponse:
    """The searched face, to the examiner of an examination that is open."""
    found = own_examination(request, key)
    _refuse_closed(found)
    submission = found.comparison.submission
    try:
        data = gateway.probe_face_image(submission.probe, submission.face_index)
    except gateway.Unknown:
        raise Http404 from None
    return image(data)


@require_GET
@never_cache
def candidate_image(request: HttpRequest, key: UUID, position: int) -> HttpResponse:
    """One candidate, to the examiner of an examination that is open, if the gate permits."""
    found = own_examination(request, key)
    _refuse_closed(found)
    place, _places = place_in(found, position)
    looking = services.is_looking(
        comparison=found.comparison, viewer=found.examiner, candidate=place.candidate
    )
    if not looking:
        try:
            decision = services.view_candidate(examination=found, candidate=place.candidate)
        except services.ClosedError:
            raise Http404 from None
        if decision.effect == Decision.Effect.REFUSE:
            return refused_page(request, decision, name=name_of(found.comparison))
    return image(gateway.candidate_image(place.candidate))


def image(data: bytes | None) -> HttpResponse:
    """Answer with a photograph that no cache may keep; Http404 where there is none (any more)."""
    if data is None:
        raise Http404
    return HttpResponse(
        data,
        content_type=gateway.RENDITION_MEDIA_TYPE,
        headers={"Cache-Control": "no-store, private", "X-Content-Type-Options": "nosniff"},
    )


def _refuse_closed(found: Examination) -> None:
    if hasattr(found, "conclusion") or hasattr(found, "release"):
        raise Http404
