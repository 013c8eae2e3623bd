"""The files of translations: which there are, and what they are compiled to."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import polib

from oversight.policy.gate import PACKS
from oversight.site.paths import BASE_DIR, LOCALE_DIR

LANGUAGE: Final = "es"
PAGES: Final = BASE_DIR / "oversight" / "site" / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
RULES: Final = PACKS / LANGUAGE
"""One file an instrument, beside the packs: what the rules say, as an unofficial translation."""


def sources() -> list[Path]:
    """Every committed file of translations."""
    return [PAGES, *sorted(RULES.glob("*.po"))]


def read(path: Path) -> polib.POFile:
    """Open a file of translations; a new one where there is none yet.

    Raises:
        ValueError: it cannot be read; the message names the line.
    """
    if path.is_file():
        try:
            return polib.pofile(str(path), wrapwidth=98, check_for_duplicates=True)
        except OSError as error:
            raise ValueError(str(error)) from error
    fresh = polib.POFile(wrapwidth=98)
    fresh.fpath = str(path)
    fresh.metadata = {
        "Language": LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return fresh


def compile_all(destination: Path = LOCALE_DIR, given: Iterable[Path] | None = None) -> bool:
    """Compile everything into the one file that Django reads; True if anything changed.

    Quick when nothing did: a stamp beside it names the digest of what it was made of. The file
    replaces the old one by a rename, so that no process reads half of it.
    """
    paths = list(sources() if given is None else given)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    compiled = destination / LANGUAGE / "LC_MESSAGES" / "django.mo"
    stamp = compiled.with_suffix(".sha256")
    if compiled.is_file() and stamp.is_file() and stamp.read_text() == digest:
        return False
    whole = read(paths[0])
    for path in paths[1:]:
        whole.extend(read(path))
    compiled.parent.mkdir(parents=True, exist_ok=True)
    _replace(compiled, whole.to_binary())
    _replace(stamp, digest.encode())
    return True


def _replace(path: Path, content: bytes) -> None:
    handle, fresh = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(fresh).chmod(0o644)
    Path(fresh).replace(path)
