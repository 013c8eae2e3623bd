"""Just enough of a page's structure to read it and fill in its forms, as a browser does."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})


class Element:
    """A tag with its attributes and what stands in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.content: list[Element | str] = []

    def every(self, tag: str = "", css: str = "") -> Iterator["Element"]:
        """Yield elements below this one with that tag and that class, in their order."""
        for child in self.content:
            if isinstance(child, Element):
                classes = child.attributes.get("class", "").split()
                if tag in {"", child.tag} and (not css or css in classes):
                    yield child
                yield from child.every(tag, css)

    def first(self, tag: str = "", css: str = "") -> "Element | None":
        """Return the first of ``every``, or None."""
        return next(self.every(tag, css), None)

    @property
    def text(self) -> str:
        """The words in it, with single blanks."""
        parts = (child if isinstance(child, str) else child.text for child in self.content)
        return " ".join(" ".join(parts).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].content.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)


def read(source: str) -> Element:
    """Return the structure of a page."""
    builder = _Builder()
    builder.feed(source)
    return builder.root


def fields_of(form: Element) -> dict[str, list[str]]:
    """Return what a browser would send if nobody touched the form, without its buttons.

    Every field has its name here; one that sends nothing as it stands has no value.
    """
    found: dict[str, list[str]] = {}
    for field in form.every():
        if name := field.attributes.get("name", ""):
            if field.tag not in {"input", "textarea", "select"}:
                continue
            found.setdefault(name, []).extend(_values(field))
    return found


def _values(field: Element) -> list[str]:
    if field.tag == "textarea":
        return ["".join(part for part in field.content if isinstance(part, str))]
    if field.tag == "select":
        options = list(field.every("option"))
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return [option.attributes.get("value", option.text) for option in chosen]
    kind = field.attributes.get("type", "text")
    if kind == "file" or (kind in {"radio", "checkbox"} and "checked" not in field.attributes):
        return []
    return [field.attributes.get("value", "on" if kind in {"radio", "checkbox"} else "")]
