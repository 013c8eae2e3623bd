"""Pages that show nothing but publications are made once and handed out many times.

What is published never changes, so a finished page stands until the next publication (or halt of
all use) and costs one small query, which asks for exactly that. Readers of kept pages pass no
session, leave no trace and are not logged: who reads about the police is nobody's business.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial, wraps
from hashlib import sha256
from typing import Any, Final, TypeGuard

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from oversight.transparency.selectors import state_of_publication

View = Callable[..., HttpResponse]

_OK: Final = 200
_STATE: Final = "oversight.state_of_publication"
_KEEP_SECONDS: Final = 60  # bounds the age of what a page may show beside publications
_ROOM: Final = 64 * 1024 * 1024  # bytes of finished pages in each process


def published_by(*asks: str) -> Callable[[View], View]:
    """Say that a page shows publications only: it may be kept, here and in browsers and caches.

    Caches ask again each time (``no-cache``) and get 304 until something changes, so that a new
    publication is seen at once. The ETag is of the page itself. Whoever is signed in gets a page
    of their own that no cache keeps.

    Args:
        asks: the parameters of the query that the page understands. A page that was asked for
            with others is made anew, so that invented ones cannot fill the memory.
    """
    return partial(_published, asks=frozenset(asks))


def _published(view: View, *, asks: frozenset[str]) -> View:
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        state = state_of_publication()  # first: what is published meanwhile must not be missed
        response = view(request, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if not _is_stranger(request) or b"csrfmiddlewaretoken" in response.content:
            response.headers["Cache-Control"] = "private, no-cache"
            return response
        response.headers["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
        response.headers["Cache-Control"] = "public, no-cache"
        if not response.headers["Content-Type"].startswith("text/html"):
            # A file may be read by the pages of any site, as the API may.
            response.headers["Access-Control-Allow-Origin"] = "*"
        if response.status_code == _OK and request.GET.keys() <= asks:
            request.META[_STATE] = state
        return response

    return require_safe(answer)


published: Final = published_by()
"""A page without parameters: see ``published_by``."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A finished page with all its headers, and until when it may be handed out."""

    content: bytes
    headers: dict[str, str]
    until: float


@dataclass
class _Shelf:
    """The pages made since something was last published."""

    state: str
    pages: dict[str, _Page] = field(default_factory=dict)
    bytes: int = 0

    def put(self, address: str, page: _Page) -> None:
        """Keep a page; where there is no more room, those before it go."""
        self.bytes += len(page.content)
        if self.bytes > _ROOM:
            self.pages.clear()
            self.bytes = len(page.content)
        self.pages[address] = page


class FrozenPages:
    """Middleware: answers strangers with a finished page before anything else is asked.

    It stands first, so that a kept page has the headers that all others have.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._shelf = _Shelf("")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return a kept page, or have it made and keep it."""
        address = _address(request)
        page = self._kept(address) if address else None
        if page is not None:
            return _conditional(request, HttpResponse(page.content, headers=page.headers))
        response = self.get_response(request)
        if _STATE not in request.META or not _is_as_made(response):
            return response
        if address and not response.cookies:
            self._keep(address, response, request.META[_STATE])
        return _conditional(request, response)

    def _kept(self, address: str) -> _Page | None:
        shelf = self._shelf
        page = shelf.pages.get(address)
        if page is None or page.until < time.monotonic():
            return None
        try:
            return page if state_of_publication() == shelf.state else None
        except DatabaseError:
            return None  # making the page anew fails as well, and says so

    def _keep(self, address: str, response: HttpResponse, state: str) -> None:
        if self._shelf.state != state:
            self._shelf = _Shelf(state)
        until = time.monotonic() + _KEEP_SECONDS
        self._shelf.put(address, _Page(response.content, dict(response.headers), until))


def _is_as_made(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Tell whether this is the page; another may have taken its place on the way out."""
    return isinstance(response, HttpResponse) and "ETag" in response.headers


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Return 304 to who has the page already, else the page."""
    found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return found or response


def _is_stranger(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def _address(request: HttpRequest) -> str | None:
    """The whole address under which a page is kept; None for a request that is never answered so."""
    if request.method != "GET" or not _is_stranger(request):
        return None
    try:
        return request.build_absolute_uri()
    except DisallowedHost:
        return None
