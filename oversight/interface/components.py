"""What the components of a page are given. Frozen, and free of any domain."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise

Text = str | Promise
"""Plain text or a message still to be translated. It is escaped when it is shown."""


class Tone(StrEnum):
    """What a status means for the reader. Each has its own icon, so that colour never stands alone."""

    NEUTRAL = "neutral"
    WAITING = "waiting"
    GOOD = "good"
    CAUTION = "caution"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Link:
    """A link of a menu, a breadcrumb trail or a footer. A crumb without address is where one is."""

    label: Text
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class UserMenu:
    """Who is signed in, where they may go, and the address that signs them out (by POST)."""

    name: str
    role: Text
    sign_out_url: str
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class SiteAlert:
    """A banner over every page: something is suspended, or about to be."""

    heading: Text
    text: Text
    link: Link | None = None


@dataclass(frozen=True)
class SummaryRow:
    """A line of "check your answers". Several values become a list; none reads "None"."""

    label: Text
    value: object
    change_url: str = ""

    @property
    def values(self) -> Sequence[object]:
        return self.value if isinstance(self.value, list | tuple) else (self.value,)


@dataclass(frozen=True)
class TimelineEntry:
    """One dated step of a process. `at` is None for what has not happened yet."""

    title: Text
    at: dt.datetime | None = None
    who: Text = ""
    detail: Text = ""
    current: bool = False


class Reason(Protocol):
    """Why something was refused, as the list of reasons shows it. Any object or mapping will do."""

    rule: str
    safeguard: str
    citation: str
    message: str
    remedy: str | None


@dataclass(frozen=True)
class Figure:
    """One number with its name, its definition's address and, if wanted, what to know about it."""

    value: object
    label: Text
    definition_url: str = ""
    note: Text = ""
    rows_url: str = ""


def mark_current(links: Sequence[Link], path: str) -> list[Link]:
    """The links, with the one whose address is the longest beginning of `path` marked current."""
    under = [link.url for link in links if link.url and _contains(link.url, path)]
    best = max(under, key=len, default=None)
    return [Link(link.label, link.url, current=link.url == best) for link in links]


def _contains(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
