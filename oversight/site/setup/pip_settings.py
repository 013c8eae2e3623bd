"""What pip is configured with, said in uv's words.

uv is many times quicker but reads none of pip's files or variables. Sites point pip at mirrors,
certificates and local folders; whoever did that must not have to do it twice. Constraints are left
out: our files pin every version, and uv refuses constraints without digests beside them.
"""

import ast
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_SECTIONS: Final = ("global", "install", ":env:")  # later ones win, as in pip

_PLAIN: Final = {
    "index-url": "UV_DEFAULT_INDEX",
    "cert": "SSL_CERT_FILE",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
    "proxy": "ALL_PROXY",
}
_LISTS: Final = {
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
}


def uv_environment(python: Path, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return ``environment`` with pip's settings added for uv; uv's own variables stay as given."""
    added = translate(_pip_settings(python))
    # pip takes the best version of all indexes; our files pin each by its digest anyway.
    added["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {**added, **environment}


def translate(settings: Mapping[str, str]) -> dict[str, str]:
    """Return uv's variables for pip's settings (``index-url`` and the like, without section)."""
    found = {_PLAIN[key]: value for key, value in settings.items() if key in _PLAIN}
    for key, (variable, separator) in _LISTS.items():
        if value := settings.get(key, "").split():
            found[variable] = separator.join(value)
    if settings.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        found["UV_NO_INDEX"] = "1"
    return found


def _pip_settings(python: Path) -> dict[str, str]:
    listed = subprocess.run(
        [str(python), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    return parse(listed.stdout)


def parse(listing: str) -> dict[str, str]:
    """Return pip's settings from the text of ``pip config list``, the strongest section last."""
    found: dict[str, str] = {}
    lines = [line.partition("=") for line in listing.splitlines() if "=" in line]
    for section in _SECTIONS:
        for name, _, value in lines:
            if name.startswith(f"{section}."):
                found[name.removeprefix(f"{section}.")] = str(ast.literal_eval(value))
    return found
