"""Settings of third-party packages."""

import logging
import os

from celery.schedules import crontab
from csp.constants import NONE, SELF

from oversight.site.logs import configuration
from oversight.site.settings.django import BEHIND_TLS
from oversight.site.settings.project import STEP_UP_SECONDS

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
}

# Accounts are made by administrators; nobody signs themselves up.
ACCOUNT_ADAPTER = "oversight.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = STEP_UP_SECONDS
# What one network address may send is limited: behind a proxy the address is the one it adds to
# X-Forwarded-For. How many proxies stand before us.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("OVERSIGHT_PROXIES", "1" if BEHIND_TLS else "0"))
MFA_ADAPTER = "oversight.people.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "office"
CELERY_TASK_ROUTES = {"recognition.tasks.*": {"queue": "search"}}
CELERY_TASK_CREATE_MISSING_QUEUES = True
# A message that a lost worker held is handed out again after this many seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 60}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "close-searches-without-candidates": {
        "task": "oversight.leads.tasks.close_searches_without_candidates",
        "schedule": 10.0,  # seconds
    },
    "note-overdue-reports": {
        "task": "oversight.requests.tasks.note_overdue",
        "schedule": 60.0,  # seconds
    },
    "run-replays": {
        "task": "oversight.policy.tasks.run_replays",
        "schedule": 5.0,  # seconds
    },
    "set-publications": {
        "task": "oversight.transparency.tasks.set_waiting_files",
        "schedule": 60.0,  # seconds
    },
    "remind-of-reports": {
        "task": "oversight.transparency.tasks.send_reminders",
        "schedule": crontab(hour=15, minute=5),  # in UTC; in the morning in Los Angeles
    },
    "draw-samples": {
        "task": "oversight.council.board.tasks.draw_samples",
        "schedule": 10.0,  # seconds
    },
    "send-notices": {
        "task": "oversight.council.board.tasks.send_notices",
        "schedule": 30.0,  # seconds
    },
    "review-unusual-use": {
        "task": "oversight.council.board.tasks.review_unusual_use",
        "schedule": 3600.0,  # seconds; it is done once a week
    },
    "group-comments": {
        "task": "oversight.council.tasks.group_new_comments",
        "schedule": 10.0,  # seconds
    },
    "audit-the-record": {
        "task": "oversight.ledger.tasks.audit",
        "schedule": crontab(hour=10, minute=17),  # in UTC; at night in Los Angeles
    },
}

HTMX_CONFIG = {"includeIndicatorStyles": False, "allowEval": False}

LOGGING = configuration()
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# The context of a request travels in the headers of its tasks: the request's id and no more.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
