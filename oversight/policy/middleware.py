"""Fails closed, and in words, when the law as it stands cannot be read."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from oversight.interface.views import error_page
from oversight.policy.gate import PackError

_log = structlog.get_logger(__name__)


class LawMiddleware:
    """Answers 503 where a page asked for a law that is valid no more: nothing is decided then.

    The page names the fault and its remedy for the administrator; the text of the law is public,
    and so is what is wrong with it (``/readyz`` says the same).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; only a failure of the view is looked at."""
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page that refuses, or None for any other failure."""
        if not isinstance(exception, PackError):
            return None
        _log.error("the law cannot be read", fault=str(exception))
        return error_page(503, name="rules", fault=str(exception))
