"""Brings the files of translations in step with the sources; translations are written by people."""

from pathlib import Path

import polib

from oversight.site.catalogue.extract import Message
from oversight.site.catalogue.files import read, sources
from oversight.site.catalogue.wanted import Wanted, wanted


def update_all() -> int:
    """Add what is new, empty, and drop what is no longer used; the number of empty texts.

    A text whose English changed loses its translation: whoever writes the new one finds the old in
    the history of the file.
    """
    needed = wanted()
    for path in sources():
        if path not in needed:
            path.unlink()
    return sum(update(path, texts) for path, texts in needed.items())


def update(path: Path, needed: Wanted) -> int:
    """Write one file anew, ordered as the sources are; the number of empty texts in it."""
    catalogue = read(path)
    held = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    catalogue.clear()
    catalogue.extend(_entry(message, held.get(key)) for key, message in needed.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return len(catalogue.untranslated_entries())


def _entry(message: Message, before: polib.POEntry | None) -> polib.POEntry:
    if before is not None and (before.msgid_plural or "") == message.plural:
        kept = {"msgstr": before.msgstr, "msgstr_plural": before.msgstr_plural}
    elif message.plural:
        kept = {"msgstr_plural": {0: "", 1: ""}}
    else:
        kept = {}
    return polib.POEntry(
        msgid=message.text,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        comment=message.place,
        tcomment=before.tcomment if before else "",
        flags=before.flags if before else [],
        **kept,
    )
