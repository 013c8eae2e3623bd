"""One stack and one browser for all journeys of a process, and windows that are watched."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from oversight.interface import assets
from oversight.site.paths import BASE_DIR
from oversight.site.stack import Stack
from tests import browsing
from tests.accessibility.watching import Watch
from tests.journeys.person import Person
from tests.journeys.town import QUICK, Town, found
from tests.site.processes import wait_until_none_uses

# The scope ends with the folder: the browser's driver holds an event loop in this thread, beside
# which no other test could use Django's database.
_JOURNEYS = "package"

SCREENSHOTS = BASE_DIR / "var" / "screenshots"


@pytest.fixture(scope=_JOURNEYS)
def chromium() -> Iterator[Browser]:
    with browsing.chromium() as browser:
        yield browser


@pytest.fixture(scope=_JOURNEYS)
def town(chromium: Browser, tmp_path_factory) -> Iterator[Town]:
    """The stack with its people and gallery; afterwards nothing of it may be left running."""
    if not (assets.DEFAULT_DESTINATION / assets.RECEIPT).is_file():
        pytest.skip("the design system is not laid out here: run the set-up first")
    state = tmp_path_factory.mktemp("journeys")
    with Stack(state=state, durable=False, environment=QUICK) as stack:
        yield found(stack, chromium, SCREENSHOTS)
    assert wait_until_none_uses(state) == {}


@pytest.fixture
def watch(town: Town) -> Iterator[Watch]:
    """At the end of each journey no browser may have had anything to complain of."""
    watching = Watch(town.stack.base_url)
    yield watching
    assert watching.complaints == []


@pytest.fixture
def enter(town: Town, watch: Watch) -> Iterator[Callable[..., Person]]:
    """``enter(Officer, "officer")``: someone sits down at a browser of their own."""
    pages: list[Page] = []

    def come(kind: type[Person], username: str = "", **options) -> Person:
        page = town.window(watch, username, **options)
        pages.append(page)
        return kind(page, town, watch)

    yield come
    for page in pages:
        page.context.close()
