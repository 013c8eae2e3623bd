"""Elements of SVG as safe text. Lengths along x are shares of the width, along y user units.

Widths in percent let one drawing fill any column: the text keeps its size, and nothing is scaled.
No ``style`` attribute is ever written: the content security policy forbids it, and presentation
attributes (SVG 2, section 6.6) give way to a page's own style sheet.
"""

import textwrap
from collections.abc import Iterable
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK: Final = "#1b1b1b"
SOFT: Final = "#565c65"
NAVY: Final = "#162e51"
LINE: Final = "#a9aeb1"
PAPER: Final = "#ffffff"
TEXT_LINE: Final = 20
FONT: Final = "Source Sans Pro Web, Helvetica Neue, Helvetica, Arial, sans-serif"


def element(tag: str, *content: object, **attributes: object) -> SafeString:
    """An element; in names of attributes an underscore stands for a hyphen, None leaves one out."""
    written = format_html_join(
        "",
        ' {}="{}"',
        (
            (name.rstrip("_").replace("_", "-"), value)
            for name, value in attributes.items()
            if value is not None
        ),
    )
    return format_html("<{0}{1}>{2}</{0}>", tag, written, together(content))


def together(parts: Iterable[object]) -> SafeString:
    """Elements and texts one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def share(part: float) -> str:
    """A share of the width as SVG writes it: 0.25 is ``25%``."""
    return f"{100 * part:.2f}%"


def number(length: float) -> str:
    """A length in user units, with no more digits than an eye can tell."""
    return f"{length:.1f}".removesuffix(".0")


def text(words: object, x: str, y: float, **attributes: object) -> SafeString:
    """Words at a place, in the size of the page; what they cross gives way to them."""
    around = {"paint_order": "stroke", "stroke": PAPER, "stroke_width": 3}
    given = {"font_size": 16, "fill": INK, "class_": "chart__text", **around, **attributes}
    return element("text", words, x=x, y=number(y), **given)


def wrapped(words: str, y: float, width: int = 36, **attributes: object) -> tuple[SafeString, int]:
    """Words below ``y``, broken after so many letters; and their height.

    36 letters fit a column of 280 pixels.
    """
    lines = textwrap.wrap(words, width) or [""]
    written = [
        text(line, "0", y + index * TEXT_LINE + 15, **attributes)
        for index, line in enumerate(lines)
    ]
    return together(written), len(lines) * TEXT_LINE


def at(x: float, y: float, *content: object) -> SafeString:
    """Content whose own lengths are user units, moved to a share of the width."""
    return element("svg", *content, x=share(x), y=number(y), overflow="visible")
