"""A small house of people, packs, votes and facts for the tests of these pages."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from oversight.people.models import Person
from oversight.policy import gate, services
from oversight.policy.services.adopting import Vote
from tests.interface.markup import Page, faults
from tests.policy.documents import facts

PASSWORD = "a long pass phrase for tests"

PACK = """
slug = "{slug}"
title = "Los Angeles: drones"
summary = "No images from drones."
citation = "Los Angeles Code ch. 9"
jurisdiction = "City of Los Angeles"
authority_level = "ordinance"
status = "in_force"
adopted = "City Council, 7-0"
sources = ["S:1"]
last_verified = 2026-11-01
in_force_from = {day}
binds = ["los-angeles"]

[[rule]]
id = "no-drones"
safeguard = "R14"
title = "No drones"
citation = "Los Angeles Code § 9-1"
evidence = "S"
message = "The image comes from a drone."
remedy = "Use another image."
cedar = '''
forbid (principal, action in Action::"search", resource)
when {{ context.probe.source == Source::"drone" }};
'''
must = [{{ name = "a drone", set = {{ "probe.source" = "drone" }} }}]
must_not = [{{ name = "a shop", set = {{}} }}]
"""


def pack(slug="drones-2026", day=None, **changes):
    """A valid pack that begins today; ``changes`` maps old text to new."""
    text = PACK.format(slug=slug, day=(day or timezone.localdate()).isoformat())
    for old, new in changes.get("swap", {}).items():
        assert old in text
        text = text.replace(old, new)
    return text


@dataclass
class House:
    """Everyone who matters here."""

    administrator: Person
    board: Person
    colleague: Person
    both: Person
    officer: Person
    auditor: Person


def browser_of(person, *, stepped_up=True):
    """A browser in which someone is signed in, with the password just given unless told not."""
    browser = Client()
    if stepped_up:
        answer = browser.post(
            reverse("account_login"), {"login": person.username, "password": PASSWORD}
        )
        assert answer.status_code == 302
        browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    else:
        browser.force_login(person)
    return browser


def day_parts(name, day):
    return {f"{name}_month": day.month, f"{name}_day": day.day, f"{name}_year": day.year}


def lawful(source="fixed_cctv_private", day=None):
    """The facts of an ordinary lawful search today, or on another day."""
    on = date.fromisoformat(day) if day else timezone.localdate()
    half = timedelta(days=180)
    training = {"completed_on": (on - half).isoformat(), "expires_on": (on + half).isoformat()}
    return facts(
        probe__source=source,
        at=f"{on.isoformat()}T12:00:00-08:00",
        case=None,
        requester__training={"course": "LACRIS", "level": "review", **training},
    )


DIGEST = "sha256:" + "ab" * 32


def vote(**changes):
    given = {"body": "City Council", "voted_on": timezone.localdate(), "ayes": 7, "noes": 2}
    return Vote(**{**given, "document_digest": DIGEST, **changes})


def proposed(house, text=None, **more):
    return services.propose_instrument(text=text or pack(), proposer=house.administrator, **more)


def adopted(house, text=None, **more):
    one = proposed(house, text, **more)
    services.adopt_proposal(proposal=one, adopter=house.board, vote=vote())
    return one


def refusals(source="drone", **more):
    return {reason.rule for reason in gate.decide_request(lawful(source, **more)).reasons}


def vote_answers(**changes):
    return {
        "body": "City Council",
        **day_parts("voted_on", timezone.localdate()),
        "ayes": "2",
        "noes": "1",
        "ayes_names": "Ada Example\nBo Example",
        "noes_names": "Cy Example",
        "document": SimpleUploadedFile("signed.pdf", b"signed"),
        **changes,
    }


def checked(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    page = Page(answer.content.decode())
    assert faults(page) == []
    return page
