"""Two requests, told through the pages: one that the rules refuse, and one that becomes a lead."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PIL import Image, ImageChops, ImageStat

from oversight.site.demo.browser import Page, Person, StoryError
from oversight.site.demo.names import NAMES
from oversight.site.demo.seeding import GALLERY, Seeded

Step = Callable[[str, Callable[[], Page]], Page]
"""Does something, and prints what it was, how long it took and where it happened."""

# Mean difference of two small grey pictures, of 255: the same photograph is under it.
_SAME_PHOTOGRAPH: Final = 12
_SIMILAR: Final = ("nose", "eyes", "eyebrows", "mouth", "ears", "hairline")
_OUTLINE: Final = (48, 48)


@dataclass
class Story:
    """The people at their browsers, and what they have in hand."""

    base_url: str
    seeded: Seeded
    step: Step

    def sign_in(self, username: str) -> Person:
        """Open a browser of their own and sign in."""
        name = NAMES[username].partition(",")[0]
        person = Person(self.base_url, name)
        self.step(f"{name} signs in", lambda: person.sign_in(username, self.seeded.password))
        return person

    def ask(self, officer: Person, *, source: str, case: str) -> Page:
        """Fill in the five steps and send them; returns the request's page."""
        start = officer.open("/requests/")
        page = self.step(
            "Step 1, the case: a robbery at gunpoint",
            lambda: officer.submit(officer.submit(start, action="/new/"), _case(case)),
        )
        page = self.step(
            "Step 2, the legal basis: reasonable suspicion, with facts",
            lambda: officer.submit(page, _LEGAL_BASIS),
        )
        page = self.step(
            "Step 3, the image: uploaded, and looked at by the worker",
            lambda: self._upload(officer, page),
        )
        page = officer.submit(page, {"face_index": "0"})
        page = self.step(
            f"Step 3, its source: {source.replace('_', ' ')}",
            lambda: officer.submit(page, _image(source)),
        )
        page = self.step(
            "Step 4, the scope: county mugshots, 10 candidates at most",
            lambda: officer.submit(page, {"gallery": GALLERY, "candidates_requested": "10"}),
        )
        return self.step("Step 5, checked and sent; the gate decides", lambda: officer.submit(page))

    def half_asked(self, officer: Person, case: str) -> Callable[[], None]:
        """Begin a request up to its legal basis; returns what asks the rules about that step."""
        start = officer.open("/requests/")
        page = officer.submit(officer.submit(start, action="/new/"), _case(case))
        return lambda: officer.look_ahead(page, _LEGAL_BASIS)

    def sign_off(self, supervisor: Person) -> Page:
        """Read the sheet, confirm who one is, approve."""
        queue = supervisor.open("/sign-off/")
        sheet = _follow(supervisor, queue, r"/sign-off/\d+/")
        self.step(
            f"{supervisor.name} reads the sheet: facts, probe, the gate's reasons",
            lambda: supervisor.open(sheet.url),
        )
        return self.step(
            f"{supervisor.name} approves; the gate decides again",
            lambda: self._approve(supervisor, sheet),
        )

    def examine(self, examiner: Person) -> Page:
        """Compare every candidate with the probe, apart from the other examiner, and conclude."""
        queue = examiner.wait("/comparisons/", lambda page: bool(page.link("/start/")))
        page = _follow(examiner, queue, r"/comparisons/.+/start/")
        return self.step(
            f"{examiner.name} compares the candidates, apart and in shuffled order",
            lambda: self._compare_all(examiner, examiner.submit(page, {"independent": "on"})),
        )

    def read_result(self, officer: Person, request: Page) -> Page:
        """Accept the notice and see the lead."""
        ready = officer.wait(request.url, lambda page: bool(page.link("/results/")))
        page = _follow(officer, ready, r"/results/.+/")
        return self.step(
            f"{officer.name} accepts the notice and sees the lead",
            lambda: officer.submit(page, {"accepted": "on"}),
        )

    def _upload(self, officer: Person, page: Page) -> Page:
        waiting = officer.submit(page, files={"image": self.seeded.photographs.probe})
        return officer.wait(waiting.url, lambda seen: _has_field(seen, "face_index"))

    def _approve(self, supervisor: Person, sheet: Page) -> Page:
        page = supervisor.open(f"{sheet.url}approve/")
        if _has_field(page, "password"):
            page = supervisor.submit(page, {"password": self.seeded.password})
        return supervisor.submit(page, {"statement": "on"})

    def _compare_all(self, examiner: Person, page: Page) -> Page:
        while _has_field(page, "support"):
            check = examiner.submit(page, self._findings(examiner, page), button="check")
            page = examiner.submit(check, button="record")
        if not _has_field(page, "names"):
            raise StoryError(f"{page.url} does not ask for a conclusion: {page.main.text[:600]}")
        choices = [
            choice.attributes["value"]
            for choice in page.main.every("input")
            if choice.attributes.get("name") == "names"
        ]
        named = next((choice for choice in choices if choice != "nobody"), "nobody")
        return examiner.submit(page, {"names": named, "sure": "on"})

    def _findings(self, examiner: Person, page: Page) -> dict[str, str]:
        """What the examiner writes down: here a comparison with the photograph we know."""
        pictures = [picture.attributes.get("src", "") for picture in page.main.every("img")]
        candidate = next((source for source in pictures if "/candidates/" in source), None)
        if candidate is None:
            return {"support": "unsuitable", "note": "There is no photograph of this candidate."}
        sought = self.seeded.photographs.portrait.read_bytes()
        if not same_photograph(examiner.photograph(candidate), sought):
            text = "The shape of the nose and the line of the jaw differ."
            found = {"support": "strong_different", "dissimilarities": text}
            return found | {"feature_nose": "different", "feature_chin": "different"}
        return {
            "support": "strong_same",
            "similarities": "Nose, eyelids, eyebrows and hairline agree in form.",
            "dissimilarities": "None seen; the still is blurred.",
            **{f"feature_{name}": "similar" for name in _SIMILAR},
        }


