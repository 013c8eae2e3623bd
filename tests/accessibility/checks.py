"""What must hold of every page: accessible, within 320 pixels, whole on paper."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.interface import markup

DESKTOP, TELEPHONE, HEIGHT = 1280, 320, 900
# All rules of axe, those of WCAG 2.0 to 2.2 (A and AA) among them; one of 2.2 is off unless asked for.
RULES = {"resultTypes": ["violations", "incomplete"], "rules": {"target-size": {"enabled": True}}}
_BY_SCRIPT = ("inline style", "handler", "inline script")

_WHITE_WORDS = """() => [...document.querySelectorAll('body *')]
  .filter((each) => each.offsetParent && each.innerText && !each.querySelector('*'))
  .filter((each) => getComputedStyle(each).color === 'rgb(255, 255, 255)')
  .map((each) => each.outerHTML.slice(0, 120))"""

_WIDER = """(width) => [...document.querySelectorAll('body *')]
  .filter((each) => each.getBoundingClientRect().right > width + 1)
  .map((each) => each.outerHTML.slice(0, 120)).slice(0, 3)"""

_FRAME = (".nav", ".account", ".buttons", ".filters", ".crumbs", ".usa-skipnav")


def faults_in_markup(source: str, rendered: str) -> list[str]:
    """Return dangling ids and their like, in the page as sent and as scripts have left it."""
    left = [
        f"after scripts: {fault}"
        for fault in markup.faults(markup.Page(rendered))
        if not fault.startswith(_BY_SCRIPT) and "'aria-hidden': 'true'" not in fault
    ]
    return [*markup.faults(markup.Page(source)), *left]


def faults_at(page: Page, width: int) -> list[str]:
    """Return what axe finds at a width, and what is wider than the screen."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    found = Axe().run(page, options=RULES).response
    faults = [
        f"{each['id']}: {[node['target'] for node in each['nodes']]}"
        for each in found["violations"]
    ]
    faults += [f"cannot be seen: {target}" for target in _unseen(found["incomplete"])]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append(f"scrolls sideways: {page.evaluate(_WIDER, width)}")
    return [f"at {width} px: {fault}" for fault in faults]


def _unseen(incomplete: list[dict]) -> list[list[str]]:
    """Return where words have the colour of what is behind them: axe leaves that undecided."""
    return [
        node["target"]
        for each in incomplete
        for node in each["nodes"]
        for check in node["any"]
        if (check["data"] or {}).get("messageKey") == "equalRatio"
    ]


def faults_in_print(page: Page) -> list[str]:
    """Return what a printout lacks, or shows though it is of no use on paper."""
    page.emulate_media(media="print")
    shown = [part for part in _FRAME for each in page.locator(part).all() if each.is_visible()]
    white = page.evaluate(_WHITE_WORDS)
    heading = page.locator("h1").is_visible()
    page.emulate_media(media="screen")
    return [
        *(f"in print: {part} is shown" for part in shown),
        *(f"in print: white on white: {words}" for words in white),
        *([] if heading else ["in print: no heading"]),
    ]
