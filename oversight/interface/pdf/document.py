"""What a document to be typeset is made of. Frozen, free of any domain, and nothing but data."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from oversight.interface.components import Text


@dataclass(frozen=True)
class Paragraph:
    """Text; an empty line begins a new paragraph. ``language`` where it is not the document's.

    With an ``address`` the whole paragraph is a link.
    """

    text: Text
    language: str = ""
    address: str = ""


@dataclass(frozen=True)
class Small:
    """A remark in small type: a source, a caveat."""

    text: Text
    language: str = ""


@dataclass(frozen=True)
class Note:
    """What must not be overlooked: in a box of its own."""

    text: Text
    heading: Text = ""
    tone: Literal["info", "warning"] = "info"
    language: str = ""


@dataclass(frozen=True)
class Facts:
    """Names and values: number, period, digest."""

    rows: Sequence[tuple[Text, Text]]


@dataclass(frozen=True)
class BigFigure:
    """A number in large type, with its name and what to know about it."""

    value: Text
    name: Text
    note: Text = ""


@dataclass(frozen=True)
class BigFigures:
    """The few numbers that are looked for first."""

    rows: Sequence[BigFigure]


@dataclass(frozen=True)
class Listing:
    """A list with bullets."""

    rows: Sequence[Text]
    language: str = ""


@dataclass(frozen=True)
class Table:
    """A table: heads of columns, repeated on each page, and rows whose first cell names them.

    Attributes:
        caption: what the table shows; required.
        headers: the head of each column.
        rows: as many cells each.
        words: how many columns, from the left, hold words; the others hold numbers, set right.
    """

    caption: Text
    headers: Sequence[Text]
    rows: Sequence[Sequence[Text]]
    words: int = 1


@dataclass(frozen=True)
class Picture:
    """A drawing in SVG with the text that tells the same to whoever cannot see it; both required."""

    svg: str
    alternative: Text
    caption: Text


Block = Paragraph | Small | Note | Facts | BigFigures | Listing | Table | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. ``level`` 1 is below the title; none may be skipped."""

    title: Text
    blocks: Sequence[Block] = ()
    level: int = 1


@dataclass(frozen=True)
class Document:
    """A document to typeset.

    Attributes:
        title: shown at its head and by the viewer's window.
        language: "en" or "es": of the document, and of the words that typesetting adds.
        publisher: who publishes it, such as the city.
        dated: the only date in the file; give the moment of publication, never now.
        subtitle: a line below the title.
        opening: blocks before the first heading.
        sections: the rest.
        contents: whether a table of contents follows the opening.
    """

    title: Text
    language: str
    publisher: Text
    dated: dt.datetime
    subtitle: Text = ""
    opening: Sequence[Block] = ()
    sections: Sequence[Section] = ()
    contents: bool = False
