"""The Celery application: JSON only, never eager, messages that carry ids and nothing else."""

import os

from celery import Celery

from oversight.site.broker import broker_address

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.site.settings")


app = Celery("oversight")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Looked up at the first use, not at import: most commands need no broker.
app.add_defaults(lambda: {"broker_url": broker_address()})
app.autodiscover_tasks()
