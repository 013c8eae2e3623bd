"""A public page's language stands in its address: English at ``/rules/``, Spanish at ``/es/rules/``.

An address shows everyone the same words, so that it can be sent, cached and exported (decision 135).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, gettext, override
from django.utils.translation.trans_real import get_language_from_path

from oversight.interface.components import Link


@dataclass(frozen=True)
class Translation:
    """The page that one is on, in one of the languages that it is written in."""

    code: str
    name: str
    """In the language itself: ``español``."""
    path: str
    """The path with its query, for links on the site."""
    address: str
    """The whole address, for other hosts' eyes (``hreflang``)."""
    current: bool


def language_of(path: str) -> str:
    """The language of an address by its path; English where it names none."""
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def in_language(path: str, code: str) -> str:
    """The address (path, and query if any) of the same page in another language.

    Raises:
        LookupError: the language is not one of ours.
    """
    if code not in dict(settings.LANGUAGES):
        raise LookupError(f"No pages in the language {code!r}; there are {settings.LANGUAGES}.")
    spoken = language_of(urlsplit(path).path)
    plain = path if spoken == settings.LANGUAGE_CODE else path.removeprefix(f"/{spoken}")
    plain = f"/{plain.lstrip('/')}"  # two slashes would name another host
    return plain if code == settings.LANGUAGE_CODE else f"/{code}{plain}"


def file_url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a file that has no language (CSV, JSON, a proof), from a page in any of them."""
    with override(settings.LANGUAGE_CODE):
        return reverse(name, args=args or None, kwargs=kwargs or None)


def home_url() -> str:
    """The address of the front page in the language that is spoken now."""
    return in_language("/", get_language() or settings.LANGUAGE_CODE)


def home_link() -> Link:
    """The first crumb of a public page."""
    return Link(gettext("Home"), home_url())


def translations_of(path: str, base: str) -> Sequence[Translation]:
    """The languages of the page at ``path``, English first; ``base`` is scheme and host, no slash."""
    spoken = language_of(urlsplit(path).path)
    found = []
    for code, _name in settings.LANGUAGES:
        place = in_language(path, code)
        name = str(get_language_info(code)["name_local"])
        found.append(Translation(code, name, place, base + place, code == spoken))
    return found
