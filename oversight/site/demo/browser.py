"""A person at a browser: opens pages, reads them, fills in their forms. Nothing but HTTP."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import requests

from oversight.site.demo.html import Element, fields_of, read

_TIMEOUT: Final = 30
_PATIENCE: Final = 90
_POLL: Final = 0.25


class StoryError(RuntimeError):
    """A page was not what the story needs; the text quotes it."""


class Page:
    """An answer that was read."""

    def __init__(self, answer: requests.Response) -> None:
        self.url = answer.url
        self.status = answer.status_code
        self.root = read(answer.text)

    @property
    def title(self) -> str:
        """What the page calls itself."""
        heading = self.root.first("h1")
        return heading.text if heading else ""

    @property
    def main(self) -> Element:
        """The page without its frame."""
        return self.root.first("main") or self.root

    def link(self, part: str) -> str | None:
        """Return the first address on the page that holds ``part``, or None."""
        addresses = (link.attributes.get("href", "") for link in self.root.every("a"))
        return next((address for address in addresses if part in address), None)

    def form(self, *names: str, action: str = "") -> Element:
        """Return the form that has these fields, or that posts to that address.

        Raises:
            StoryError: there is none.
        """
        for form in self.main.every("form"):
            goes_to = form.attributes.get("action", "")
            if set(names) <= set(fields_of(form)) and action in goes_to:
                return form
        raise StoryError(f"{self.url} has no form with {names or action}: {self.main.text[:600]}")


class Person:
    """Someone with a browser of their own."""

    def __init__(self, base_url: str, name: str) -> None:
        self.name = name
        self._base = base_url
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy stands between us and this machine

    def sign_in(self, username: str, password: str) -> Page:
        """Sign in through the page for it."""
        page = self.open("/accounts/login/")
        return self.submit(page, {"login": username, "password": password})

    def open(self, address: str) -> Page:
        """Open a page.

        Raises:
            StoryError: it is refused or broken.
        """
        return _read(self._session.get(urljoin(self._base, address), timeout=_TIMEOUT))

    def photograph(self, address: str) -> bytes:
        """Fetch a picture of a page."""
        answer = self._session.get(urljoin(self._base, address), timeout=_TIMEOUT)
        answer.raise_for_status()
        return answer.content

    def submit(
        self,
        page: Page,
        values: Mapping[str, str] | None = None,
        *,
        action: str = "",
        button: str = "",
        files: Mapping[str, Path] | None = None,
    ) -> Page:
        """Fill in the form of ``page`` that has these fields, or this action, and send it.

        ``button`` is the value of the one that is pressed, where a form has several (``step``).

        Raises:
            StoryError: there is no such form, or its answer is a refusal.
        """
        form = page.form(*(values or ()), *(files or ()), action=action)
        data = {**fields_of(form), **(values or {}), **({"step": button} if button else {})}
        where = urljoin(page.url, form.attributes.get("action", "") or page.url)
        uploads = {name: (path.name, path.read_bytes()) for name, path in (files or {}).items()}
        headers = {"Referer": page.url}
        return _read(
            self._session.post(
                where, data=data, files=uploads or None, headers=headers, timeout=_TIMEOUT
            )
        )

    def look_ahead(self, page: Page, values: Mapping[str, str]) -> None:
        """Ask beside a form what the rules say to these answers, as the page's own button does."""
        data = {**fields_of(page.form(*values)), **values, "look_ahead": "1"}
        headers = {"Referer": page.url, "HX-Request": "true"}
        answer = self._session.post(page.url, data=data, headers=headers, timeout=_TIMEOUT)
        answer.raise_for_status()

    def wait(self, address: str, until: Callable[[Page], bool]) -> Page:
        """Look at a page again and again, as its own script does, until it says what is hoped.

        Raises:
            StoryError: it does not within a minute and a half.
        """
        end = time.monotonic() + _PATIENCE
        while not until(page := self.open(address)):
            if time.monotonic() > end:
                raise StoryError(f"{page.url} still says: {page.main.text[:600]}")
            time.sleep(_POLL)
        return page


def _read(answer: requests.Response) -> Page:
    page = Page(answer)
    if not answer.ok:
        raise StoryError(f"{answer.status_code} from {answer.url}: {page.main.text[:600]}")
    return page
