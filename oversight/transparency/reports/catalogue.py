"""The packs of reports: what an instrument asks to be reported, when, and where that stands."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language

PACKS: Final = Path(__file__).parent / "packs"
EVIDENCE: Final = frozenset({"S", "K", "?", "house"})
"""A public copy was read; from knowledge; sources conflict; this system's own promise."""
EVERY: Final = frozenset({"week", "month", "year", "two-years"})
EVERYONE: Final = "*"


class PackError(ValueError):
    """A pack that cannot be used; the message names it and the field."""


@dataclass(frozen=True)
class Words:
    """A text in each language of the site. As text, it is in the one that is spoken now."""

    by_language: Mapping[str, str]

    def __str__(self) -> str:
        return self.by_language[get_language() or settings.LANGUAGE_CODE]

    def __hash__(self) -> int:
        return hash(tuple(self.by_language.items()))


@dataclass(frozen=True)
class Due:
    """When a report is due.

    Attributes:
        every: how often; one of ``EVERY``.
        starts: month and day on which years begin; of weeks it is Monday, of months the first.
        first_year: a year in which a period of two years begins.
        by: month and day, first after the period, on or before which it is due.
        opens: month and day before which it may not be handed in, if there is one.
        within_days: instead of ``by``: days after the last day of the period.
    """

    every: str
    evidence: str
    text: Words
    starts: tuple[int, int] = (1, 1)
    first_year: int = 2020
    by: tuple[int, int] | None = None
    opens: tuple[int, int] | None = None
    within_days: int = 0


@dataclass(frozen=True)
class Item:
    """One thing that the report must tell.

    Attributes:
        figures: names of figures of an edition.
        tables: names of its tables as pages call them.
        unrecorded: what the law asks for and this system does not record.
        ask: what a person must write, or None.
    """

    id: str
    title: Words
    law: Words
    evidence: str
    sources: Sequence[str] = ()
    figures: Sequence[str] = ()
    tables: Sequence[str] = ()
    unrecorded: Sequence[Words] = ()
    ask: Words | None = None


@dataclass(frozen=True)
class Pack:
    """A kind of report. ``instruments`` are the slugs of those that demand it."""

    slug: str
    title: Words
    summary: Words
    citation: str
    evidence: str
    sources: Sequence[str]
    last_verified: date
    instruments: Sequence[str]
    addressee: Words
    due: Due
    items: Sequence[Item] = field(default_factory=tuple)

    def item(self, name: str) -> Item:
        """The item of that id; raises KeyError."""
        return {item.id: item for item in self.items}[name]


@cache
def packs() -> Mapping[str, Pack]:
    """Every pack by its slug, the general one first; raises PackError for one that is not whole."""
    found = [_read(path) for path in sorted(PACKS.glob("*.toml"))]
    return {pack.slug: pack for pack in sorted(found, key=lambda pack: pack.slug != "general")}


def _read(path: Path) -> Pack:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        pack = _pack(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise PackError(f"{path.name}: {error!r}") from error
    if pack.slug != path.stem:
        raise PackError(f"{path.name}: slug is {pack.slug!r}")
    return pack


def _pack(raw: dict[str, Any]) -> Pack:
    items = [_item(each) for each in raw.pop("item")]
    due = _due(raw.pop("due"))
    if len({item.id for item in items}) < len(items):
        raise ValueError("two items have one id")
    return Pack(
        **_texts(raw, "title", "summary", "addressee"), due=due, items=items, **_evidenced(raw)
    )


def _item(raw: dict[str, Any]) -> Item:
    ask = _words("ask", raw.pop("ask")) if "ask" in raw else None
    unrecorded = [_words("unrecorded", each) for each in raw.pop("unrecorded", [])]
    texts = _texts(raw, "title", "law")
    return Item(**texts, ask=ask, unrecorded=unrecorded, **_evidenced(raw))


def _due(raw: dict[str, Any]) -> Due:
    days: dict[str, Any] = {
        name: _day(raw.pop(name)) for name in ("starts", "by", "opens") if name in raw
    }
    due = Due(text=_words("due.text", raw.pop("text")), **days, **_evidenced(raw))
    if due.every not in EVERY or bool(due.by) == bool(due.within_days):
        raise ValueError("due: every is unknown, or not exactly one of by and within_days is given")
    return due


def _evidenced(raw: dict[str, Any]) -> dict[str, Any]:
    if raw["evidence"] not in EVIDENCE:
        raise ValueError(f"evidence is {raw['evidence']!r}: use one of {sorted(EVIDENCE)}")
    return raw


def _texts(raw: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: _words(name, raw.pop(name)) for name in names}


def _words(name: str, raw: Mapping[str, str]) -> Words:
    languages = [code for code, _ in settings.LANGUAGES]
    if sorted(raw) != sorted(languages) or not all(text.strip() for text in raw.values()):
        raise ValueError(f"{name}: give the text in {languages}")
    return Words(raw)


def _day(text: str) -> tuple[int, int]:
    day = date.fromisoformat(f"2024-{text}")
    return day.month, day.day
