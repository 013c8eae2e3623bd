"""A real browser, and this process as the server of the pages that it shows."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from oversight.interface import assets
from oversight.site.setup.system import find_browser


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; tests are named as skipped where there is none.

    Its driver holds an event loop in this thread. Beside it Django asks the database only where
    DJANGO_ALLOW_ASYNC_UNSAFE is set, over connections of their own, which end with the browser:
    the next browser here would find them again, to a database that is gone.
    """
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium here: install Debian's, or name one in OVERSIGHT_CHROMIUM")
    with sync_playwright() as playwright:
        # Root has no sandbox, nor have containers; the pages are our own.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
            connections.close_all()
        browser.close()


@contextmanager
def served(*, threads: bool = False) -> Iterator[str]:
    """The address of the whole site while it is served, by one thread unless told otherwise.

    Tests are named as skipped where the design system is not laid out.
    """
    if not (assets.DEFAULT_DESTINATION / assets.RECEIPT).is_file():
        pytest.skip("the design system is not laid out here: run the set-up first")
    application = StaticFilesHandler(get_wsgi_application())
    kind = _Threads if threads else WSGIServer
    server = make_server("127.0.0.1", 0, application, kind, _Quiet)
    with in_a_thread(server):
        yield f"http://127.0.0.1:{server.server_port}"


@contextmanager
def in_a_thread(server: Any) -> Iterator[None]:
    """Let a server serve until the block ends; it leaves no connection to the database behind."""
    thread = threading.Thread(target=_serve, args=[server.serve_forever])
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _serve(serve_forever: Callable[[], None]) -> None:
    serve_forever()
    connections.close_all()
