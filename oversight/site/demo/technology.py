"""The one technology of the demonstration and of tests, from the inventory to a confirmed vote."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from oversight.council.models import Acquisition, Document, Technology
from oversight.council.services.documents import add_document
from oversight.council.services.technologies import (
    Description,
    Plan,
    Spent,
    add_technology,
    enter_cost,
    propose_acquisition,
)
from oversight.council.services.voting import (
    Ballot,
    Heard,
    confirm_vote,
    enter_hearing,
    enter_vote,
)
from oversight.people.models import Agency, Person
from oversight.site.demo.seeding import GALLERY

BODY: Final = "Board of Police Commissioners (demonstration)"
_PLAN: Final = Plan(
    aim="acquire",
    reasons="To compare a photograph from a crime with the county's booking photographs.",
    funding="County subscription, general fund (demonstration)",
    first_cost=Decimal("0.00"),
    yearly_cost=Decimal("412000.00"),
)
_IMPACT: Final = (
    "Impact report (demonstration)\n\n"
    "What it does: compares one photograph with booking photographs and lists those that look alike.\n"
    "Whom it touches: everyone who was ever booked, and everyone who looks like them.\n"
    "What can go wrong: a stranger is taken for the person sought. Errors differ between groups.\n"
    "What limits it: a supervisor signs off, two examiners agree, a lead alone is never enough.\n"
)
_POLICY: Final = (
    "Use policy (demonstration)\n\n"
    "Three purposes only: to investigate a crime, to avert a threat to life, to identify someone who "
    "cannot say who they are. No live video. No pictures from body-worn cameras.\n"
)
_MINUTES: Final = (
    "Minutes of the vote (demonstration)\n\nAyes: Adler, Brandt, Castillo, Dorsey. Noes: none.\n"
)


def approve_system(*, agency: Agency, administrator: Person, member: Person) -> Technology:
    """Take the county's mugshot system through its whole approval: 4-0, from yesterday, for a year.

    ``administrator`` proposes and confirms the entry of the vote; ``member``, of the board, enters
    hearing and vote.
    """
    yesterday = timezone.localdate() - timedelta(days=1)
    technology = add_technology(description=_description(), agency=agency, person=administrator)
    acquisition = propose_acquisition(technology=technology, plan=_PLAN, person=administrator)
    minutes = _documents(acquisition, administrator)
    heard = Heard(
        body=BODY,
        held_at=timezone.make_aware(datetime.combine(yesterday, time(18, 30))),
        place="City Hall, room 350",
        noticed_on=yesterday - timedelta(days=30),
    )
    enter_hearing(acquisition=acquisition, heard=heard, person=member)
    ballot = Ballot(
        body=BODY,
        voted_on=yesterday,
        ayes=("Adler", "Brandt", "Castillo", "Dorsey"),
        noes=(),
        conditions=("The board sees every refusal and every outcome.",),
        approved_from=yesterday,
        renewal_due=yesterday + timedelta(days=365),
    )
    vote = enter_vote(
        acquisition=acquisition, ballot=ballot, signed_document=minutes, person=member
    )
    confirm_vote(vote=vote, person=administrator)
    _cost(technology, administrator)
    return technology


def _description() -> Description:
    return Description(
        slug=GALLERY,
        name="County digital mugshot system",
        kind=Technology.Kind.FACE_RECOGNITION,
        vendor="Los Angeles County Sheriff",
        purpose="Compares a photograph of someone unknown with the county's booking photographs.",
        galleries=(GALLERY,),
    )


def _documents(acquisition: Acquisition, person: Person) -> Document:
    """Add what must come before a vote; returns the minutes."""
    for kind, name, text in (
        (Document.Kind.IMPACT_REPORT, "impact-report.txt", _IMPACT),
        (Document.Kind.USE_POLICY, "use-policy.txt", _POLICY),
        (Document.Kind.MINUTES, "minutes.txt", _MINUTES),
    ):
        document = add_document(
            acquisition=acquisition, kind=kind, name=name, data=text.encode(), person=person
        )
    return document


def _cost(technology: Technology, person: Person) -> None:
    spent = Spent(
        year=timezone.localdate().year - 1,
        personnel=Decimal("286000.00"),
        other=Decimal("121500.00"),
        next_funding="General fund (demonstration)",
    )
    enter_cost(technology=technology, spent=spent, person=person)
