"""The whole site in this process, for a browser: one thread, the test's own database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections

from oversight.interface import assets


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args):
        pass


@contextmanager
def served(settings) -> Iterator[str]:
    """The address of the site while it is served; skips where the design system is not laid out."""
    if not (assets.DEFAULT_DESTINATION / assets.RECEIPT).is_file():
        pytest.skip("the design system is not laid out here: run the set-up first")
    settings.DEBUG = False
    application = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", 0, application, handler_class=_Quiet)
    thread = threading.Thread(target=_serve, args=[server])
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _serve(server) -> None:
    server.serve_forever()
    connections.close_all()
