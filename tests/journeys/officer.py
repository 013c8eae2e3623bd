"""What an officer does: asks for searches, and reads what comes of them."""

import re
from datetime import date, timedelta
from typing import Self

from tests.journeys.person import Person
from tests.journeys.photographs import KNOWN

FACTS = "The till camera shows the person who took the money at gunpoint."


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

    def wait_for_examiners(self) -> Self:
        """Stay on the request's page until the search has run."""
        request = self.request
        while "With examiners" not in self.open(request).words:
            self.page.wait_for_timeout(500)
        return self

    def wait_for_result(self, request: str) -> Self:
        """Stay on the request's page until the result is there, and open it."""
        self.open(request)
        while not self.page.get_by_role("link", name="See the result").count():
            self.page.wait_for_timeout(500)
            self.open(request)
        return self.follow("See the result")
