"""What is wrong with the translations: each problem in one line, with the file and the text."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import polib

from oversight.site.catalogue.extract import Message
from oversight.site.catalogue.files import read, sources
from oversight.site.catalogue.wanted import Wanted, wanted
from oversight.site.paths import BASE_DIR

_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[#0 +-]*[\d.]*[sdifr]|%[sd]|\{\w*\}")
_PLURALS: Final = 2


def problems() -> list[str]:
    """Everything wrong, in words; empty when every text that the public reads is translated."""
    needed = wanted()
    unknown = [path for path in sources() if path not in needed]
    return [
        *(f"{_place(path)}: belongs to no instrument. Remove it." for path in unknown),
        *(line for path, texts in needed.items() for line in problems_of(path, texts)),
    ]


def problems_of(path: Path, needed: Wanted) -> Iterator[str]:
    """What is wrong with one file of translations."""
    held = {(entry.msgctxt or "", entry.msgid): entry for entry in read(path) if not entry.obsolete}
    for key, message in needed.items():
        wrong = _wrong(message, held.get(key))
        if wrong:
            yield f"{_place(path)}: {wrong}: {message.text!r} ({message.place or message.context})"
    for key in held.keys() - needed.keys():
        yield f"{_place(path)}: no longer used, or its English was changed: {key[1]!r} {key[0]}".rstrip()
    for entry in read(path).obsolete_entries():
        yield f"{_place(path)}: obsolete: {entry.msgid!r}"


def _wrong(message: Message, entry: polib.POEntry | None) -> str:
    """Say what a translation lacks; nothing if it is sound."""
    if entry is None:
        return "no translation"
    if entry.fuzzy:
        return "marked fuzzy: read it and remove the mark"
    given: Mapping[int, str] = entry.msgstr_plural if message.plural else {0: entry.msgstr}
    if (entry.msgid_plural or "") != message.plural or len(given) != (
        _PLURALS if message.plural else 1
    ):
        return "its plural forms are not those of the English"
    if not all(text.strip() for text in given.values()):
        return "no translation"
    allowed = [placeholders(text) for text in (message.text, message.plural) if text]
    if any(placeholders(text) not in allowed for text in given.values()):
        return "its placeholders are not those of the English"
    return ""


def placeholders(text: str) -> list[str]:
    """What a program fills in."""
    return sorted(set(_PLACEHOLDER.findall(text.replace("%%", ""))))


def _place(path: Path) -> str:
    return str(path.relative_to(BASE_DIR)) if path.is_relative_to(BASE_DIR) else str(path)
