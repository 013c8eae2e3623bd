"""The interface alone: no database, no accounts, only what pages are made of."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import override_settings

_TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [*site.TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"],
    "APP_DIRS": True,
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.template.context_processors.i18n",
        ]
    },
}

ALONE: dict[str, Any] = {
    "DEBUG": True,
    "ROOT_URLCONF": "tests.interface.urls",
    "MIDDLEWARE": [
        "csp.middleware.CSPMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
    ],
    "TEMPLATES": [_TEMPLATES],
    "STORAGES": {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    },
    "CITY_NAME": "City of Springfield",
    "AGENCY_NAME": "Springfield Police",
    "TIME_ZONE": "America/Los_Angeles",
}


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    with override_settings(**ALONE):
        yield
