"""Reading a PDF as a screen reader would: its tags in order, with the words under each."""

import io
import re
from dataclasses import dataclass, field

import pikepdf

UA = re.compile(r"<pdfuaid:part>1</pdfuaid:part>")


@dataclass
class Tag:
    """A node of the structure tree: its role, its own attributes, and what is under it."""

    role: str
    node: pikepdf.Dictionary
    below: list = field(default_factory=list)

    def all(self, *roles):
        """Every tag of these roles under this one, in reading order."""
        for child in self.below:
            if child.role in roles:
                yield child
            yield from child.all(*roles)

    def text(self):
        """The words under this tag."""
        return str(self.node.get("/ActualText", "")) or " ".join(t for t in _texts(self) if t)


class Opened:
    """A PDF, opened: its catalogue, its tags and its words."""

    def __init__(self, content):
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.root = self.pdf.Root
        self.words = _words_of(self.pdf)
        self.tags = self._tag(self.root.StructTreeRoot, "Root")

    @property
    def metadata(self):
        return bytes(self.root.Metadata.read_bytes()).decode()

    def roles(self, *roles):
        return [(tag.role, tag.text()) for tag in self.tags.all(*roles)]

    @property
    def text(self):
        return " ".join(_texts(self.tags))

    def _tag(self, node, role):
        tag = Tag(role, node)
        tag.words = []
        page = node.get("/Pg")
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            self._kid(tag, kid, page)
        return tag

    def _kid(self, tag, kid, page):
        if isinstance(kid, int):
            tag.below.append(_Words(self.words.get((page.objgen, kid), "")))
        elif kid.get("/Type") == "/MCR":
            place = kid.get("/Pg", page).objgen
            tag.below.append(_Words(self.words.get((place, int(kid.MCID)), "")))
        elif "/S" in kid:
            tag.below.append(self._tag(kid, str(kid.S)[1:]))


class _Words:
    role = ""

    def __init__(self, text):
        self.content = text

    def all(self, *_roles):
        return iter(())


def _texts(tag):
    for child in tag.below:
        if isinstance(child, _Words):
            yield child.content
        else:
            yield from _texts(child)


def _words_of(pdf):
    """The words of each marked piece of each page, by page and number."""
    found = {}
    for page in pdf.pages:
        fonts = {
            name: _mapping(font) for name, font in page.get("/Resources").get("/Font", {}).items()
        }
        font, mark = {}, None
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "Tf":
                    font = fonts[str(operands[0])]
                case "BDC":
                    mark = operands[1].get("/MCID") if len(operands) > 1 else None
                case "EMC":
                    mark = None
                case "Tj" | "TJ" if mark is not None:
                    parts = operands[0] if str(operator) == "TJ" else operands
                    text = "".join(
                        _decode(bytes(p), font) for p in parts if isinstance(p, pikepdf.String)
                    )
                    key = (page.obj.objgen, int(mark))
                    found[key] = found.get(key, "") + text
    return found


def _decode(raw, mapping):
    return "".join(mapping.get(raw[i : i + 2], "") for i in range(0, len(raw), 2))


def _mapping(font):
    """What each glyph of a font stands for, from its ToUnicode map."""
    text = font.ToUnicode.read_bytes().decode()
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, word in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(word).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for low, high, word in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            first = int.from_bytes(bytes.fromhex(word))
            for step in range(int(high, 16) - int(low, 16) + 1):
                found[(int(low, 16) + step).to_bytes(2)] = chr(first + step)
    return found
