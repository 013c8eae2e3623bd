"""A page with one form that does one act: shown, done, or shown again with what is wrong."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from oversight.council.services.recording import NotAllowedError
from oversight.interface.components import Link
from oversight.interface.forms import Form


def act_page(
    request: HttpRequest,
    *,
    template: str,
    form: Form,
    act: Callable[[], object],
    done: str,
    trail: Sequence[Link],
    title: str,
    **context: Any,
) -> HttpResponse:
    """Answer a form's page.

    Args:
        form: bound on POST.
        act: called when the form is valid; a `NotAllowedError` comes back as the problem of its
            field, or of the form.
        done: said on the page that the trail ends at, which the act leads back to.
        trail: the way to this page, which ``title`` ends.
        context: what else the template shows.
    """
    home = trail[-1].url
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotAllowedError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, done)
            return redirect(home)
    crumbs = [*trail, Link(title)]
    shown = {"back_url": home, "crumbs": crumbs, **context, "form": form}
    return render(request, template, shown, status=422 if form.errors else 200)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, or nothing yet."""
    return request.POST if request.method == "POST" else None
