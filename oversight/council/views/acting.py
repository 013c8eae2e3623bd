"""A page with one form that does one act: shown, done, or shown again with what is wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from oversight.council.services.recording import NotAllowedError
from oversight.interface.forms import Form


def act_page(
    request: HttpRequest,
    *,
    template: str,
    form: Form,
    act: Callable[[], object],
    done: str,
    leads_to: str,
    **context: Any,
) -> HttpResponse:
    """Answer a form's page.

    Args:
        form: bound on POST.
        act: called when the form is valid; a `NotAllowedError` comes back as the problem of its
            field, or of the form.
        done: said on the page at ``leads_to``, an address.
        context: what else the template shows; ``back_url`` is ``leads_to`` unless given.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotAllowedError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, done)
            return redirect(leads_to)
    shown = {"back_url": leads_to, **context, "form": form}
    return render(request, template, shown, status=422 if form.errors else 200)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, or nothing yet."""
    return request.POST if request.method == "POST" else None
