"""Text as the fonts that come with typst can show it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import typst

_LINES: Final = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# What turns text around, so that it reads otherwise than it is stored (Unicode TR36, 3.1).
_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ASCII: Final = map(chr, range(0x20, 0x7F))
_LATIN: Final = map(chr, range(0xA1, 0x100))
_KNOWN: Final = {"\n", *_ASCII, *_LATIN, *"\u2013\u2014\u2018\u2019\u201c\u201d\u2026"} - {"\xad"}
_PROBE: Final = (
    b'#set document(title: "probe")\n#set text(lang: "en", font: "Libertinus Serif")\n'
    b"#text(sys.inputs.text)"
)


def printable(text: str) -> str:
    """The text with every character that cannot be shown written as its code point, [U+4E2D].

    Kinds of line end become one; controls and marks that turn the direction of text are such
    characters too: what is read must be what is stored. Right-to-left scripts stand as they are.
    """
    text = _LINES.sub("\n", text).replace("\t", "    ")
    rare = {char for char in text if char not in _KNOWN}
    if not rare:
        return text
    shown = _shown(rare)
    return "".join(c if c in _KNOWN or c in shown else f"[U+{ord(c):04X}]" for c in text)


def _shown(rare: Iterable[str]) -> frozenset[str]:
    plain = sorted(c for c in rare if c not in _TURNING and unicodedata.category(c)[0] != "C")
    return frozenset(_with_glyphs(plain))


def _with_glyphs(chars: list[str]) -> Iterator[str]:
    """Ask typst itself, by halves: most texts are answered by one question."""
    if not chars:
        return
    if _has_glyphs("".join(chars)):
        yield from chars
    elif len(chars) > 1:
        middle = len(chars) // 2
        yield from _with_glyphs(chars[:middle])
        yield from _with_glyphs(chars[middle:])


@lru_cache(maxsize=4096)
def _has_glyphs(text: str) -> bool:
    """Tell whether PDF/UA can be made of a text: each character needs a glyph (7.21)."""
    try:
        typst.compile(
            _PROBE,
            sys_inputs={"text": " ".join(text)},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return True
