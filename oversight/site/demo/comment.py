"""What the public of the demonstration is asked, and what it says: a form letter and own words."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from oversight.council.models import Technology
from oversight.council.services.comment import Question, Said, open_consultation, submit_comment
from oversight.council.services.technologies import Plan, propose_acquisition
from oversight.people.models import Person

_LETTER: Final = (
    "I ask you not to renew this system. Nobody has shown us how many of the leads it gave were wrong, "
    "how many people were stopped because of it, or what it cost. {line} Until the city publishes that "
    "for every year, and holds a hearing in each council district, please vote no."
)
_LINES: Final = (
    "I live in Boyle Heights.",
    "My son was stopped by mistake.",
    "I teach at a school near the station.",
    "",
    "We deserve to know.",
)
_OWN: Final = (
    (
        "for",
        "A robber took my phone at gunpoint and this is how they found him. Keep it, with rules.",
    ),
    ("against", "As a public defender I see clients who never learn that a computer picked them."),
    ("neutral", "Who reads the yearly report? Put it on one page that a busy person can follow."),
)


def ask_the_public(*, technology: Technology, administrator: Person) -> None:
    """Propose to renew the technology, open comment for a month, and let eight people comment."""
    acquisition = propose_acquisition(
        technology=technology,
        plan=Plan(
            aim="renew",
            reasons="The approval ends within a year.",
            funding="General fund (demonstration)",
            first_cost=Decimal(0),
            yearly_cost=Decimal("412000.00"),
        ),
        person=administrator,
    )
    now = timezone.now()
    consultation = open_consultation(
        subject=acquisition,
        asked=Question(
            "Should the county's mugshot search be renewed?",
            "The police want to go on comparing photographs from crimes with the county's booking "
            "photographs for another year.",
            now,
            now + timedelta(days=30),
        ),
        person=administrator,
    )
    letters = [("against", _LETTER.format(line=line)) for line in _LINES]
    for stance, text in (*letters, *_OWN):
        submit_comment(consultation=consultation, said=Said(stance, text))
