"""``make demo``: the main job on the embedded default, told step by step, and then over."""

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from oversight.site.demo.browser import Page, Person, StoryError
from oversight.site.demo.html import Element
from oversight.site.demo.seeding import ENVIRONMENT, Seeded, seed
from oversight.site.demo.story import Story, request_path
from oversight.site.settings.django import TIME_ZONE
from oversight.site.stack import Stack, StackError


def main() -> int:
    """Tell the story; returns 0, or 1 with what went wrong."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    begun = time.monotonic()
    try:
        _heading(
            "The stack: PostgreSQL with pgvector, broker, web, worker, relay, checkpointer, a witness"
        )
        with Stack(environment=ENVIRONMENT, witness=True) as stack:
            _say("Everything is up", time.monotonic() - begun, stack.base_url)
            _tell(stack)
    except (StackError, StoryError) as error:
        sys.stderr.write(f"\nThe demonstration stopped. {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped; nothing is left running.\n")
        return 1
    _write(f"\nDone in {time.monotonic() - begun:.1f} s; nothing is left running.")
    _write("To look around yourself: make serve")
    return 0


def _tell(stack: Stack) -> None:
    _heading("A gallery")
    began = time.monotonic()
    seeded = seed(stack.manage, stack.state.folder / "demonstration")
    _say(f"{seeded.templates:,} templates enrolled, 8 of them of people", time.monotonic() - began)
    story = Story(stack.base_url, seeded, step)
    number = time.strftime("26-%H%M%S")
    _heading("A request that the rules refuse: a still from an officer's body-worn camera")
    officer = story.sign_in("officer")
    refused = story.ask(officer, source="body_worn", case=f"{number}-A")
    _print_reasons(refused)
    _heading("A request that the rules permit: a still from a shop's fixed camera")
    request = story.ask(officer, source="fixed_cctv_private", case=f"{number}-B")
    _search(story, officer, request, seeded)
    _heading("What the public sees")
    _publish(story, stack)


def _search(story: Story, officer: Person, request: Page, seeded: Seeded) -> None:
    supervisor = story.sign_in("supervisor")
    story.sign_off(supervisor)
    began = time.monotonic()
    first = story.sign_in("examiner1")
    first.wait("/comparisons/", lambda page: bool(page.link("/start/")))
    took = time.monotonic() - began
    _say(f"The worker compared {seeded.templates:,} templates; candidates wait", took)
    for examiner in (first, story.sign_in("examiner2")):
        story.examine(examiner)
    page = story.read_result(officer, officer.open(request_path(request)))
    for sentence in _sentences(page):
        _write(f"    {sentence}")


def _publish(story: Story, stack: Stack) -> None:
    today = datetime.now(ZoneInfo(TIME_ZONE)).date()
    began = time.monotonic()
    period = ["--from", f"{today.replace(day=1)}", "--to", f"{today + timedelta(days=1)}"]
    edition = json.loads(stack.manage("publish", *period, "--json"))
    _say(f"Edition {edition['number']} is frozen", time.monotonic() - began, edition["digest"])
    reader = Person(story.base_url, "A reader")
    for address in (edition["address"], "/statistics/", "/ledger/"):
        page = step(f"Anyone reads {address}", partial(reader.open, address))
        for sentence in _sentences(page):
            _write(f"    {sentence}")


def _sentences(page: Page) -> Iterator[str]:
    """What a page says first: its opening sentence, and its figures."""
    yield from (sentence.text for sentence in page.main.every("p", "lead"))
    for figure in page.main.every("div", "figure"):
        yield " ".join(part.text for part in list(figure.every("p"))[:2])


def _print_reasons(page: Page) -> None:
    reasons = list(page.main.every("li", "reasons__item"))
    if not reasons:
        raise StoryError(f"{page.url} names no reason: {page.main.text[:600]}")
    for reason in reasons:
        facts = {term.text: fact.text for term, fact in _pairs(reason)}
        _write(f"\n    {facts.pop('Rule')}  ({facts.pop('Safeguard')})")
        for part in reason.every("p"):
            _write(f"      {part.text}")
        for term, fact in facts.items():
            _write(f"      {term}: {fact}")
    _write("")


def _pairs(reason: Element) -> Iterator[tuple[Element, Element]]:
    return zip(reason.every("dt"), reason.every("dd"), strict=True)


def step(what: str, act: Callable[[], Page]) -> Page:
    """Do something, print what it was, how long it took and where."""
    began = time.monotonic()
    page = act()
    _say(what, time.monotonic() - began, page.url)
    return page


def _say(what: str, seconds: float, where: str = "") -> None:
    _write(f"  {what:<66} {seconds:6.2f} s  {where}".rstrip())


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _heading(text: str) -> None:
    _write(f"\n{text}")


if __name__ == "__main__":
    sys.exit(main())
