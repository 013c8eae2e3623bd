"""``manage.py static_export DIR``: the whole public site as files for a plain web server or a CDN."""

import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from oversight.ledger.files import HeldByAnotherError
from oversight.ledger.verifier import Refuted
from oversight.site.export.asking import BrokenSiteError
from oversight.site.export.copying import copy_site, origin_of
from oversight.site.export.folder import FolderInUseError
from oversight.site.export.rewriting import Site

_EACH = 100  # files between two lines of progress


class Command(BaseCommand):
    """Copies every public page and file, in all languages, and puts the copy in place at once."""

    help = "Copy the public site into files that any web server can serve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options; addresses are written as https://example.org."""
        parser.add_argument(
            "target", type=Path, metavar="DIR", help="symbolic link to make or move"
        )
        parser.add_argument("--base-url", default="", help="where the copy will be served")
        parser.add_argument("--live-url", default="", help="the site itself, for forms")

    def handle(self, *_args: Any, target: Path, base_url: str, live_url: str, **_rest: Any) -> None:
        """Copy, with progress on stderr; exit 1 with the reason where that is not possible."""
        logging.disable(logging.WARNING)  # a line for each page would hide the progress
        try:
            if base_url:
                origin_of(base_url)
            site = Site(live=origin_of(live_url or _live_address()), base=base_url)
            files = copy_site(target.absolute(), site, self._progress)
        except (ValueError, OSError, BrokenSiteError, FolderInUseError) as error:
            raise CommandError(str(error)) from None
        except (HeldByAnotherError, Refuted) as error:
            raise CommandError(f"No copy was made: {error}") from None
        finally:
            logging.disable(logging.NOTSET)
        self.stdout.write(f"{files} files in {target.resolve()}")

    def _progress(self, written: int, waiting: int) -> None:
        if written % _EACH == 0 or not waiting:
            self.stderr.write(f"{written} files written, {waiting} places to go")


def _live_address() -> str:
    """The first host that this site answers to."""
    scheme = "https" if settings.BEHIND_TLS else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0]}"
