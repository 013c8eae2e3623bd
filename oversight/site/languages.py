"""Speaks to each request in the language of its address, and keeps other pages out of that language."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation

from oversight.interface.languages import (
    Translation,
    in_language,
    language_of,
    translations_of,
)
from oversight.people.access import Audience, audiences_of

_WORDED: Final = ("text/html", "application/atom+xml", "application/pdf", "image/svg+xml")


class LanguageMiddleware:
    """The address alone decides: no cookie and no header, so that caches need not ask either.

    Only what everyone may read is translated. A page of an office, and a file without words for
    people, have one address: theirs with another language before it leads there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within the language of the address, and say which it was."""
        language = language_of(request.path_info)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        if _has_words(response):
            response.headers.setdefault("Content-Language", language)
        elif (
            language != settings.LANGUAGE_CODE and response.status_code == HttpResponse.status_code
        ):
            response.close()
            return _without_language(request)
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Return the way to the page itself if it is not for everyone; else None."""
        if _is_public(request) or language_of(request.path_info) == settings.LANGUAGE_CODE:
            return None
        return _without_language(request)


def translations_for(request: HttpRequest) -> Sequence[Translation]:
    """The page of a request in each language; none for a page that is not for everyone."""
    if not _is_public(request):
        return ()
    base = request.build_absolute_uri("/").rstrip("/")
    return translations_of(request.get_full_path(), base)


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return Audience.EVERYONE in audiences_of(match.view_name if match else "")


def _has_words(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith(_WORDED)


def _without_language(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(in_language(request.get_full_path(), settings.LANGUAGE_CODE))
