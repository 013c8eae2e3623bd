"""The people of the journeys: each does at a browser what their work asks of them."""

import re
from datetime import date, timedelta
from typing import Self

from playwright.sync_api import Locator, Page

from oversight.site.demo.story import same_photograph
from tests.accessibility.checks import (
    DESKTOP,
    TELEPHONE,
    faults_at,
    faults_in_markup,
    faults_in_print,
)
from tests.accessibility.watching import Watch
from tests.journeys.photographs import KNOWN
from tests.journeys.town import PATIENCE_MS, Town

FACTS = "The till camera shows the person who took the money at gunpoint."


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
        # Pictures must have come before they can be looked at.
        page.wait_for_load_state("networkidle")
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


class Officer(Person):
    """Asks for searches."""

    def begin(self) -> Self:
        """Start a request from the list of the own ones."""
        return self.open("/requests/").press("Start a request")

    def fill_case(self, number: str) -> Self:
        """Step 1."""
        opened = date.today() - timedelta(days=4)  # noqa: DTZ011  (the day on the officer's desk)
        self.page.get_by_label("Case number").fill(number)
        self.page.get_by_label("Month").select_option(str(opened.month))
        self.page.get_by_label("Day").fill(str(opened.day))
        self.page.get_by_label("Year").fill(str(opened.year))
        self.page.get_by_label("What is the search for?").select_option("criminal_investigation")
        self.choose_offence()
        self.page.get_by_label("Severity of the offence").select_option("violent_felony")
        return self

    def choose_offence(self) -> None:
        """Robbery, by typing its code into the list."""
        self.page.get_by_role("combobox", name=re.compile("^Offence")).fill("120 ")
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def fill_legal_basis(self, facts: str = FACTS) -> Self:
        """Step 2."""
        self.answer("How firm is the suspicion?", "Reasonable suspicion")
        self.page.get_by_label("Facts", exact=True).fill(facts)
        self.page.get_by_label("What has been tried before").fill(
            "Asked the clerk\nAsked two customers"
        )
        self.answer("Is this person suspected of a crime", "Yes")
        self.answer("Does the request rest on speech", "No")
        return self

    def upload(self) -> Self:
        """Step 3, the file; the page follows the worker to the faces."""
        self.page.get_by_label("Image", exact=True).set_input_files(self.town.photographs.still)
        self.press("Upload and check")
        self.wait_for_faces()
        return self

    def wait_for_faces(self) -> None:
        """The page goes on by itself when the worker has looked at the image."""
        self.wait_for(self.page.get_by_role("group", name="Whose face is to be searched?"))

    def choose_face(self, side: str = KNOWN) -> Self:
        """Step 3, whose face is meant."""
        self.answer("Whose face is to be searched?", "Face 1" if side == KNOWN else "Face 2")
        return self

    def fill_source(self, source: str = "fixed_cctv_private") -> Self:
        """Step 3, where the image comes from."""
        self.answer("What kind of image is it?", "Still taken from a video")
        self.page.get_by_label("Where does it come from?").select_option(source)
        self.answer("How is it searched?", "Still image")
        self.answer("Does it show the person who is sought?", "Yes")
        self.answer("Does the person appear to be under 18?", "No")
        return self

    def fill_scope(self) -> Self:
        """Step 4."""
        self.page.get_by_label("Candidates at most").fill("10")
        return self

    def go_on(self) -> Self:
        """Save the step."""
        return self.press("Save and continue")

    def fill_all(self, case: str, *, side: str = KNOWN) -> Self:
        """Go through all five steps up to the button that sends."""
        self.begin().fill_case(case).go_on()
        self.fill_legal_basis().go_on()
        self.upload().choose_face(side).go_on()
        self.fill_source().go_on()
        return self.fill_scope().go_on()

    def ask(self, case: str, *, side: str = KNOWN) -> Self:
        """Go through all five steps and send."""
        return self.fill_all(case, side=side).press("Submit the request")

    @property
    def request(self) -> str:
        """The address of the request that the page belongs to."""
        return re.search(r"/requests/[0-9a-f-]{36}/", self.page.url)[0]

    def wait_for_result(self, request: str) -> Self:
        """Stay on the request's page until the result is there, and open it."""
        self.open(request)
        while not self.page.get_by_role("link", name="See the result").count():
            self.page.wait_for_timeout(500)
            self.open(request)
        return self.follow("See the result")


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
