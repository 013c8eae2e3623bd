"""Kinds of event: what may be written into the record, and how much of it the public can read.

A room declares its kinds in its ``events.py``::

    REQUEST_SUBMITTED = register(
        EventKind(
            number=300,
            slug="request-submitted",
            sentence=_("An officer submitted a request for a search."),
            public=("agency", "day", "use_type", "offence_class"),
            committed=("request", "requester", "at", "case", "facts"),
        )
    )

Public fields stand in the leaf in clear and can never be taken back, so only the names in
``PUBLIC_FIELDS`` are allowed there. Every other field is committed: the leaf carries a keyed
digest, and the value can be opened to a court one field at a time (``verifier.py`` says how).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]

ROOMS: Mapping[str, range] = {
    "ledger": range(1, 100),
    "people": range(100, 200),
    "policy": range(200, 300),
    "requests": range(300, 400),
    # Written by database triggers that the requests room owns: recognition knows no record.
    "recognition": range(400, 500),
    "leads": range(500, 600),
    "retention": range(600, 700),
    "council": range(700, 800),
    "transparency": range(800, 900),
}

_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_RULE = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9._-]+)?|SYS|R\d{2}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_SLUG_LIMIT = 80
_TEXT_LIMIT = 300


class RecordError(ValueError):
    """An entry or a kind of event that the record does not take; the message names the remedy."""


def _is_slug(value: JsonValue) -> bool:
    return isinstance(value, str) and len(value) <= _SLUG_LIMIT and bool(_SLUG.fullmatch(value))


def _is_day(value: JsonValue) -> bool:
    if not isinstance(value, str) or len(value) != len("2026-01-31"):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_rules(value: JsonValue) -> bool:
    return isinstance(value, list) and all(
        isinstance(rule, str) and _RULE.fullmatch(rule) for rule in value
    )


def _is_digest(value: JsonValue) -> bool:
    return isinstance(value, str) and bool(_DIGEST.fullmatch(value))


def _is_index(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _TEXT_LIMIT and value.isprintable()


PUBLIC_FIELDS: Mapping[str, tuple[Callable[[JsonValue], bool], str]] = {
    "agency": (_is_slug, "the agency's slug"),
    "day": (_is_day, "a day such as 2026-01-31, without the time"),
    "effect": (lambda value: value in ("permit", "refuse"), "permit or refuse"),
    "rules": (_is_rules, "a list of rule ids"),
    "policy_set": (_is_digest, "sha256: and 64 hexadecimal digits"),
    "system": (_is_slug, "the system's slug"),
    "use_type": (_is_slug, "a slug of at most 80 characters"),
    "offence_class": (_is_slug, "a slug of at most 80 characters"),
    # These say nothing of a person: they point at the record itself or at a published document.
    "entry": (_is_index, "the index of an earlier entry"),
    "basis": (_is_text, "one line of at most 300 characters: the legal basis"),
    "findings": (_is_index, "a whole number: what a check of the record found"),
    "edition": (_is_slug, "the number of a publication"),
    "document": (_is_digest, "sha256: and 64 hexadecimal digits"),
}
"""The allow-list: a leaf may carry these names and no others, each in its form.

A value may also be null where the kind of event has it but this event does not.
"""


@dataclass(frozen=True)
class EventKind:
    """One kind of event. Its number and slug are for ever; entries written years ago carry them.

    Attributes:
        number: stable, in the range of its room (``ROOMS``).
        slug: stable name, ``request-submitted``.
        sentence: what happened, in one sentence for people, marked for translation.
        public: names of the fields that anyone can read; each from ``PUBLIC_FIELDS``.
        committed: names of the fields that are committed under the entry's own key.
    """

    number: int
    slug: str
    sentence: "StrOrPromise"
    public: tuple[str, ...]
    committed: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a kind whose number, slug or fields the record cannot carry (RecordError)."""
        if not any(self.number in numbers for numbers in ROOMS.values()):
            raise RecordError(f"kind {self.number} is in no room's range; see ROOMS")
        if not _is_slug(self.slug):
            raise RecordError(f"slug {self.slug!r}: lower-case letters, digits and hyphens only")
        if len({*self.public, *self.committed}) != len(self.public) + len(self.committed):
            raise RecordError(f"{self.slug}: a field is named twice")
        if leaks := sorted(set(self.public) - set(PUBLIC_FIELDS)):
            raise RecordError(f"{self.slug}: {', '.join(leaks)} may not be public; commit it")
        if odd := [name for name in self.committed if not _FIELD.fullmatch(name)]:
            raise RecordError(f"{self.slug}: {odd[0]!r} is no field name")

    @property
    def room(self) -> str:
        """The room that writes this kind."""
        return next(room for room, numbers in ROOMS.items() if self.number in numbers)


_kinds: dict[int, EventKind] = {}


def register(kind: EventKind) -> EventKind:
    """Make a kind known and give it back; a number or slug that is taken raises RecordError."""
    if taken := _kinds.get(kind.number):
        raise RecordError(f"number {kind.number} belongs to {taken.slug}; take another")
    if any(kind.slug == other.slug for other in _kinds.values()):
        raise RecordError(f"slug {kind.slug} is taken; choose another")
    _kinds[kind.number] = kind
    return kind


def kinds() -> Iterator[EventKind]:
    """Every known kind, by number."""
    return iter(sorted(_kinds.values(), key=lambda kind: kind.number))


def kind_of(number: int) -> EventKind:
    """The kind with this number; RecordError where none is registered."""
    try:
        return _kinds[number]
    except KeyError:
        raise RecordError(f"no kind of event has the number {number}") from None


def check_entry(
    kind: EventKind, public: Mapping[str, JsonValue], committed: Mapping[str, JsonValue]
) -> None:
    """Raise RecordError unless the fields are exactly those of the kind, each in its form."""
    if _kinds.get(kind.number) != kind:
        raise RecordError(f"{kind.slug} is not registered; pass it to register() in events.py")
    _check_names(kind, "public", kind.public, public)
    _check_names(kind, "committed", kind.committed, committed)
    for name, value in public.items():
        fits, form = PUBLIC_FIELDS[name]
        if value is not None and not fits(value):
            raise RecordError(f"{kind.slug}: public field {name} must be {form}")


def _check_names(
    kind: EventKind, part: str, declared: tuple[str, ...], given: Mapping[str, JsonValue]
) -> None:
    if missing := [name for name in declared if name not in given]:
        raise RecordError(f"{kind.slug}: {part} field {missing[0]} is missing; give it, or null")
    if unknown := [name for name in given if name not in declared]:
        raise RecordError(f"{kind.slug}: {part} field {unknown[0]} is not declared in events.py")
