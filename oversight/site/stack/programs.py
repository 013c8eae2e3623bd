"""The programs that make up the stack, each under the database role it needs and no more."""

from dataclasses import dataclass
from typing import Final

from oversight.site.roles import CHECKPOINTER, RELAY, WEB, WORKER

_CELERY: Final = ("-m", "celery", "--app", "oversight.site.celery", "worker")
# One task at a time in the process itself: the least memory, and killing it kills the task.
_ONE_BY_ONE: Final = ("--pool", "solo", "--without-gossip", "--without-mingle", "-l", "INFO")


@dataclass(frozen=True)
class Program:
    """How to run one process of the stack with our Python."""

    name: str
    role: str
    """Of the database; empty for what needs none."""
    arguments: tuple[str, ...]
    """``{port}`` and ``{run}`` stand for the web's port and the folder for run files."""
    ready: str | None = None
    """A text in its log that says it is ready; None: as soon as it runs."""


PROGRAMS: Final = (
    Program(
        "web",
        WEB,
        (
            *("-m", "gunicorn", "oversight.site.wsgi"),
            *("--config", "python:oversight.site.stack.gunicorn", "--bind", "127.0.0.1:{port}"),
        ),
    ),
    Program(
        "worker",
        WORKER,
        (*_CELERY, "--queues", "search", "--hostname", "worker@%h", *_ONE_BY_ONE),
        ready="worker_ready",
    ),
    Program("relay", RELAY, ("manage.py", "relay")),
    Program(
        "clerk",
        WEB,
        (
            *(*_CELERY, "--queues", "office", "--hostname", "clerk@%h", *_ONE_BY_ONE),
            *("--beat", "--schedule", "{run}/beat"),
        ),
        ready="worker_ready",
    ),
    Program("checkpointer", CHECKPOINTER, ("manage.py", "checkpointer")),
)
