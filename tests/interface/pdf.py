"""Reading a PDF as a screen reader would: its tags in order, with the words under each."""

import io
import re
from dataclasses import dataclass, field
from itertools import pairwise

import pikepdf

_PAINTS = {"Tj", "TJ", "f", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh"}
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


def faults(opened):
    """What ISO 14289-1 (PDF/UA-1) asks for, as far as a program can tell, and the file has not.

    After the conditions of the Matterhorn Protocol 1.1, whose numbers are given.
    """
    return [*_of_the_file(opened), *_of_the_tags(opened), *_of_the_pages(opened)]


def _of_the_file(opened):
    root = opened.root
    yield from (f"01: syntax: {each}" for each in opened.pdf.check_pdf_syntax())
    told = {
        "06-002 says that it is PDF/UA": bool(UA.search(opened.metadata)),
        "06-003 has a title": bool(str(opened.pdf.docinfo.get("/Title", "")).strip()),
        "07-001 shows its title": root.ViewerPreferences.DisplayDocTitle is True,
        "01-005 is marked": root.MarkInfo.Marked is True and root.MarkInfo.Suspects is not True,
        "11-006 has a language": str(root.get("/Lang", "")) in {"en", "es"},
        "bookmarks lead to its headings": "/Outlines" in root or not list(opened.tags.all("H1")),
    }
    yield from (name for name, so in told.items() if not so)


def _of_the_tags(opened):
    levels = [int(tag.role[1]) for tag in opened.tags.all("H1", "H2", "H3", "H4", "H5", "H6")]
    for before, after in pairwise([0, *levels]):
        if after > before + 1:
            yield f"14-003 a heading of level {after} below {before}"
    for figure in opened.tags.all("Figure"):
        if not str(figure.node.get("/Alt", "")).strip():
            yield "13-004 a figure without a text in its place"
    for table in opened.tags.all("Table"):
        yield from _of_a_table(table)
    for item in opened.tags.all("LI"):
        if "LBody" not in {each.role for each in item.below}:
            yield "16: an item of a list without a body"


def _of_a_table(table):
    rows = [list(row.all("TH", "TD")) for row in table.all("TR")]
    if len({len(row) for row in rows}) != 1:
        yield "15-001 rows of different lengths"
    scopes = [[_scope(cell) for cell in row] for row in rows]
    if set(scopes[0]) != {"/Column"}:
        yield f"15-003 heads of columns that are no heads: {scopes[0]}"
    for row in scopes[1:]:
        if row[0] != "/Row" or any(row[1:]):
            yield f"15-003 a row whose head, and nothing else, is not its first cell: {row}"


def _scope(cell):
    """Of what a cell is the head; names of heads in a cell would hide those of its row."""
    found = {}
    for attributes in cell.node.get("/A", []):
        found |= {key: attributes[key] for key in ("/Scope", "/Headers") if key in attributes}
    if list(found.get("/Headers", [])):
        return "names its heads"
    return str(found.get("/Scope", "")) if cell.role == "TH" else ""


def _of_the_pages(opened):
    for page in opened.pdf.pages:
        if page.obj.get("/Tabs") != "/S":
            yield "28-007 an order of keys that is not that of the tags"
        for note in page.obj.get("/Annots", []):
            if not str(note.get("/Contents", "")).strip() or "/StructParent" not in note:
                yield "28-004 a link without words or tag"
        for font in page.get("/Resources").get("/Font", {}).values():
            described = font.DescendantFonts[0].FontDescriptor
            if "/ToUnicode" not in font or not {"/FontFile2", "/FontFile3"} & set(described.keys()):
                yield "31: a font that is not embedded, or whose letters have no meaning"
        yield from _of_content(page)


def _of_content(page):
    """Everything that is painted is in a tag or is an artifact (01-003)."""
    depth = 0
    for _operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        if depth == 0 and name in _PAINTS:
            yield f"01-003 content without a mark: {name}"
            return


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
