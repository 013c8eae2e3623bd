"""Pages as they stand in the copy: links lead to files, and what needs a server says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext, override

from oversight.interface.languages import language_of
from oversight.site.export.layout import Place, is_copied, place_of, relative

MISSING: Final = Place("/404.html")
"""What a server shows for an address that does not exist: at any depth, so its links begin at the root."""

_LINKS: Final = frozenset({"href", "src", "poster"})
_SERVERS: Final = ("hx-", "data-hx-")
_CSS_URL: Final = re.compile(r"""url\(\s*(['"]?)([^'")]+)\1\s*\)""")


@dataclass(frozen=True)
class Site:
    """Addresses of the copy.

    Attributes:
        live: scheme and host of the site that is copied.
        base: the whole address at which the copy will be served, or empty.
    """

    live: str
    base: str = ""

    def absolute(self, place: Place, fragment: str = "") -> str:
        """The address of a place for eyes elsewhere: in the copy, where its address is known."""
        file = place.file.removesuffix("index.html") if self.base else ""
        address = f"{self.base.rstrip('/')}/{file}" if self.base else f"{self.live}{place.address}"
        return f"{address}#{fragment}" if fragment else address


@dataclass
class Page(HTMLParser):
    """A page of the live site, written again for the copy. ``found`` are the places that it needs."""

    place: Place
    site: Site
    written: list[str] = field(default_factory=list)
    found: set[Place] = field(default_factory=set)
    _forms: int = 0

    def __post_init__(self) -> None:
        """Keep references as they are written."""
        super().__init__(convert_charrefs=False)

    def rewritten(self, source: str) -> str:
        """Return the page for the copy."""
        self.feed(source)
        self.close()
        return "".join(self.written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag with its links changed; a form gives way to a sentence."""
        if tag == "form":
            self._forms += 1
            if self._forms == 1:
                self.written.append(self._sentence())
            return
        self._write(_tag(tag, [*self._attributes(tag, attrs)]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag that closes itself."""
        self._write(_tag(tag, [*self._attributes(tag, attrs)], end=" /"))

    def handle_endtag(self, tag: str) -> None:
        """Write the end of a tag; of a form there is nothing left to end."""
        if tag == "form":
            self._forms -= 1
            return
        self._write(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text."""
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        """Write a named character as it stood."""
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a numbered character as it stood."""
        self._write(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """Write the document type."""
        self._write(f"<!{decl}>")

    def _write(self, text: str) -> None:
        if not self._forms:
            self.written.append(text)

    def _attributes(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> Iterator[tuple[str, str | None]]:
        outward = tag == "link" and any(
            name == "rel" and value in ("alternate", "canonical") for name, value in attrs
        )
        for name, value in attrs:
            if name.startswith(_SERVERS):
                continue
            if name in _LINKS and value and not self._forms:
                yield name, self._link(value, outward=outward)
            else:
                yield name, value

    def _link(self, link: str, *, outward: bool) -> str:
        if link.startswith("#"):
            return link
        target = place_of(link, self.place, self.site.live)
        fragment = urlsplit(link).fragment
        if target is None:
            return link
        if not is_copied(target):
            return f"{self.site.live}{target.address}" + (f"#{fragment}" if fragment else "")
        self.found.add(target)
        if outward and self.site.base:
            return self.site.absolute(target, fragment)
        link = relative(target, self.place, fragment)
        return f"/{link}" if self.place == MISSING else link

    def _sentence(self) -> str:
        address = f"{self.site.live}{self.place.address}"
        with override(language_of(self.place.path)):
            words = escape(gettext("This part of the page works on the live site only:"))
        shown = escape(address)
        return f'<p class="usa-hint">{words} <a href="{shown}">{shown}</a></p>'


def files_of_style(source: str, place: Place, site: Site) -> set[Place]:
    """The files that a style sheet needs; itself stays as it is, since it lies where it lay."""
    links = [link for _quote, link in _CSS_URL.findall(source) if not link.startswith("data:")]
    targets = (place_of(link, place, site.live) for link in links)
    return {target for target in targets if target is not None and is_copied(target)}


def with_address_of_copy(content: bytes, site: Site) -> bytes:
    """A file for programs that names the site: with the address of the copy, where it is known."""
    if not site.base:
        return content
    return content.replace(site.live.encode(), site.base.rstrip("/").encode())


def _tag(name: str, attributes: list[tuple[str, str | None]], end: str = "") -> str:
    told = "".join(
        f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in attributes
    )
    return f"<{name}{told}{end}>"
