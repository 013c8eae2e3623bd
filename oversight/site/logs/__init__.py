"""Logs: one line an event, one id from a request to its tasks, and nothing about people.

``OVERSIGHT_LOG`` chooses the form: ``json`` (one object a line; the default in service), ``text``
(for eyes), or ``detail`` (text, with the messages of exceptions: for development with made-up data).
"""

import logging
import os
from typing import Any, Final

import structlog

from oversight.site.logs.privacy import (
    fixed_words_of_others,
    in_full,
    only_where_it_broke,
    without_visitors,
)

FORMS: Final = ("json", "text", "detail")


def configuration() -> dict[str, Any]:
    """Return the dictionary for ``logging.config``, and set structlog up to feed it.

    Raises:
        ValueError: ``OVERSIGHT_LOG`` is none of ``FORMS``.
    """
    form = os.environ.get("OVERSIGHT_LOG") or default_form()
    if form not in FORMS:
        raise ValueError(f"OVERSIGHT_LOG is {form!r}; it must be one of {', '.join(FORMS)}.")
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_common(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return _dictionary(form)


def default_form() -> str:
    """Return the form where none is chosen: everything in development, else JSON."""
    return "detail" if os.environ.get("OVERSIGHT_DEBUG") == "1" else "json"


def _common() -> list[structlog.typing.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_visitors,
    ]


def _dictionary(form: str) -> dict[str, Any]:
    private: list[structlog.typing.Processor] = [] if form == "detail" else [only_where_it_broke]
    renderer: structlog.typing.Processor = structlog.dev.ConsoleRenderer(colors=False)
    if form == "json":
        renderer = structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False)
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "use_get_message": False,
        "pass_foreign_args": True,
        "foreign_pre_chain": [in_full if form == "detail" else fixed_words_of_others, *_common()],
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *private,
            renderer,
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        # Standard error: commands that print JSON on standard output stay readable.
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["lines"], "level": "INFO"},
        "loggers": {
            "gunicorn.error": {"handlers": ["lines"], "level": "INFO", "propagate": False},
            "django": {"handlers": ["lines"], "level": "INFO", "propagate": False},
            "django.request": {"level": "ERROR"},
            # django-structlog tells the same in events of one form, with the id of the request.
            **{
                name: {"level": logging.WARNING}
                for name in (
                    "celery.app.trace",
                    "celery.beat",
                    "celery.worker.strategy",
                    "django.server",
                )
            },
        },
    }
