"""Settings of the read API. Its framework is a library here and no application of Django's.

So neither its templates nor its scripts and style sheets are ever served.
"""

import os

from oversight.site.settings.django import BEHIND_TLS

# So many requests a minute from one address, for each process of the web.
API_REQUESTS_A_MINUTE = int(os.environ.get("OVERSIGHT_API_REQUESTS_A_MINUTE", "300"))

REST_FRAMEWORK = {
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # A parameter `format` is unknown here like any other.
    "URL_FORMAT_OVERRIDE": None,
    # Proxies in front that name the reader's address; nobody else's word is taken for it.
    "NUM_PROXIES": int(os.environ.get("OVERSIGHT_PROXIES", "1" if BEHIND_TLS else "0")),
}

SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Oversight read API",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "What is published of police face recognition: editions, figures, open data and the rules. "
        "Anyone may read, without a key; nothing can be written. Unknown parameters and values are "
        "refused with 400, and every error is a problem of RFC 9457."
    ),
    "LICENSE": {"name": "CC0 1.0", "identifier": "CC0-1.0"},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "TAGS": [
        {"name": "publications", "description": "Editions, filed reports, figures and open data."},
        {"name": "law", "description": "Instruments and rules as the gate applies them."},
        {"name": "inventory", "description": "Surveillance technologies and the votes on them."},
    ],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
