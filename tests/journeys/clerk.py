"""A council's clerk, a member of the board, and a resident at their browsers."""

from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from tests.journeys.person import Person

CITY = ZoneInfo("America/Los_Angeles")


class Resident(Person):
    """Somebody without an account."""

    def comment(self, stance: str, text: str) -> Self:
        """Fill in the comment that is open and send it."""
        self.answer("Are you for or against it?", stance)
        self.page.get_by_label("Your comment").fill(text)
        return self.press("Send the comment")


class Clerk(Person):
    """Somebody of the department or of the board."""

    def add_technology(self, name: str, slug: str) -> Self:
        """Put a technology on the inventory."""
        self.open("/technologies/").follow("Add a technology")
        page = self.page
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Id", exact=True).fill(slug)
        page.get_by_label("Kind").select_option("drones")
        page.get_by_label("Used by").select_option("lapd")
        page.get_by_label("Maker or operator").fill("Skyworks")
        page.get_by_label("What it does").fill("Looks for missing people in the hills.")
        return self.press("Put it on the inventory")

    def propose(self, name: str) -> Self:
        """Propose to get it."""
        self.follow(name).follow("Propose")
        page = self.page
        self.answer("What is proposed", "To get and use it")
        page.get_by_label("Why it is wanted").fill("Three people were lost in the hills.")
        page.get_by_label("Where the money comes from").fill("General fund")
        page.get_by_label("Cost once, in dollars").fill("12000")
        page.get_by_label("Cost a year, in dollars").fill("3400.50")
        return self.press("Propose")

    def document(self, kind: str, name: str) -> Self:
        """Publish a document of the proposal."""
        self.follow("Add a document")
        self.page.get_by_label("What it is").select_option(label=kind)
        file = {"name": name, "mimeType": "text/plain", "buffer": b"What it does and may do."}
        self.page.get_by_label("File").set_input_files(files=[file])
        return self.press("Publish the document")

    def ask(self, title: str) -> Self:
        """Ask for public comment until tomorrow."""
        self.follow("Ask for public comment")
        now = datetime.now(CITY)
        self.page.get_by_label("What it is about, in a few words").fill(title)
        self.page.get_by_label("What is proposed, in plain words").fill("May the city fly it?")
        self.moment("Opens", now - timedelta(days=1))
        self.moment("Closes", now + timedelta(days=1))
        return self.press("Publish the question")

    def hearing(self) -> Self:
        """Enter a hearing that was held yesterday."""
        self.follow("Enter a hearing")
        yesterday = datetime.now(CITY) - timedelta(days=1)
        self.page.get_by_label("Body").fill("City Council")
        self.page.get_by_label("Place").fill("City Hall")
        self.moment("Held at", yesterday)
        self.moment("Notice published on", yesterday - timedelta(days=30), clock=False)
        return self.press("Enter the hearing")

    def moment(self, question: str, at: datetime, *, clock: bool = True) -> None:
        """Fill in a day, and a time of day."""
        group = self.page.get_by_role("group", name=question)
        group.get_by_label("Month").select_option(str(at.month))
        group.get_by_label("Day").fill(str(at.day))
        group.get_by_label("Year").fill(str(at.year))
        if clock:
            group.get_by_label("Time").fill("12:00")

    def confirm_who_they_are(self) -> Self:
        """Give the password again where it is asked for."""
        if self.page.get_by_label("Password").count():
            self.page.get_by_label("Password").fill(self.town.password)
            self.page.get_by_role("button", name="Confirm").click()
            self.page.wait_for_load_state()
        return self
