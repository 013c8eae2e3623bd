"""A whole stack with a small gallery, and people at their browsers, for tests that break things."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from oversight.site.demo.browser import Page, Person
from oversight.site.demo.photographs import lay_out
from oversight.site.demo.seeding import ENVIRONMENT, GALLERY, Seeded
from oversight.site.demo.story import Story
from oversight.site.stack import Stack

PATIENCE = 300
# Waits that take minutes in service take seconds here.
QUICK = {**ENVIRONMENT, "OVERSIGHT_RESEND_SECONDS": "3", "OVERSIGHT_LOG": "detail"}


@dataclass
class Town:
    """A running stack, its story, and a look into its database."""

    stack: Stack
    story: Story
    officer: Person
    supervisor: Person

    def count(self, query: str) -> int:
        """Return the one number that a query gives, asked as the database's administrator."""
        with psycopg.connect(self.admin_url, connect_timeout=5) as session:
            return session.execute(query).fetchone()[0]

    @property
    def admin_url(self) -> str:
        """Address of the database for its administrator, as the state folder has it now."""
        port = json.loads((self.stack.state.run / "ports.json").read_text())["postgres_port"]
        password = (self.stack.state.folder / "secrets" / "db-admin").read_text()
        return f"postgresql://postgres:{password}@127.0.0.1:{port}/oversight"

    def submitted(self, case: str) -> Page:
        """Let the officer send a request that the rules permit."""
        return self.story.ask(self.officer, source="fixed_cctv_private", case=case)

    def searches(self) -> dict[str, int]:
        """Return how many searches were authorized, opened, run and failed."""
        tables = ("authorization", "opening", "run", "failure")
        return {name: self.count(f"SELECT count(*) FROM recognition_{name}") for name in tables}


def wait_until(happened: Callable[[], bool]) -> bool:
    """Wait until something has happened; False if patience ended first."""
    end = time.monotonic() + PATIENCE
    while not (done := happened()) and time.monotonic() < end:
        time.sleep(0.2)
    return done


def eventually(town: Town, searches: dict[str, int]) -> dict[str, int]:
    """Wait until that many searches were authorized and run; returns what there is at the end."""
    wait_until(lambda: town.searches() == searches)
    return town.searches()


def one_more(before: dict[str, int]) -> dict[str, int]:
    """One search more, from its authorization to its run, and no failure."""
    return {name: count + (name != "failure") for name, count in before.items()}


def silently(_what, act):
    """Do a step of the story without telling."""
    return act()


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    """One stack for a file; nothing is left of it afterwards."""
    with Stack(state=tmp_path_factory.mktemp("town"), environment=QUICK) as stack:
        yield furnish(stack)


def furnish(stack: Stack) -> Town:
    """Make the people and a gallery of eight, and let two of the people sign in."""
    made = json.loads(stack.manage("demonstration"))
    photographs = lay_out(stack.state.folder / "demonstration")
    _import(stack, photographs.manifest)
    story = Story(stack.base_url, Seeded(made["password"], photographs, 8), silently)
    return Town(stack, story, story.sign_in("officer"), story.sign_in("supervisor"))


def _import(stack: Stack, manifest: Path) -> None:
    place = ("--gallery", GALLERY, "--kind", "booking", "--custodian", "Sheriff")
    stack.manage("gallery", "import", str(manifest), "--root", str(manifest.parent), *place)
