"""The public site as files: served by a plain file server, without a broken link."""

import threading
import urllib.request
from collections import deque
from datetime import date
from functools import partial
from hashlib import sha256
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import CommandError, call_command

from oversight.ledger.configuration import Configuration
from oversight.ledger.verifier import check_export
from oversight.site.export.asking import Answer, LiveSite
from oversight.site.export.layout import Place, is_copied, relative
from oversight.site.export.rewriting import Page, Site
from oversight.transparency.reports import services
from tests.transparency.rows import Office
from tests.transparency.test_reports import busy

LIVE = "http://localhost"


class Links(HTMLParser):
    """What a browser would fetch or follow, the ids that can be pointed at, and the forms."""

    def __init__(self, source):
        super().__init__()
        self.links, self.ids, self.forms = [], set(), 0
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.forms += tag == "form"
        self.ids |= {given[name] for name in ("id", "name") if given.get(name)}
        self.links += [given[name] for name in ("href", "src") if given.get(name)]
        assert not [name for name in given if name.startswith("hx-")]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def city(live_database, settings, tmp_path):
    """A city with an edition, a report and a signed record."""
    settings.LEDGER_PUBLISHED = tmp_path / "record"
    settings.LEDGER_STATE = tmp_path / "state"
    busy(Office())
    services.file_report(pack="general", start=date(2025, 1, 1), end=date(2026, 1, 1))
    call_command("ledger", "checkpoint")
    return settings


@pytest.fixture
def serve():
    """``serve(folder)``: address of a plain file server of that folder."""
    servers = []

    def start(folder):
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def fetch(address):
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except HTTPError as error:
        with error:
            return error.code, "", b""


def crawl(base):
    """Every address of the copy that can be reached, and what is broken."""
    pages, broken, waiting, seen = {}, [], deque([(f"{base}/", "")]), set()
    wanted = []
    while waiting:
        address, source = waiting.popleft()
        bare, fragment = urldefrag(address)
        wanted.append((bare, fragment, source))
        if bare in seen or urlsplit(bare).netloc != urlsplit(base).netloc:
            continue
        seen.add(bare)
        status, kind, content = fetch(bare)
        if status != 200:
            broken.append((bare, status, source))
        elif kind == "text/html":
            pages[bare] = Links(content.decode())
            waiting += [(urljoin(bare, link), bare) for link in pages[bare].links]
    broken += [
        (bare, f"#{fragment}", source)
        for bare, fragment, source in wanted
        if fragment and bare in pages and fragment not in pages[bare].ids
    ]
    return pages, seen, broken


def test_the_copy_is_served_by_a_plain_server_without_a_broken_link(city, tmp_path, serve, capsys):
    target = tmp_path / "public" / "site"
    call_command("static_export", str(target))
    pages, seen, broken = crawl(serve(target))
    assert broken == []
    paths = {urlsplit(address).path for address in seen}
    wanted = {"/", "/es/", "/reports/1/", "/es/reports/filed/1/", "/reports/due/", "/rules/"}
    files = {"/reports/1.pdf", "/es/reports/1.pdf", "/reports/filed/1.csv", "/ledger/checkpoint"}
    assert wanted | files <= paths
    assert sum(page.forms for page in pages.values()) == 0
    whole = "".join(path.read_text() for path in target.rglob("*.html"))
    assert f'works on the live site only: <a href="{LIVE}/' in whole
    assert "csrfmiddlewaretoken" not in whole
    check_export(target / "ledger", Configuration.from_settings().policy())
    assert 'href="/static/' in (target / "404.html").read_text()
    assert "places to go" in capsys.readouterr().err
    _sums_are_right(target)
    _the_same_again_is_the_same_folder(target)


def _sums_are_right(target):
    for line in (target / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert sha256((target / name).read_bytes()).hexdigest() == digest, name


def _the_same_again_is_the_same_folder(target):
    before = target.readlink()
    call_command("static_export", str(target))
    assert target.readlink() == before
    call_command("static_export", str(target), "--base-url", "https://copy.example/police")
    assert target.readlink() != before
    assert (target.parent / before).is_dir()  # for those who are still reading it
    assert "https://copy.example/police/" in (target / "feed.atom").read_text()
    assert LIVE not in (target / "data.json").read_text()
    assert 'hreflang="es" href="https://copy.example/police/es/' in (
        target / "index.html"
    ).read_text().replace("'", '"')


def test_a_page_that_fails_fails_the_copy_and_leaves_the_old_one(city, tmp_path, monkeypatch):
    target = tmp_path / "site"
    target.mkdir()
    with pytest.raises(CommandError, match="not a copy made by this command"):
        call_command("static_export", str(target))
    target.rmdir()
    monkeypatch.setattr(LiveSite, "ask", lambda *_: Answer(500, "text/html", b""))
    with pytest.raises(CommandError, match="/ answers 500"):
        call_command("static_export", str(target))
    assert not target.exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("site")] == []
    with pytest.raises(CommandError, match="no address"):
        call_command("static_export", str(target), "--base-url", "example.org")


@pytest.mark.parametrize(
    ("path", "copied"),
    [
        ("/", True),
        ("/es/reports/", True),
        ("/rules/?page=2", True),
        ("/rules/?sort=-title", False),
        ("/desk/", False),
        ("/accounts/login/", False),
        ("/healthz", False),
        ("/api/v1/editions/", False),
        ("/nowhere/", False),
        ("/static/../secrets", False),
    ],
)
def test_only_pages_for_everyone_are_copied(path, copied):
    bare, _, query = path.partition("?")
    assert is_copied(Place(bare, query)) is copied


def test_links_lead_from_file_to_file():
    page = Place("/reports/1/")
    assert relative(Place("/"), page) == "../../"
    assert relative(Place("/rules/", "page=2"), page, "top") == "../../rules/page-2/#top"
    assert relative(Place("/reports/1.pdf"), Place("/es/reports/1/")) == "../../../reports/1.pdf"
    assert relative(page, page) == "./"
    assert Place("/rules/", "format=csv").file == "rules/all.csv"


def test_a_page_keeps_all_but_links_and_forms():
    source = (
        "<!doctype html><p hx-get='/x' class=\"a&amp;b\">&copy; 5 &lt; 6 "
        '<a href="/reports/?sort=x&amp;y=1#top">s</a> <a href="//elsewhere.example/">e</a>'
        '<a href="mailto:x@y">m</a><form action="/x"><input name="q"><p>gone</p></form><br></p>'
    )
    page = Page(Place("/rules/"), Site(LIVE))
    written = page.rewritten(source)
    assert written.startswith('<!doctype html><p class="a&amp;b">&copy; 5 &lt; 6 ')
    assert f'href="{LIVE}/reports/?sort=x&amp;y=1#top"' in written
    assert 'href="//elsewhere.example/"' in written
    assert 'href="mailto:x@y"' in written
    assert "gone" not in written
    assert written.endswith("<br></p>")
