"""What an examiner does: compares, apart from the others."""

import re
from typing import Self

from oversight.site.demo.story import same_photograph
from tests.journeys.person import Person


class Examiner(Person):
    """Compares, apart from the others."""

    def waiting(self) -> set[str]:
        """Return the addresses of the comparisons that wait for this examiner."""
        self.open("/comparisons/")
        links = self.page.locator("main a[href*='/start/']").all()
        return {link.get_attribute("href") for link in links}

    def wait_for_work(self, known: set[str]) -> str:
        """Wait until the worker has run a search that was not there before."""
        while not (new := self.waiting() - known):
            self.page.wait_for_timeout(300)
        return new.pop()

    def begin(self, comparison: str) -> Self:
        """Take a comparison on."""
        self.open(comparison)
        self.tick(self.page.get_by_label("I have not discussed this search"))
        return self.press("Begin")

    def judge(self, *, same: bool) -> Self:
        """Fill in what was found for the candidate that is shown."""
        finding = "Similar" if same else "Different"
        for feature in ("Nose", "Eyes", "Eyebrows"):
            self.tick(
                self.page.get_by_role("group", name=re.compile(f"^{feature} ")).get_by_label(
                    finding
                )
            )
        conclusion = (
            "Strong support that it is the same person"
            if same
            else "Strong support that they are different people"
        )
        self.tick(self.page.get_by_label(conclusion))
        self.page.get_by_label("Similarities", exact=True).fill(
            "Lids and the bridge of the nose." if same else ""
        )
        self.page.get_by_label("Dissimilarities").fill("None seen." if same else "Another nose.")
        return self

    def record(self) -> Self:
        """Check and record."""
        return self.press("Check before recording").press("Record it")

    def shown_is_known(self) -> bool:
        """Tell whether the candidate shown is the one that the gallery has of the person sought."""
        picture = self.page.locator(".pair__frame img").nth(1).get_attribute("src")
        answer = self.page.context.request.get(picture)
        return same_photograph(answer.body(), self.town.photographs.known.read_bytes())

    def compare_all(self, *, finds: bool) -> Self:
        """Judge each candidate; ``finds`` says whether this examiner sees who it is."""
        while "/candidates/" in self.page.url:
            self.judge(same=finds and self.shown_is_known()).record()
        return self

    def conclude(self) -> Self:
        """Name the candidate that one's comparison supports, or nobody."""
        choices = self.page.get_by_role("group", name="What do you conclude?").get_by_role("radio")
        self.tick(choices.last)
        self.tick(self.page.get_by_label("I compared every candidate myself"))
        return self.press("Close the examination")

    def examine(self, comparison: str, *, finds: bool) -> Self:
        """Do a whole examination."""
        return self.begin(comparison).compare_all(finds=finds).conclude()
