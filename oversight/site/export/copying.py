"""Walking the live site from its front page, and writing every page and file that it leads to."""

from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from oversight.interface.languages import in_language
from oversight.ledger.configuration import Configuration
from oversight.ledger.export import export
from oversight.site.export import folder
from oversight.site.export.asking import Answer, BrokenSiteError, LiveSite
from oversight.site.export.layout import Place, is_copied, place_of
from oversight.site.export.rewriting import (
    MISSING,
    Page,
    Site,
    files_of_style,
    with_address_of_copy,
)

_OK: Final = 200
_MOVED: Final = (301, 302)
_STARTS: Final = ("/", "/data.json", "/feed.atom", "/ledger/")
_NAMING: Final = ("application/json", "application/atom+xml", "application/xml", "text/xml")

Progress = Callable[[int, int], None]
"""Told how many files were written, and how many places are still to be asked for."""


def copy_site(target: Path, site: Site, progress: Progress) -> int:
    """Copy the public site into ``target`` in all its languages; returns how many files it has.

    The record comes with it: checkpoint, tiles, keys and verifier, verified before anything else
    is written.

    Raises:
        BrokenSiteError: a page links to one that does not answer.
        folder.FolderInUseError, HeldByAnotherError: see ``folder.replacing``.
        oversight.ledger.verifier.Refuted: the published record does not verify.
    """
    with folder.replacing(target) as draft:
        _copy_record(draft)
        _Walk(LiveSite(site.live), site, draft, progress).run()
        return len(folder.files_in(draft))


def _copy_record(draft: Path) -> None:
    """The record as of one checkpoint; a city that has published none yet has none to copy."""
    configuration = Configuration.from_settings()
    if (configuration.published / "checkpoint").exists():
        export(configuration.published, draft / "ledger", configuration.policy())


class _Walk:
    """Asks for each place once, and for what it leads to."""

    def __init__(self, live: LiveSite, site: Site, draft: Path, progress: Progress) -> None:
        self._live, self._site, self._draft, self._progress = live, site, draft, progress
        self._known: dict[Place, Place] = {}  # to where it is linked from
        self._waiting: list[Place] = []
        self._written = 0

    def run(self) -> None:
        for start in _STARTS:
            for code, _name in settings.LANGUAGES:
                first = Place(in_language(start, code))
                if is_copied(first):
                    self._add(first, first)
        while self._waiting:
            self._copy(self._waiting.pop(0))
            self._progress(self._written, len(self._waiting))
        self._write_missing_page()

    def _add(self, place: Place, linked_from: Place) -> None:
        if place not in self._known:
            self._known[place] = linked_from
            self._waiting.append(place)

    def _copy(self, place: Place) -> None:
        if (self._draft / place.file).exists():
            return  # a file of the record, as of its checkpoint
        answer = self._live.ask(place)
        if answer.status in _MOVED:
            answer = self._follow(place, answer)
        if answer.status != _OK:
            source = self._known[place].address
            raise BrokenSiteError(
                f"{place.address} answers {answer.status}; it is linked from {source}"
            )
        folder.write(self._draft, place.file, self._written_again(place, answer))
        self._written += 1

    def _follow(self, place: Place, answer: Answer) -> Answer:
        """Return what stands where the site sends us; a copy has no redirections."""
        target = place_of(answer.moved_to, place, self._site.live)
        if target is None or not is_copied(target):
            return answer
        return self._live.ask(target)

    def _written_again(self, place: Place, answer: Answer) -> bytes:
        kind = answer.content_type.partition(";")[0]
        found: set[Place] = set()
        content = answer.content
        if kind == "text/html":
            page = Page(place, self._site)
            content = page.rewritten(content.decode()).encode()
            found = page.found
        elif kind == "text/css":
            found = files_of_style(content.decode(), place, self._site)
        elif kind in _NAMING:
            content = with_address_of_copy(content, self._site)
        for each in sorted(found):
            self._add(each, place)
        return content

    def _write_missing_page(self) -> None:
        """What a web server may show for an address that does not exist."""
        answer = self._live.ask(Place("/no-such-page/"))
        page = Page(MISSING, self._site)
        folder.write(self._draft, MISSING.file, page.rewritten(answer.content.decode()).encode())


def origin_of(address: str) -> str:
    """Scheme and host of an address; raises ValueError for one without either."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"{address!r} is no address: write it as https://example.org")
    return f"{parts.scheme}://{parts.netloc}"
