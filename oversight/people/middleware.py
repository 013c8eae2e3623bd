"""Enforces the access table on every page, before its view runs."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from oversight.people.access import Audience, audiences_of
from oversight.people.carrying import FIELD, pack_typed
from oversight.people.selectors import roles_of


class AccessMiddleware:
    """Lets a request through to its view only if the table names its audience.

    Someone who is not signed in is sent to sign in. Someone signed in without the role gets
    the same answer as for a page that does not exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the decision falls in ``process_view``, when the address is resolved.

        What is not for everyone is kept by no cache: after signing out at a shared desk the
        browser's "Back" shows nothing of it.
        """
        response = self.get_response(request)
        if Audience.EVERYONE not in _audiences(request):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Return None to let the view run, or the way to sign in.

        Raises:
            Http404: the page has no entry, or not for this person.
        """
        audiences = _audiences(request)
        if Audience.EVERYONE in audiences:
            return None
        if Audience.DEVELOPMENT in audiences and settings.DEBUG:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request) if audiences else _absent()
        if Audience.SIGNED_IN in audiences:
            return None
        held = roles_of(request.user, on=timezone.localdate())
        return None if held & {str(a) for a in audiences} else _absent()


def _audiences(request: HttpRequest) -> frozenset[Audience]:
    match = request.resolver_match
    return audiences_of(match.view_name if match else "")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to sign in; a form whose session ended keeps what was typed into it."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    context = {
        "form": LoginForm(),
        FIELD: pack_typed(request),
        "redirect_field_name": REDIRECT_FIELD_NAME,
        "redirect_field_value": request.path,
        "form_action": reverse("account_login"),
        "had_files": bool(request.FILES),
    }
    return render(request, "account/login.html", context, status=401)


def _absent() -> HttpResponse:
    raise Http404
