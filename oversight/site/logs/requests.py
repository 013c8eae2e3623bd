"""What the log tells of a request: the page's name, the answer's code, the time it took."""

import time
from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest
from django_structlog import signals


@receiver(signals.bind_extra_request_metadata)
def _begin(request: HttpRequest, **_rest: object) -> None:
    request.META["oversight.began"] = time.monotonic()


@receiver(signals.bind_extra_request_finished_metadata)
@receiver(signals.bind_extra_request_failed_metadata)
def _tell(request: HttpRequest, log_kwargs: dict[str, Any], **_rest: object) -> None:
    match = request.resolver_match
    log_kwargs["method"] = request.method
    # Not the address: what someone typed into it may be a name.
    log_kwargs["page"] = match.view_name if match else "unknown"
    began = request.META.get("oversight.began")
    if began is not None:
        log_kwargs["ms"] = round((time.monotonic() - began) * 1000)
