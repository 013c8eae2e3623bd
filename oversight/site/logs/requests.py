"""What the log tells of a request: the page's name, the answer's code, the time it took."""

import time
from typing import Any

from django.http import HttpRequest


def begin(request: HttpRequest, **_rest: object) -> None:
    """Note when it began."""
    request.META["oversight.began"] = time.monotonic()


def tell(request: HttpRequest, log_kwargs: dict[str, Any], **_rest: object) -> None:
    """Write what the log tells of it, once it was answered or failed."""
    match = request.resolver_match
    log_kwargs["method"] = request.method
    # Not the address: what someone typed into it may be a name.
    log_kwargs["page"] = match.view_name if match else "unknown"
    began = request.META.get("oversight.began")
    if began is not None:
        log_kwargs["ms"] = round((time.monotonic() - began) * 1000)
