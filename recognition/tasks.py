"""Celery tasks: thin. A message carries one id and nothing else; any message may come twice.

What is not an id, or names nothing, is logged and dropped. What fails for the moment is tried
again with growing pauses; should the message be lost, the relay sends another.
"""

from __future__ import annotations

import logging
from uuid import UUID

from celery import Task, shared_task
from django.db import OperationalError

from recognition.authorization.failures import FailureCode
from recognition.engines import EngineUnavailable
from recognition.exchange import Unknown

logger = logging.getLogger(__name__)

TRIES = 5
PAUSE = 2
"""Seconds before the second try, doubled for each one after: 62 in all, each within the broker's
visibility timeout."""


@shared_task(bind=True, acks_late=True, max_retries=TRIES)
def inspect_probe(self: Task[..., None], probe_id: str) -> None:
    """Record what the probe holds."""
    from recognition import inspecting  # noqa: PLC0415  # decoders and numpy: in the worker only

    if (probe := _id(probe_id)) is None:
        return
    try:
        inspecting.inspect_probe(probe)
    except (EngineUnavailable, Unknown, OperationalError) as error:
        _again(self, error)


@shared_task(bind=True, acks_late=True, max_retries=TRIES)
def run_search(self: Task[..., None], authorization_id: str) -> None:
    """Run the authorized search, or what is left of it."""
    from recognition import searching  # noqa: PLC0415  # as above

    if (permit := _id(authorization_id)) is None:
        return
    try:
        searching.perform_search(permit)
    except (searching.NotProven, OperationalError) as error:
        _again(self, error)
    except EngineUnavailable as error:
        if self.request.retries >= TRIES:
            searching.fail_search(permit, FailureCode.ENGINE_UNAVAILABLE)
        else:
            _again(self, error)


def _id(given: object) -> UUID | None:
    """The id in a message; None, and a line in the log without its content, where it is none."""
    try:
        return UUID(str(given))
    except ValueError:
        logger.warning("a message without an id was dropped")
        return None


def _again(task: Task[..., None], error: Exception) -> None:
    """Try again later; after the last try leave it to the relay."""
    logger.warning("%s: %s, try %s", task.name, type(error).__name__, task.request.retries + 1)
    if task.request.retries < TRIES:
        raise task.retry(exc=error, countdown=PAUSE * 2**task.request.retries)
