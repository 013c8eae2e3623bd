"""Working with the keyboard alone, and seeing at each stop where one is."""

from playwright.sync_api import Locator, Page

_STOPS = 120
# USWDS hides radio buttons and boxes; their words, and the mark before them, stand for them.
_WHERE = """() => {
  const here = document.activeElement;
  const label = here.matches('[type=radio], [type=checkbox]') ? here.labels?.[0] : null;
  const outlined = (style) => style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
  return {
    seen: outlined(getComputedStyle(here))
      || Boolean(label) && (outlined(getComputedStyle(label)) || outlined(getComputedStyle(label, '::before'))),
    top: (label || here).getBoundingClientRect().top + window.scrollY,
    what: here.outerHTML.slice(0, 120),
  };
}"""
# Controls of one line do not stand at exactly one height.
_ONE_LINE_PX = 60


class Keyboard:
    """Someone who uses no mouse."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._keys = page.keyboard

    def skip_to_content(self, words: str = "Skip to main content") -> None:
        """From the top of the page, past the frame; ``words`` are those of the link."""
        self._keys.press("Tab")
        assert self._page.evaluate("document.activeElement.textContent") == words
        self._keys.press("Enter")

    def to(self, target: Locator) -> None:
        """Go on to a control with Tab; on the way focus is seen at each stop, and goes downwards."""
        before = None
        for _stop in range(_STOPS):
            self._keys.press("Tab")
            here = self._page.evaluate(_WHERE)
            if here["what"].startswith("<body"):
                break  # past the last control
            assert here["seen"], f"the focus cannot be seen on {here['what']}"
            assert before is None or here["top"] > before - _ONE_LINE_PX, (
                f"jumps up: {here['what']}"
            )
            before = here["top"]
            if target.evaluate("(each) => each === document.activeElement"):
                return
        raise AssertionError(f"Tab does not lead to {target}")

    def write(self, target: Locator, text: str) -> None:
        """Go to a field and type; a list chooses by its first letters."""
        self.to(target)
        self._keys.type(text)

    def choose(self, group: Locator, place: int) -> None:
        """Go to a question and choose the answer at a place, from 0."""
        self.to(group.get_by_role("radio").first)
        self._keys.press("Space")
        for _step in range(place):
            self._keys.press("ArrowDown")
        assert group.get_by_role("radio").nth(place).is_checked()

    def press(self, name: str) -> None:
        """Go to a button and press it."""
        self.to(self._page.get_by_role("button", name=name, exact=True))
        with self._page.expect_navigation():
            self._keys.press("Enter")