def same_photograph(one: bytes, other: bytes) -> bool:
    """Tell whether two files show one picture, whatever their size and compression."""
    small = [Image.open(io.BytesIO(data)).convert("L").resize(_OUTLINE) for data in (one, other)]
    difference = ImageStat.Stat(ImageChops.difference(*small)).mean[0]
    return bool(difference < _SAME_PHOTOGRAPH)


def request_path(page: Page) -> str:
    """Return the address of the request that a page belongs to."""
    found = re.search(r"/requests/[0-9a-f-]{36}/", page.url)
    if found is None:
        raise StoryError(f"{page.url} belongs to no request.")
    return found[0]


def _follow(person: Person, page: Page, pattern: str) -> Page:
    """Open the last link that fits in the first place that has one: the newest that waits."""
    for place in (*page.main.every("table"), page.main):
        addresses = [link.attributes.get("href", "") for link in place.every("a")]
        if fitting := [address for address in addresses if re.fullmatch(pattern, address)]:
            return person.open(fitting[-1])
    raise StoryError(f"{page.url} has no link like {pattern}: {page.main.text[:600]}")


def _has_field(page: Page, name: str) -> bool:
    return any(field.attributes.get("name") == name for field in page.main.every())


def _case(number: str) -> dict[str, str]:
    opened = date.today() - timedelta(days=4)  # noqa: DTZ011  (the day on the officer's desk)
    return {
        "case_number": number,
        "case_opened_on_month": str(opened.month),
        "case_opened_on_day": str(opened.day),
        "case_opened_on_year": str(opened.year),
        "purpose": "criminal_investigation",
        "nibrs": "120",
        "severity": "violent_felony",
    }


_LEGAL_BASIS: Final = {
    "predicate_level": "reasonable_suspicion",
    "predicate_facts": "The till camera shows the person who took the money at gunpoint. "
    "The clerk described the same jacket.",
    "alternatives_tried": "Asked the clerk and two customers\nChecked the card reader's records",
    "suspicion_specific": "yes",
    "protected_basis": "no",
}


def _image(source: str) -> dict[str, str]:
    return {
        "kind": "video_still",
        "source": source,
        "mode": "still",
        "depicts_subject": "yes",
        "apparent_minor": "no",
    }
