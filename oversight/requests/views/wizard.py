"""The five steps of a request. Each is saved by itself; the gate's outlook stands beside each."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from oversight.interface.components import Link
from oversight.people.carrying import typed_before
from oversight.people.viewer import viewer_of
from oversight.policy.gate import FactsError
from oversight.requests import presenting, services
from oversight.requests.forms import CaseForm, LegalBasisForm, ScopeForm, StepForm
from oversight.requests.models import SearchRequest
from oversight.requests.preview import outlook_of
from oversight.requests.views.officer import own_request

STEPS = (
    ("case", _("Case")),
    ("legal_basis", _("Legal basis")),
    ("image", _("Image and source")),
    ("scope", _("Scope")),
    ("check", _("Check and submit")),
)


def step_context(found: SearchRequest, step: str) -> dict[str, Any]:
    """Return what every step's page shows around its form."""
    names = [name for name, _label in STEPS]
    number = names.index(step) + 1
    back = names[number - 2] if number > 1 else None
    return {
        "found": found,
        "step_labels": [label for _name, label in STEPS],
        "step_number": number,
        "back_url": reverse(f"requests:{back}", args=[found.key]) if back else "",
        "crumbs": [Link(_("My requests"), reverse("requests:mine")), Link(str(found))],
    }


def editable_request(request: HttpRequest, key: UUID) -> SearchRequest:
    """Return the viewer's own request, ready to be changed.

    Raises:
        Http404: someone else's, or none.
        services.NotEditableError: it was sent, or has ended.
    """
    found = own_request(request, key)
    services.check_editable(request=found)
    return found


def stale_page(
    request: HttpRequest, found: SearchRequest, answers: Mapping[str, Any]
) -> HttpResponse:
    """Say that another window saved first, and show what was typed here, so that it is not lost."""
    found.draft.refresh_from_db()
    context = {
        "current_url": request.path,
        "changed_at": found.draft.updated_at,
        "typed": presenting.answer_rows(answers),
    }
    return render(request, "interface/stale_form.html", context, status=409)


def sent_page(
    request: HttpRequest, found: SearchRequest, answers: Mapping[str, Any]
) -> HttpResponse:
    """Say that the request was sent meanwhile, and show what was typed here after that."""
    context = {
        "current_url": reverse("requests:status", args=[found.key]),
        "typed": presenting.answer_rows(answers),
    }
    return render(request, "requests/sent_already.html", context, status=409)


@method_decorator(never_cache, name="dispatch")
class DraftView(View):
    """A page of a request that is not sent yet; of a sent one it leads to where that stands."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Catch that it was sent in another window, maybe in this very moment."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except services.NotEditableError:
            return redirect("requests:status", key=kwargs["key"])


class StepView(DraftView):
    """One step: show, look ahead without saving, or save and go on."""

    step: str
    following: str
    form_class: type[StepForm]

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Show the step with what was answered before."""
        found = editable_request(request, key)
        return self._page(request, found, self._form(found, typed_before(request)))

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Save the step and go on; or only look ahead; a mistake loses nothing typed."""
        found = own_request(request, key)
        form = self._form(found, request.POST)
        if not form.is_valid():
            return self._page(request, found, form, status=422)
        if "look_ahead" in request.POST:
            return self._page(request, found, form, {**found.draft.answers, **form.answers()})
        try:
            services.save_answers(
                request=found, answers=form.answers(), version=form.cleaned_data["version"]
            )
        except services.NotEditableError:
            return sent_page(request, found, form.answers())
        except services.StaleDraftError:
            return stale_page(request, found, form.answers())
        return redirect(f"requests:{self.following}", key=key)

    def _form(self, found: SearchRequest, data: Any = None) -> StepForm:
        initial = self.form_class.initial_from(found.draft.answers)
        initial["version"] = found.draft.version
        return self.form_class(data, initial=initial, **self._form_arguments(found))

    def _form_arguments(self, found: SearchRequest) -> dict[str, Any]:
        del found
        return {}

    def _page(
        self,
        request: HttpRequest,
        found: SearchRequest,
        form: StepForm,
        answers: Mapping[str, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = step_context(found, self.step) | {
            "form": form,
            "outlook": outlook_of(found, answers or found.draft.answers),
        }
        if request.headers.get("HX-Request"):
            # htmx asked for the outlook beside the form, and swaps it in whatever the form lacks.
            return render(request, "requests/parts/outlook.html", context)
        return render(request, f"requests/{self.step}.html", context, status=status)


class CaseStep(StepView):
    """Step 1."""

    step, following, form_class = "case", "legal_basis", CaseForm


class LegalBasisStep(StepView):
    """Step 2."""

    step, following, form_class = "legal_basis", "image", LegalBasisForm


class ScopeStep(StepView):
    """Step 4."""

    step, following, form_class = "scope", "check", ScopeForm

    def _form_arguments(self, found: SearchRequest) -> dict[str, Any]:
        return {"agency": found.agency}


class CheckStep(DraftView):
    """Step 5: all answers on one page, the gate's outlook, and the button that sends."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Show everything that will be sent."""
        return self._page(request, editable_request(request, key))

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Send what was shown; a second click finds it sent and shows where it stands."""
        found = own_request(request, key)
        if request.POST.get("version", "") != str(found.draft.version):
            return stale_page(request, found, {})
        if presenting.unanswered(found.draft.answers):
            return self._page(request, found, status=422)
        try:
            services.submit_request(request=found, version=found.draft.version)
        except services.StaleDraftError:
            return stale_page(request, found, {})
        except FactsError:
            # The outlook on the page names the field and the remedy.
            return self._page(request, found, status=422)
        return redirect("requests:status", key=key)

    def _page(self, request: HttpRequest, found: SearchRequest, status: int = 200) -> HttpResponse:
        answers = found.draft.answers
        context = step_context(found, "check") | {
            "groups": presenting.answer_groups(found),
            "outlook": outlook_of(found, answers),
            "missing": presenting.unanswered(answers),
            "has_errors": status != 200,  # noqa: PLR2004  (HTTP's own number)
            "viewer": viewer_of(request),
        }
        return render(request, "requests/check.html", context, status=status)
