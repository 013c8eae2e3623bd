"""The city that the journeys lead through: the whole stack, its people, a gallery."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from oversight.site.demo.seeding import ENVIRONMENT, GALLERY
from oversight.site.stack import Stack
from tests.accessibility.checks import DESKTOP, HEIGHT
from tests.accessibility.watching import Watch
from tests.journeys.photographs import Photographs, make_photographs

TEMPLATES_OF_NOBODY = 3000
# What is retried after a minute in service is retried after seconds here.
QUICK = {**ENVIRONMENT, "OVERSIGHT_RESEND_SECONDS": "3"}
PATIENCE_MS = 120_000

_PLACE = (
    *("--gallery", GALLERY, "--kind", "booking"),
    *("--name", "County digital mugshot system", "--custodian", "Los Angeles County Sheriff"),
)

# As if everybody had signed in (or confirmed who they are) so long ago.
_AGE_SESSIONS = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for key in Session.objects.values_list("pk", flat=True):
    session = SessionStore(key)
    for method in session.get("account_authentication_methods", []):
        method["at"] -= {minutes} * 60
    session.modified = True
    session.save()
"""


@dataclass
class Town:
    """A running stack with its people, and their browsers."""

    stack: Stack
    browser: Browser
    password: str
    photographs: Photographs
    screenshots: Path
    _signed_in: dict[str, dict] = field(default_factory=dict)

    def window(
        self, watch: Watch, username: str = "", *, width: int = DESKTOP, javascript: bool = True
    ) -> Page:
        """Open a browser of its own, signed in as someone, or as nobody."""
        context = self.browser.new_context(
            base_url=self.stack.base_url,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            storage_state=self._state_of(username) if username else None,
        )
        context.set_default_timeout(PATIENCE_MS)
        watch.over(context)
        return context.new_page()

    def publish(self, first_day: str, day_after: str) -> Mapping[str, object]:
        """Freeze the figures of a period, as the clerk does."""
        period = ("--from", first_day, "--to", day_after)
        return json.loads(self.stack.manage("publish", *period, "--json"))

    def later(self, *, minutes: int) -> None:
        """Let time pass for everybody who is signed in."""
        self.stack.manage("shell", "-v0", "-c", _AGE_SESSIONS.format(minutes=minutes))

    def _state_of(self, username: str) -> dict:
        """Sign in through the page for it, once for all journeys."""
        if username not in self._signed_in:
            context = self.browser.new_context(base_url=self.stack.base_url)
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            page.goto("/accounts/login/")
            sign_in(page, username, self.password)
            self._signed_in[username] = context.storage_state()
            context.close()
        return self._signed_in[username]


def sign_in(page: Page, username: str, password: str) -> None:
    """Fill in the sign-in page that is shown."""
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()


def found(stack: Stack, browser: Browser, screenshots: Path) -> Town:
    """Settle the people, fill the gallery, and return the town."""
    photographs = make_photographs(stack.state.folder / "photographs")
    made = json.loads(stack.manage("demonstration"))
    root = ("--root", str(photographs.manifest.parent))
    stack.manage("gallery", "import", str(photographs.manifest), *root, *_PLACE)
    stack.manage("gallery", "synthesise", "--count", str(TEMPLATES_OF_NOBODY), *_PLACE)
    screenshots.mkdir(parents=True, exist_ok=True)
    return Town(stack, browser, made["password"], photographs, screenshots)
