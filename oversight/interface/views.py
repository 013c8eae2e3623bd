"""Error pages. They read neither the database nor the session, so that they always come through."""

import logging
import re
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from oversight.interface.style_guide import style_guide_context

logger = logging.getLogger(__name__)

_REFERENCE: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_LAST_RESORT: Final = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Error</title>"
    "<h1>Sorry, something went wrong on our side</h1>"
    "<p>Wait a moment and try again.</p><p><a href='/'>Go to the start page</a></p></html>"
)


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return error_page(413)
    return error_page(400)


def permission_denied(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception  # Django passes it by this name; nothing of it is shown
    return error_page(403)


def page_not_found(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception  # Django passes it by this name; nothing of it is shown
    return error_page(404)


def server_error(_request: HttpRequest) -> HttpResponse:
    return error_page(500, reference=_request_id())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an ended or another session (`CSRF_FAILURE_VIEW`); leads back to that form."""
    logger.warning("A form was refused: %s", reason)
    return error_page(403, name="csrf", back_path=_own_referrer(request))


def too_many_requests(
    _request: HttpRequest, *, retry_after: int | None = None, **_given: object
) -> HttpResponse:
    """Answer 429; `retry_after` is in seconds."""
    response = error_page(429, retry_after=retry_after)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def unavailable(_request: HttpRequest, *, retry_after: int = 120) -> HttpResponse:
    """Answer 503 while the service is maintained; `retry_after` is in seconds."""
    response = error_page(503)
    response["Retry-After"] = str(retry_after)
    return response


def error_page(status: int, *, name: str = "", **context: Any) -> HttpResponse:
    """The page `errors/<name or status>.html`, or a bare one when not even that can be made."""
    try:
        content: str = render_to_string(f"errors/{name or status}.html", context)
    except Exception:
        # Whatever is broken, the answer must go out.
        logger.critical("The error page %s could not be rendered", name or status, exc_info=True)
        content = _LAST_RESORT
    response = HttpResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response


def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with its states, in development only."""
    if not settings.DEBUG:
        raise Http404
    data = request.POST if request.method == "POST" else None
    context = style_guide_context(request.GET, data)
    return HttpResponse(render_to_string("interface/style_guide.html", context, request))


def _request_id() -> str:
    """The identifier under which the failure is in the logs, if there is one."""
    found = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    return found if _REFERENCE.fullmatch(found) else ""


def _own_referrer(request: HttpRequest) -> str:
    """Path of the page that held the form, if it is ours; never another site's."""
    referrer = request.META.get("HTTP_REFERER", "")
    try:
        host = request.get_host()
        ours = url_has_allowed_host_and_scheme(referrer, {host}, require_https=request.is_secure())
        path = urlsplit(referrer).path if ours else ""
    except (SuspiciousOperation, ValueError):
        # A forged host or address must not break the error page.
        return ""
    # A path that begins with two slashes would be read as another site's address.
    return path if path.startswith("/") and not path.startswith("//") else ""
