"""Celery's tasks find their application, and the log listens to requests."""

from django_structlog import signals

from oversight.site.celery import app
from oversight.site.logs.requests import begin, tell

app.set_default()  # wherever a `shared_task` is called, whatever the thread

signals.bind_extra_request_metadata.connect(begin)
signals.bind_extra_request_finished_metadata.connect(tell)
signals.bind_extra_request_failed_metadata.connect(tell)
