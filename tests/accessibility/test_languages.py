"""Spanish on every page for everyone: whole, unmixed, under an address of its own."""

import re
from functools import cache
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import trans_real

from oversight.people.access import ACCESS, Audience
from oversight.policy import gate
from oversight.site.catalogue.files import read, sources
from tests.accessibility.town import fill_town, keep_record, name_of, walk
from tests.interface.markup import Page, faults

# A word by itself: not letters within a fingerprint.
_WORD = re.compile(r"(?<![\w+/=])[^\W\d_]{3,}(?![\w+/=])")
_ASKED = "/would-it-be-allowed/?agencies=lapd&source=body_worn&purpose=personal"
_ALSO = ("/accounts/login/", _ASKED)
# Files and answers for machines, steps of signing in that need a session, one's own way out.
_NO_PAGE = re.compile(
    r"healthz|readyz|account_logout|mfa_authenticate"
    r"|ledger:(checkpoint|policy|verifier|proof|leaf|archive|tile|timestamp)"
)


@pytest.fixture
def unspoken(monkeypatch):
    """Collects every text that was looked up in Spanish and has no translation."""
    found = set()
    for name in ("gettext", "ngettext"):
        monkeypatch.setattr(trans_real.DjangoTranslation, name, _listening(name, found))
    return found


def _listening(name, found):
    original = getattr(trans_real.DjangoTranslation, name)

    def look_up(self, message, *more):
        if self.language() == "es" and not _held(self._catalog, message):
            found.add(message)
        return original(self, message, *more)

    return look_up


def _held(catalogue, message):
    return any(catalogue.get(key) is not None for key in (message, (message, 0)))


def test_every_page_for_everyone_is_in_spanish_and_in_nothing_else(
    live_database, unspoken, tmp_path, settings
):
    fill_town()
    also = [*_ALSO, *keep_record(tmp_path, settings)]
    english = {visited.path: visited for visited in walk("/", *also)}
    unspoken.clear()
    spanish = list(walk("/es/", *(f"/es{path}" for path in also)))
    wrong = {f"{page.path}: {fault}" for page in spanish for fault in _faults(page, english)}
    assert not wrong, "\n".join(sorted(wrong))
    assert not unspoken, "\n".join(sorted(unspoken))
    assert {page.name for page in spanish} == {page.name for page in english.values()}
    assert _never_visited(spanish) == []


def _faults(page, english):
    plain = page.path.removeprefix("/es")
    markup = Page(page.body)
    yield from faults(markup)
    if markup.one("html").attrs["lang"] != "es":
        yield "is not declared to be Spanish"
    yield from _without_its_languages(markup, plain)
    yield from _out_of_the_language(page)
    if plain not in english:
        yield "has no page in English"
        return
    same = {piece.text for piece in english[plain].said.pieces}
    for piece in page.said.pieces:
        if piece.language == "es" and piece.text in same and _needs_words(piece.text):
            yield f"not in Spanish: {piece.text!r} ({piece.place})"


def _needs_words(text):
    return bool(_WORD.search(text)) and text not in _alike()


@cache
def _alike():
    """What is written alike in both: names of ours, and texts whose translation is the same."""
    identical = {
        entry.msgid for path in sources() for entry in read(path) if entry.msgid == entry.msgstr
    }
    agencies = {agency.name for agency in gate.catalogue().agencies.values()}
    return identical | agencies | {settings.CITY_NAME, "SYS"}


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


def _out_of_the_language(page):
    """Links to a page in English though there is one in Spanish, or to a file by way of Spanish."""
    for link in page.said.links:
        address = urlsplit(urljoin(page.path, link))
        if address.netloc or address.path == page.path.removeprefix("/es").partition("?")[0]:
            continue
        public = Audience.EVERYONE in ACCESS.get(name_of(address.path), ())
        if public and address.path.startswith("/es/") == _is_file(address.path):
            yield f"links to {address.path}"


@cache
def _is_file(path):
    response = Client().get(path.removeprefix("/es"))
    response.close()
    return not response["Content-Type"].startswith(
        ("text/html", "application/atom+xml", "application/pdf")
    )


def _never_visited(pages):
    expected = {name for name, audiences in ACCESS.items() if Audience.EVERYONE in audiences}
    visited = {page.name for page in pages} | {
        name_of(link) for page in pages for link in page.said.links if link.startswith("/")
    }
    return sorted(name for name in expected - visited if not _NO_PAGE.match(name))
