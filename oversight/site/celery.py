"""The Celery application: JSON only, never eager, messages that carry ids and nothing else."""

import os

import structlog
from celery import Celery
from celery.signals import setup_logging, worker_ready

from oversight.site.broker import broker_address

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.site.settings")


app = Celery("oversight")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Looked up at the first use, not at import: most commands need no broker.
app.add_defaults(lambda: {"broker_url": broker_address()})
app.autodiscover_tasks()


@setup_logging.connect
def _leave_logging_to_django(**_rest: object) -> None:
    """Celery sets up no logging of its own where someone listens to this signal."""


@worker_ready.connect
def _tell_that_we_are_ready(**_rest: object) -> None:
    structlog.get_logger().info("worker_ready")
