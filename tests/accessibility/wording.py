"""What a page says, and in which language it says each piece."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"input", "img", "meta", "link", "br", "hr", "use", "path", "rect", "circle", "line", "wbr"}
_UNSPOKEN = {"script", "style", "code", "pre", "kbd", "samp"}
_SPOKEN_ATTRIBUTES = ("aria-label", "alt", "placeholder", "title", "aria-description", "data-label")
_BLOCKS = {"p", "li", "dd", "blockquote", "figcaption"}
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Piece:
    """Words that stand together in one element, with the language that it declares."""

    text: str
    language: str
    place: str


@dataclass
class Said(HTMLParser):
    """Everything a page says: pieces in their order, and blocks of prose in its main part."""

    source: str
    pieces: list[Piece] = field(default_factory=list)
    prose: list[Piece] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)
    _block: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self.feed(self.source)
        self._end_block()

    @property
    def language(self):
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or self.language
        if tag in _BLOCKS or tag in {"h1", "h2", "h3", "h4", "table", "ul", "ol", "dl", "form"}:
            self._end_block()
        if tag not in _VOID:
            self._open.append((tag, language))
        for name in _SPOKEN_ATTRIBUTES:
            self._say(given.get(name) or "", language, name)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag in {"br", "wbr"}:
            self._block.append(" ")

    def handle_endtag(self, tag):
        if tag in _BLOCKS:
            self._end_block()
        if tag not in _VOID:
            while self._open and self._open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        tags = {tag for tag, _language in self._open}
        if tags & {"script", "style", "svg"}:
            return
        if tags & _BLOCKS and "main" in tags:
            self._block.append(data if not tags & _UNSPOKEN else "it")
        if not tags & _UNSPOKEN:
            self._say(data, self.language, self._open[-1][0] if self._open else "")

    def _say(self, text, language, place):
        text = _SPACE.sub(" ", text).strip()
        if text:
            self.pieces.append(Piece(text, language, place))

    def _end_block(self):
        text = _SPACE.sub(" ", "".join(self._block)).strip()
        self._block.clear()
        if text:
            self.prose.append(Piece(text, self.language, "main"))
