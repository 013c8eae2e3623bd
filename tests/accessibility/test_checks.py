"""What looks for faults finds them: each check is shown a page on which it must fail."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests import browsing
from tests.accessibility.checks import (
    TELEPHONE,
    faults_at,
    faults_in_markup,
    faults_in_print,
)
from tests.accessibility.keyboard import Keyboard
from tests.accessibility.watching import Watch

pytestmark = pytest.mark.journey

_SOUND = """<!doctype html><html lang="en"><head><title>Sound</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main><h1>Sound</h1><p>Words.</p>{more}</main></body></html>"""
_POLICY = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src * data:; connect-src *"


class _Pages(BaseHTTPRequestHandler):
    """Serves what stands in ``more`` within a page that is sound."""

    more = ""

    def do_GET(self):
        script = self.path.endswith(".js")
        found = script or self.path == "/"
        body = "throw new Error('broken')" if script else _SOUND.format(more=self.more)
        self.send_response(200 if found else 404)
        self.send_header(
            "Content-Type", "text/javascript" if script else "text/html; charset=utf-8"
        )
        self.send_header("Content-Security-Policy", _POLICY)
        self.end_headers()
        self.wfile.write(body.encode() if found else b"")

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    with browsing.in_a_thread(server):
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="module")
def chromium():
    with browsing.chromium() as browser:
        yield browser


@pytest.fixture
def show(chromium, address):
    """Show a page with more in it than is sound; returns it with what listened to it."""
    contexts = []

    def go(more):
        _Pages.more = more
        watch, context = Watch(address), chromium.new_context()
        contexts.append(context)
        watch.over(context)
        page = context.new_page()
        page.goto(f"{address}/")
        page.wait_for_load_state("networkidle")
        return page, watch

    yield go
    for context in contexts:
        context.close()


def every_fault(page, watch):
    return [
        *watch.complaints,
        *faults_in_markup(watch.document_of(page), page.content()),
        *faults_at(page, TELEPHONE),
        *faults_in_print(page),
    ]


def test_a_sound_page_has_no_faults(show):
    assert every_fault(*show("")) == []


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ('<img src="data:,">', "image-alt"),
        ('<p aria-describedby="nowhere">Words</p>', "refers to nowhere"),
        ('<font color="#fff">Unseen words</font>', "cannot be seen"),
        ('<font color="#fff">White words</font>', "white on white"),
        ('<table width="900"><tr><td>Wide</table>', "scrolls sideways"),
        ('<nav class="nav">Of no use on paper</nav>', "in print: .nav"),
        ('<img alt="" src="/absent.png">', "404 from"),
        ("<script>1</script>", "console: "),
        ('<script src="/broken.js"></script>', "script: "),
        ('<img alt="" src="http://127.0.0.1:9/elsewhere.png">', "asked another host"),
    ],
)
def test_each_fault_is_found(show, more, fault):
    assert any(fault in found for found in every_fault(*show(more)))


_LAST = '<button id="last">Last</button>'


def test_the_keyboard_leads_to_every_control(show):
    page, _watch = show(f'<a href="#">First</a> {_LAST}')
    Keyboard(page).to(page.locator("#last"))


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (f'<a href="#" style="outline: none">First</a> {_LAST}', "cannot be seen"),
        (
            f'<p><a href="#">2</a></p><br><br><br><br><p><a href="#" tabindex="1">1</a></p>{_LAST}',
            "jumps up",
        ),
        ('<button id="last" tabindex="-1">Last</button>', "does not lead to"),
    ],
)
def test_the_keyboard_finds_what_stands_in_its_way(show, more, fault):
    page, _watch = show(more)
    with pytest.raises(AssertionError, match=fault):
        Keyboard(page).to(page.locator("#last"))
