"""Rules that a city may set otherwise, as data with their citations."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVIDENCE: Final[dict[str, str | Promise]] = {
    "read": _("A public copy of the source was read."),
    "unverified": _("Not verified: check the source before you quote it."),
    "own": _("This system's own choice; no law is known to ask for it."),
}


@cache
def read_data(name: str) -> dict[str, Any]:
    """Return the tables of ``name``.toml, as this version of the software brings them.

    Raises:
        FileNotFoundError: there is no such file.
    """
    text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
