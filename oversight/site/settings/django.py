"""Django's own settings."""

import os
from typing import Any
from urllib.parse import urlsplit

from oversight.site.paths import ASSETS_DIR, BASE_DIR, LOCALE_DIR
from oversight.site.roles import OWNER, PUBLIC
from oversight.site.secrets import secret

DEBUG = os.environ.get("OVERSIGHT_DEBUG") == "1"
SECRET_KEY = secret("django-key")
ALLOWED_HOSTS = os.environ.get("OVERSIGHT_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_structlog",
    "recognition",
    "oversight.interface",
    "oversight.ledger",
    "oversight.people",
    "oversight.policy",
    "oversight.requests",
    "oversight.leads",
    "oversight.transparency",
    "oversight.council",
    "oversight.council.board",
    "oversight.site",
]

MIDDLEWARE = [
    # Before all others: a page that is finished already costs nothing more.
    "oversight.transparency.frozen.FrozenPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "oversight.site.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "oversight.people.middleware.AccessMiddleware",
    "oversight.policy.middleware.LawMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
]

ROOT_URLCONF = "oversight.site.urls"
WSGI_APPLICATION = "oversight.site.wsgi.application"
FORM_RENDERER = "oversight.interface.forms.UswdsRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "oversight.site.context.house",
            ],
        },
    },
]


def _database(role: str) -> dict[str, Any]:
    given = os.environ.get(f"DATABASE_URL_{role.upper()}") or os.environ.get("DATABASE_URL", "")
    return {
        "ENGINE": "oversight.site.database",
        "NAME": urlsplit(given).path.lstrip("/") or "oversight",
        "ROLE": role,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIRROR": "default"} if role == PUBLIC else {},
    }


DATABASES = {
    "default": _database(os.environ.get("OVERSIGHT_ROLE", OWNER)),
    # The public pages read through a role of their own, which cannot see a case.
    "public": _database(PUBLIC),
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "oversight.interface.views.csrf_failure"
BEHIND_TLS = os.environ.get("OVERSIGHT_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, before the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Other hosts of the city's domain are not ours to bind to TLS (subdomains, browsers' preload list).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
# Compiled at set-up from oversight/site/locale (oversight.site.catalogue).
LOCALE_PATHS = [LOCALE_DIR]
FORMAT_MODULE_PATH = "oversight.interface.formats"
TIME_ZONE = os.environ.get("OVERSIGHT_TIME_ZONE", "America/Los_Angeles")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ASSETS_DIR.parent / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ASSETS_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_BACKEND = os.environ.get(
    "OVERSIGHT_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("OVERSIGHT_FROM_EMAIL", "oversight@localhost")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
