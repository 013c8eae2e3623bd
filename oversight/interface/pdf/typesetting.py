"""Handing a document to typst, and nothing but data: what it says is never part of the markup."""

import json
from collections.abc import Sequence
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext, override

from oversight.interface.pdf.blocks import Json, Shown, TypesettingError, content_of, shower
from oversight.interface.pdf.document import Document, Section, Table
from oversight.interface.pdf.heads import tag_heads_of_rows

_TEMPLATE: Final = Path(__file__).with_name("document.typ")
# Beyond these a process would need more than half a gigabyte; a report of a year has 50,000 and 500.
_CHARACTERS: Final = 2_000_000
_CELLS: Final = 20_000
_DEEPEST: Final = 3


def typeset(document: Document) -> bytes:
    """Set a document as PDF/UA-1 (ISO 14289-1): tagged, titled, with its language and bookmarks.

    The same document gives the same bytes, so that their digest may be published: the only date
    in the file is ``document.dated``, and only the fonts that come with typst are used. Characters
    that these fonts lack are shown as their code point, such as [U+4E2D].

    Raises:
        TypesettingError: no title, a heading that skips a level, a table whose rows are not as
            wide as its head, a table or picture without its words, a drawing that is none or
            fetches others, or more than two million characters or 20,000 cells.
    """
    made = _compile(
        document,
        pdf_standards=["ua-1"],
        timestamp=document.dated.astimezone(UTC).replace(microsecond=0),
    )
    return tag_heads_of_rows(bytes(made))  # a PDF is one file


def drawn_pages(document: Document, *, dots_per_inch: int = 72) -> list[bytes]:
    """The pages as PNG pictures, to look at while designing."""
    made = _compile(document, format="png", ppi=dots_per_inch)
    return made if isinstance(made, list) else [made]


def _compile(document: Document, **options: Any) -> Any:
    inputs = _inputs(document)
    try:
        return typst.compile(_TEMPLATE, sys_inputs=inputs, ignore_system_fonts=True, **options)
    except typst.TypstError as error:
        raise TypesettingError(f"The document cannot be set: {error.message}") from None


def _inputs(document: Document) -> dict[str, str]:
    with override(document.language):
        content = json.dumps(_content(document), ensure_ascii=False)
    if len(content) > _CHARACTERS or _cells(document) > _CELLS:
        raise TypesettingError(
            f"The document holds more than {_CHARACTERS:,} characters or {_CELLS:,} cells of"
            " tables; divide it."
        )
    return {"document": content}


def _cells(document: Document) -> int:
    blocks = [*document.opening, *(b for section in document.sections for b in section.blocks)]
    return sum(len(b.rows) * len(b.headers) for b in blocks if isinstance(b, Table))


def _content(document: Document) -> Json:
    shown = shower()
    title, publisher = shown(document.title), shown(document.publisher)
    if not title.strip():
        raise TypesettingError("A document needs a title.")
    _check_levels(document.sections)
    # {n} and {m} stay: typst puts the numbers in, page by page.
    page = gettext("Page %(number)s of %(count)s") % {"number": "{n}", "count": "{m}"}
    return {
        "title": title,
        "subtitle": shown(document.subtitle),
        "language": document.language,
        "publisher": publisher,
        "paper": "us-letter",
        "running": f"{publisher} \u00b7 {title}",
        "page-label": shown(page),
        "contents": shown(gettext("Contents")) if document.contents else "",
        "opening": [content_of(block, shown) for block in document.opening],
        "sections": [_section(section, shown) for section in document.sections],
    }


def _section(section: Section, shown: Shown) -> Json:
    return {
        "title": shown(section.title),
        "level": section.level,
        "blocks": [content_of(block, shown) for block in section.blocks],
    }


def _check_levels(sections: Sequence[Section]) -> None:
    level = 0
    for section in sections:
        if not 1 <= section.level <= min(level + 1, _DEEPEST):
            raise TypesettingError(
                f"The heading {section.title!s} has level {section.level} below level {level}:"
                f" none may be skipped, and the deepest is {_DEEPEST}."
            )
        level = section.level


def digest_of(content: bytes) -> str:
    """The sha256 of a file, as the record and its pages write it."""
    return f"sha256:{sha256(content).hexdigest()}"
