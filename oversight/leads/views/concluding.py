"""The closing page of an examination."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from oversight.interface.components import Link
from oversight.leads import services
from oversight.leads.forms import ConclusionForm
from oversight.leads.models import Examination
from oversight.leads.selectors import Place, places_of
from oversight.leads.views.examining import (
    crumbs_of,
    first_open,
    name_of,
    own_examination,
    refused_page,
)


@method_decorator(never_cache, name="dispatch")
class ConcludeView(View):
    """Name nobody, or one candidate that the own comparison supports; for good."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Show what was recorded, and the choice."""
        found = own_examination(request, key)
        places = places_of(found)
        if hasattr(found, "conclusion") or hasattr(found, "release") or first_open(places):
            return redirect("leads:examination", key=key)
        return self._page(request, found, places, form_for(places))

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Close the examination, once."""
        found = own_examination(request, key)
        places = places_of(found)
        if first_open(places):
            return redirect("leads:examination", key=key)
        form = form_for(places, request.POST)
        if not form.is_valid():
            return self._page(request, found, places, form, 422)
        try:
            closing = services.conclude_examination(examination=found, judgement=form.judgement)
        except services.AlreadyRecordedError:
            return self._concluded_before(request, key, form)
        except services.ClosedError:
            return redirect("leads:examination", key=key)
        if closing.conclusion is None:
            return refused_page(request, closing.decision, name=name_of(found.comparison))
        return redirect("leads:examination", key=key)

    def _page(
        self,
        request: HttpRequest,
        found: Examination,
        places: list[Place],
        form: ConclusionForm,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "form": form,
            "examination": found,
            "places": places,
            "back_url": reverse("leads:compare", args=[found.key, len(places)]),
            "crumbs": crumbs_of(found, Link(_("Conclusion"))),
        }
        return render(request, "leads/conclude.html", context, status=status)

    def _concluded_before(
        self, request: HttpRequest, key: UUID, form: ConclusionForm
    ) -> HttpResponse:
        found = own_examination(request, key)
        chosen = dict(form.fields["names"].choices)[form.cleaned_data["names"]]  # type: ignore[attr-defined]  # a ChoiceField
        context = {
            "examination": found,
            "name": name_of(found.comparison),
            "places": places_of(found),
            "chosen_again": chosen,
            "crumbs": crumbs_of(found),
        }
        return render(request, "leads/closed.html", context, status=409)


def form_for(places: list[Place], data: object = None) -> ConclusionForm:
    """Return the closing form with the candidates that the examiner may name."""
    supported = [
        (place.position, place.judgement)
        for place in places
        if place.judgement is not None and place.judgement.supports_same
    ]
    return ConclusionForm(data, supported=supported)
