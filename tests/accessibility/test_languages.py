"""Spanish on every page for everyone: whole, unmixed, under an address of its own."""

import re
from functools import cache

from django.conf import settings

from oversight.people.access import ACCESS, Audience
from oversight.policy import gate
from oversight.site.catalogue.files import read, sources
from oversight.transparency.reports.catalogue import packs
from tests.accessibility.council import TYPED
from tests.accessibility.town import name_of, public_links
from tests.interface.markup import Page, faults
from tests.ledger.logs import ORIGIN

# A word by itself: not letters within a fingerprint.
_WORD = re.compile(r"(?<![\w+/=])[^\W\d_]{3,}(?![\w+/=])")
# A name that programs use (of a file, a rule, a key), or a size.
_NAME = re.compile(r"\S*[\d/._+]\S*|\(\d+\sbytes\)")
_AROUND = " ,·:()"
_WORDED = ("text/html", "application/atom+xml", "image/svg+xml")
# Files and answers for machines, steps of signing in that need a session, one's own way out.
_NO_PAGE = re.compile(
    r"healthz|readyz|account_logout|mfa_authenticate"
    r"|api_absent|(council_)?api:(?!api$)|transparency:current_package"
    r"|ledger:(checkpoint|policy|verifier|proof|leaf|archive|tile|timestamp)"
    r"|council:(comment|complaint)_(receipt|status|withdraw|write)"
)


def test_every_page_for_everyone_is_in_spanish_and_in_nothing_else(town):
    wrong = {
        f"{page.path}: {fault}" for page in town.spanish.values() for fault in _faults(page, town)
    }
    assert not wrong, "\n".join(sorted(wrong))
    assert not town.unspoken, "\n".join(sorted(town.unspoken))


def test_no_page_is_missing_in_either_language(town):
    spanish = {page.name for page in town.spanish.values()}
    assert spanish == {page.name for page in town.english.values()}
    never = _never_visited(town.english.values())
    assert not never, " ".join(never)


def test_links_lead_to_every_page(town):
    """A page that only those find who know its address is not published."""
    pages = town.english.values()
    linked = {name_of(link) for page in pages for link in public_links(page)}
    hidden = {page.name for page in pages} - linked
    assert not hidden, " ".join(hidden)


def _faults(page, town):
    english = town.english
    plain = page.path.removeprefix("/es")
    markup = Page(page.body)
    yield from faults(markup)
    if markup.one("html").attrs["lang"] != "es":
        yield "is not declared to be Spanish"
    yield from _without_its_languages(markup, plain)
    yield from _out_of_the_language(page, town.kinds)
    if plain not in english:
        yield "has no page in English"
        return
    same = {_shape(piece.text) for piece in english[plain].said.pieces}
    for piece in page.said.pieces:
        if piece.language == "es" and _shape(piece.text) in same and _needs_words(piece.text):
            yield f"not in Spanish: {piece.text!r} ({piece.place})"


def _shape(text):
    """A text without its numbers: a count of seconds differs from visit to visit."""
    return re.sub(r"\d+", "0", text)


def _needs_words(text):
    words = text.removesuffix(" - Oversight").strip(_AROUND)
    return bool(_WORD.search(text)) and not _NAME.fullmatch(text) and words not in _alike()


@cache
def _alike():
    """What is written alike in both: names of ours, and texts whose translation is the same."""
    identical = {
        entry.msgid for path in sources() for entry in read(path) if entry.msgid == entry.msgstr
    }
    agencies = {agency.name for agency in gate.catalogue().agencies.values()}
    # Names that somebody gave: a unit, an agency's slug, the record; and the gate's own mark.
    named = {settings.CITY_NAME, "Robbery", "lapd", "LAPD", ORIGIN, "SYS", "general"}
    citations = {pack.citation for pack in packs().values()}
    return identical | agencies | named | citations | TYPED


def _without_its_languages(markup, plain):
    told = {
        each.attrs["hreflang"]: each.attrs["href"]
        for each in markup.all("link", rel="alternate")
        if "hreflang" in each.attrs
    }
    host = "http://testserver"
    if told != {"en": host + plain, "x-default": host + plain, "es": f"{host}/es{plain}"}:
        yield f"names other addresses of its languages: {told}"
    chooser = [each.attrs["href"] for each in markup.all("a", "languages__link")]
    if chooser != [plain]:
        yield f"the chooser of languages leads to {chooser}"


def _out_of_the_language(page, kinds):
    """Links to a page in English though there is one in Spanish, or to a file by way of Spanish."""
    for path in public_links(page):
        if path == page.path.removeprefix("/es").partition("?")[0]:
            continue
        if path.endswith(".pdf"):
            continue  # a page may offer a document in each language, and says in which
        if path.startswith("/es/") == (kinds[path] not in _WORDED):
            yield f"links to {path}"


def _never_visited(pages):
    expected = {name for name, audiences in ACCESS.items() if Audience.EVERYONE in audiences}
    visited = {page.name for page in pages} | {
        name_of(link) for page in pages for link in page.said.links if link.startswith("/")
    }
    return sorted(name for name in expected - visited if not _NO_PAGE.match(name))
