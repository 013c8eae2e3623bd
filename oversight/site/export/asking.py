"""Asking the live site for its pages, in this process: as a stranger would, through every layer."""

import io
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.response import HttpResponse, HttpResponseBase

from oversight.site.export.layout import Place


class BrokenSiteError(RuntimeError):
    """The live site does not answer what it links to; the copy is not made."""


@dataclass(frozen=True)
class Answer:
    """What the live site gave: a status, a type, and the bytes."""

    status: int
    content_type: str
    content: bytes
    moved_to: str = ""


class LiveSite:
    """The site of this process, asked at ``origin`` (scheme and host, one of ``ALLOWED_HOSTS``)."""

    def __init__(self, origin: str) -> None:
        self._parts = urlsplit(origin)
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def ask(self, place: Place) -> Answer:
        """Return what the site answers; a file of ``/static/`` is read where it lies."""
        if place.path.startswith(settings.STATIC_URL):
            return _static(unquote(place.path).removeprefix(settings.STATIC_URL))
        response = self._handler.get_response(self._request(place))
        try:
            return Answer(
                response.status_code,
                response.headers.get("Content-Type", ""),
                _content(response),
                response.headers.get("Location", ""),
            )
        finally:
            response.close()

    def _request(self, place: Place) -> WSGIRequest:
        secure = self._parts.scheme == "https"
        return WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": unquote(place.path).encode().decode("latin-1"),
                "QUERY_STRING": place.query,
                "HTTP_HOST": self._parts.netloc,
                "SERVER_NAME": self._parts.hostname or "",
                "SERVER_PORT": str(self._parts.port or (443 if secure else 80)),
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_X_FORWARDED_PROTO": self._parts.scheme,
                "wsgi.url_scheme": self._parts.scheme,
                "wsgi.input": io.BytesIO(),
                "wsgi.errors": io.StringIO(),
            }
        )


def _content(response: HttpResponseBase) -> bytes:
    if isinstance(response, HttpResponse):
        return bytes(response.content)
    return b"".join(response)


def _static(name: str) -> Answer:
    kind = "text/css" if name.endswith(".css") else "application/octet-stream"
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return Answer(200, kind, file.read())
    found = finders.find(name)
    if not isinstance(found, str):
        return Answer(404, kind, b"")
    with open(found, "rb") as file:  # noqa: PTH123  (a path that Django found)
        return Answer(200, kind, file.read())
