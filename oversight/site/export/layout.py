"""Which addresses are copied, and at which place of the copy each stands."""

import re
from dataclasses import dataclass
from posixpath import relpath
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

from oversight.interface.languages import language_of
from oversight.people.access import Audience, audiences_of

_KEPT_QUERY: Final = re.compile(r"page=[1-9][0-9]{0,5}|format=csv")
_LEFT_LIVE: Final = frozenset({"api", "api_schema", "council_api"})
"""Rooms whose answers depend on what is asked: they stay with the live site."""


@dataclass(frozen=True, order=True)
class Place:
    """An address of the site: its path, and the one parameter that it may have."""

    path: str
    query: str = ""

    @property
    def file(self) -> str:
        """Where it stands in the copy, relative to its root."""
        bare = unquote(self.path).lstrip("/")
        name, _, value = self.query.partition("=")
        if name == "format":
            return f"{bare}all.{value}"
        if name == "page":
            bare = f"{bare}page-{value}/"
        return f"{bare}index.html" if bare.endswith("/") or not bare else bare

    @property
    def address(self) -> str:
        """What the live site is asked for."""
        return f"{self.path}?{self.query}" if self.query else self.path


def place_of(link: str, page: Place, origin: str) -> Place | None:
    """The place that a link on a page leads to; None where it leads off the site, or is no page.

    ``origin`` is scheme and host of the live site.
    """
    parts = urlsplit(urljoin(f"{origin}{page.address}", link))
    if f"{parts.scheme}://{parts.netloc}" != origin:
        return None
    query = parts.query
    if not query or not parse_qsl(query):
        query = ""
    return Place(quote(unquote(parts.path)), query)


def is_copied(place: Place) -> bool:
    """Tell whether a place is part of the copy: a page for everyone that asks for nothing."""
    if ".." in place.path or (place.query and not _KEPT_QUERY.fullmatch(place.query)):
        return False
    if place.path.startswith(settings.STATIC_URL):
        return True
    with override(language_of(place.path)):
        try:
            match = resolve(unquote(place.path))
        except Resolver404:
            return False
    room = match.namespace or ""
    if not room or room in _LEFT_LIVE:
        return False
    return Audience.EVERYONE in audiences_of(match.view_name)


def relative(target: Place, page: Place, fragment: str = "") -> str:
    """The link from one file of the copy to another, such as ``../rules/`` or ``page-2/#top``."""
    start = page.file.rpartition("/")[0]
    file = target.file
    folder = file.removesuffix("index.html") if file.endswith("index.html") else None
    path = relpath(file if folder is None else folder or ".", start or ".")
    path = path if folder is None else f"{path}/"
    return quote(path) + (f"#{fragment}" if fragment else "")
