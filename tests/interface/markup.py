"""What must hold of every page's markup, read with the standard library's parser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

_REFERRING = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list")
_VOID = {"input", "img", "meta", "link", "br", "hr", "use", "path", "rect", "circle"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    within: list["Element"]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """Every element of a page in the order of the page, with its text."""

    source: str
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, list(self.open))
        self.elements.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, tag: str = "", css: str = "", **attrs: str) -> list[Element]:
        return [
            each
            for each in self.elements
            if (not tag or each.tag == tag)
            and (not css or css in each.attrs.get("class", "").split())
            and all(
                each.attrs.get(name.replace("_", "-")) == value for name, value in attrs.items()
            )
        ]

    def one(self, tag: str = "", css: str = "", **attrs: str) -> Element:
        found = self.all(tag, css, **attrs)
        assert len(found) == 1, f"{len(found)} of {tag} {css} {attrs}"
        return found[0]

    @property
    def ids(self) -> list[str]:
        return [each.attrs["id"] for each in self.elements if each.attrs.get("id")]


def faults(page: Page) -> list[str]:
    """Everything wrong with a page that a browser's accessibility check may miss."""
    return [
        *(f"id twice: {each}" for each in {i for i in page.ids if page.ids.count(i) > 1}),
        *_dangling(page),
        *_headings(page),
        *_unlabelled(page),
        *(f"inline style on {each.tag}" for each in page.elements if "style" in each.attrs),
        *("inline script" for each in page.all("script") if "src" not in each.attrs),
        *("inline style sheet" for each in page.all("style")),
        *(f"handler in {each.tag}" for each in page.elements if _handler(each)),
    ]


def _dangling(page: Page) -> list[str]:
    return [
        f"{name} of {each.tag} refers to {target}"
        for each in page.elements
        for name in _REFERRING
        for target in each.attrs.get(name, "").split()
        if target not in page.ids
    ] + [
        f"link to {each.attrs['href']}"
        for each in page.all("a")
        if len(each.attrs.get("href", "")) > 1
        and each.attrs["href"].startswith("#")
        and each.attrs["href"] != "#top"
        and each.attrs["href"][1:] not in page.ids
    ]


def _headings(page: Page) -> list[str]:
    levels = [int(each.tag[1]) for each in page.elements if each.tag in {"h1", "h2", "h3", "h4"}]
    found = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
    after = levels[levels.index(1) :] if 1 in levels else levels
    skipped = [f"h{b} after h{a}" for a, b in pairwise(after) if b > a + 1]
    return found + skipped


def _unlabelled(page: Page) -> list[str]:
    labelled = {each.attrs.get("for") for each in page.all("label")}
    controls = [
        each
        for each in page.elements
        if each.tag in {"input", "select", "textarea"} and each.attrs.get("type") != "hidden"
    ]
    return [
        f"no label: {each.attrs}" for each in controls if each.attrs.get("id") not in labelled
    ] + [
        f"fieldset without legend: {each.attrs}"
        for each in page.all("fieldset")
        if not any(each in legend.within for legend in page.all("legend"))
    ]


def _handler(element: Element) -> bool:
    return any(name.startswith("on") for name in element.attrs)
