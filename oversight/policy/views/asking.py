"""Would my search be allowed? The law of several cities, side by side."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oversight.interface.components import Link
from oversight.interface.languages import home_link
from oversight.policy import gate
from oversight.policy.forms.asking import AskForm
from oversight.policy.hypothetical import ask_everyone
from oversight.policy.presenting.decisions import shown_answer

_IN_FULL: Final = 3
"""So many answers are shown in full at once; of more, each is opened by its heading."""


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The questions and, once they are answered, what each agency's law says.

    Everything stands in the address, so that it can be shared; nothing is kept.
    """
    found = gate.catalogue()
    form = AskForm(request.GET, found=found)
    context: dict[str, Any] = {
        "form": form,
        "crumbs": [
            home_link(),
            Link(_("Rules"), reverse("policy:rules")),
            Link(_("Would my search be allowed?")),
        ],
    }
    if form.is_bound and form.is_valid():
        try:
            answers = ask_everyone(form.cleaned_data, found, timezone.localdate())
        except gate.FactsError as error:
            form.add_error(None, f"{error.message}. {error.remedy}")
        else:
            context["answers"] = [shown_answer(answer, found) for answer in answers]
            context["in_full"] = len(answers) <= _IN_FULL
            context["refused"] = sum(not answer.decision.permits for answer in answers)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "policy/ask.html", context, status=status)
