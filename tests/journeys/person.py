"""What everybody does at a browser."""

import re
from typing import Self

from playwright.sync_api import Locator, Page

from tests.accessibility.checks import (
    DESKTOP,
    TELEPHONE,
    faults_at,
    faults_in_markup,
    faults_in_print,
)
from tests.accessibility.watching import Watch
from tests.journeys.town import PATIENCE_MS, Town


class Person:
    """Anybody at a browser."""

    def __init__(self, page: Page, town: Town, watch: Watch) -> None:
        self.page = page
        self.town = town
        self._watch = watch

    @property
    def heading(self) -> str:
        """What the page calls itself."""
        return self.page.locator("h1").inner_text()

    @property
    def words(self) -> str:
        """The page without its frame."""
        return self.page.locator("main").inner_text()

    @property
    def status(self) -> int:
        """The status with which the page came."""
        return self._watch.status_of(self.page)

    def open(self, path: str) -> Self:
        """Open an address."""
        self.page.goto(path)
        return self

    def press(self, name: str) -> Self:
        """Press a button and wait for what follows."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()
        return self

    def follow(self, name: str | re.Pattern[str]) -> Self:
        """Follow a link."""
        self.page.get_by_role("link", name=name).click()
        self.page.wait_for_load_state()
        return self

    def answer(self, question: str, answer: str) -> None:
        """Choose one answer of a question."""
        group = self.page.get_by_role("group", name=question)
        self.tick(group.get_by_label(answer, exact=True))

    def tick(self, choice: Locator) -> None:
        """Choose by a press on the words: the design system hides the button itself."""
        self.page.locator(f"label[for='{choice.get_attribute('id')}']").click()
        assert choice.is_checked()

    def another_tab(self) -> Self:
        """Open the same page once more beside this one."""
        page = self.page.context.new_page()
        page.goto(self.page.url)
        return type(self)(page, self.town, self._watch)

    def wait_for(self, locator: Locator) -> None:
        """Wait for what the page's own script brings."""
        locator.wait_for(timeout=PATIENCE_MS)

    def look(self, name: str) -> Self:
        """Let nothing be wrong with the page, at any width or on paper; keep pictures of it."""
        page = self.page
        page.wait_for_load_state()
        page.evaluate("document.fonts.ready.then(() => true)")
        faults = faults_in_markup(self._watch.document_of(page), page.content())
        for width, ending in ((TELEPHONE, "-320"), (DESKTOP, "")):
            faults += faults_at(page, width)
            page.screenshot(
                path=self.town.screenshots / f"{name}{ending}.png",
                full_page=True,
                animations="disabled",
            )
        self._watch.complaints += [f"{name} {fault}" for fault in faults + faults_in_print(page)]
        return self
