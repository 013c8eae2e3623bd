"""What a supervisor does: signs off, returns, refuses."""

from typing import Self

from tests.journeys.person import Person


class Supervisor(Person):
    """Signs off, or does not."""

    def open_newest_sheet(self) -> Self:
        """Open the last sheet of the queue: the one of the request that was sent last."""
        self.open("/sign-off/")
        self.page.locator("table").first.locator("tbody a").last.click()
        self.page.wait_for_load_state()
        return self

    def approve(self) -> Self:
        """Approve, and confirm who one is where that is asked."""
        self.follow("Approve")
        if self.page.get_by_label("Password").count():
            self.confirm()
        self.tick(self.page.get_by_label("I have read the facts"))
        return self.press("Approve this one search")

    def confirm(self) -> Self:
        """Step up."""
        self.page.get_by_label("Password").fill(self.town.password)
        return self.press("Confirm")

    def give_reasons(self, *reasons: str, note: str = "") -> Self:
        """Tick reasons for a return or a refusal."""
        for reason in reasons:
            self.tick(self.page.get_by_label(reason))
        self.page.get_by_label("Explanation").fill(note)
        return self
