"""A technology from the inventory to a confirmed vote, and what the gate hears of it."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from oversight.council.inventory import approved_at
from oversight.council.life import State
from oversight.council.models import Document, Hearing, StandingChange, Technology, VoteConfirmation
from oversight.council.selectors.technologies import standing_of
from oversight.council.services.documents import add_document, safe_name
from oversight.council.services.recording import NotAllowedError
from oversight.council.services.technologies import Spent, change_standing, enter_cost
from oversight.council.services.voting import confirm_vote, enter_vote
from oversight.ledger.facts import fact_tables, findings_in
from tests.conftest import acting_as
from tests.council.town import ballot, document, drone, proposed, ready, voted
from tests.interface.markup import Page, faults

pytestmark = pytest.mark.django_db


def state(slug="drone-1"):
    return standing_of(slug).state


def shown(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    assert faults(Page(answer.content.decode())) == []
    return answer.content.decode()


def test_the_way_to_an_approval_and_what_the_public_sees_of_it(client, town):
    assert "No technology is on the inventory yet" in shown(client, "/technologies/")
    one = drone(town, galleries=("pictures",))
    assert state() == State.LISTED
    acquisition = proposed(town, one)
    assert state() == State.PROPOSED
    assert "an impact report" in shown(client, "/technologies/drone-1/")
    vote = voted(town, acquisition)
    assert state() == State.VOTED
    assert approved_at(timezone.now()) == frozenset()
    confirm_vote(vote=vote, person=town.colleague)
    assert state() == State.APPROVED
    assert approved_at(timezone.now()) == {("drone-1", "pictures")}
    page = shown(client, "/technologies/drone-1/")
    assert "13-0, carried" in page
    assert "Member 7" in page
    assert "A report every month." in page
    assert "Vote confirmed by a second person" in page
    listed = shown(client, "/technologies/?kind=drones&standing=approved")
    assert "Small drone" in listed
    assert "Nothing matches these filters" in shown(client, "/technologies/?kind=alpr")
    assert "IBM does not offer face recognition to the police" in listed


def test_the_inventory_is_downloaded_and_no_formula_runs(client, town):
    drone(town, name="=HYPERLINK(1)")
    body = client.get("/technologies/?format=csv").getvalue().decode()
    assert "'=HYPERLINK(1)" in body


def test_a_vote_says_everything_that_must_come_before_it(town):
    acquisition = proposed(town, drone(town))
    signed = document(town, acquisition, "minutes")
    with pytest.raises(NotAllowedError, match=r"impact report; a use policy; a public hearing"):
        enter_vote(
            acquisition=acquisition, ballot=ballot(), signed_document=signed, person=town.member
        )


def test_nobody_votes_on_what_they_proposed_or_confirms_their_own_entry(town):
    acquisition = proposed(town, drone(town), person=town.both)
    signed = ready(town, acquisition)
    with pytest.raises(NotAllowedError, match="this one proposed it"):
        enter_vote(
            acquisition=acquisition, ballot=ballot(), signed_document=signed, person=town.both
        )
    vote = enter_vote(
        acquisition=acquisition, ballot=ballot(), signed_document=signed, person=town.member
    )
    with pytest.raises(NotAllowedError, match="second person"):
        confirm_vote(vote=vote, person=town.member)
    with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
        VoteConfirmation.objects.create(
            vote=vote, confirmed_by=town.member, confirmed_at=timezone.now()
        )


def test_the_database_demands_the_roles(town):
    acquisition = proposed(town, drone(town))
    with pytest.raises(ProgrammingError, match="needs the role board"), transaction.atomic():
        Hearing.objects.create(
            acquisition=acquisition,
            body="Council",
            held_at=timezone.now(),
            place="Hall",
            noticed_on=timezone.localdate(),
            entered_by=town.officer,
            entered_at=timezone.now(),
        )
    with pytest.raises(NotAllowedError, match="needs the role board"):
        change_standing(
            technology=acquisition.technology,
            act=StandingChange.Act.SUSPENDED,
            reason="No.",
            person=town.administrator,
        )


def test_a_lost_vote_rejects(town):
    lost = voted(town, proposed(town, drone(town)), ayes=("A",), noes=("B", "C"))
    confirm_vote(vote=lost, person=town.colleague)
    assert state() == State.REJECTED


def test_suspended_reinstated_and_retired(town):
    one = drone(town, galleries=("pictures",))
    confirm_vote(vote=voted(town, proposed(town, one)), person=town.colleague)
    for act, after in (("suspended", State.SUSPENDED), ("reinstated", State.APPROVED)):
        change_standing(
            technology=one, act=StandingChange.Act(act), reason="Why.", person=town.member
        )
        assert state() == after
        assert bool(approved_at(timezone.now())) == (after == State.APPROVED)
    before = timezone.now()
    change_standing(
        technology=one, act=StandingChange.Act.RETIRED, reason="Gone.", person=town.administrator
    )
    assert state() == State.RETIRED
    assert approved_at(timezone.now()) == frozenset()
    # As it was known then: a decision of that moment comes out the same.
    assert approved_at(before) == {("drone-1", "pictures")}
    with pytest.raises(NotAllowedError, match="retired for good"):
        proposed(town, one)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("..\\..\\run.exe", "run.txt"),
        ("a\u202egnp.exe\n", "agnp.txt"),
        ('x"; filename="y.html', "x-filename-y.txt"),
        ("....", "document.txt"),
        ("n" * 300 + ".pdf", "n" * 80 + ".txt"),
        ("información.txt", "informacion.txt"),
    ],
)
def test_a_hostile_file_name_becomes_a_plain_one(name, kept):
    assert safe_name(name, "text/plain") == kept


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"  ", "empty"),
        (b"MZ\x00\x01", "neither a PDF nor plain text"),
        (b"\xff\xfe", "neither a PDF nor plain text"),
        (b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    ],
    ids=["empty", "program", "not-utf-8", "large"],
)
def test_a_file_that_is_no_document_is_refused(town, data, why):
    acquisition = proposed(town, drone(town))
    with pytest.raises(NotAllowedError, match=why):
        add_document(
            acquisition=acquisition,
            kind=Document.Kind.OTHER,
            name="a.pdf",
            data=data,
            person=town.administrator,
        )


def test_a_document_is_served_byte_for_byte_and_never_run(client, town):
    acquisition = proposed(town, drone(town))
    page = b"<script>alert(1)</script>"
    kept = add_document(
        acquisition=acquisition,
        kind=Document.Kind.OTHER,
        name="x.html",
        data=page,
        person=town.administrator,
    )
    answer = client.get(f"/technologies/drone-1/documents/{kept.pk}/{kept.name}")
    assert answer.content == page
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="x.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/technologies/drone-1/documents/{kept.pk}/other.txt").status_code == 404
    assert client.get(f"/technologies/drone-2/documents/{kept.pk}/{kept.name}").status_code == 404


def test_what_a_year_cost_can_be_corrected(client, town):
    one = drone(town)
    for personnel in (1000, 1500):
        enter_cost(
            technology=one,
            spent=Spent(2025, personnel, 20, "General fund"),
            person=town.administrator,
        )
    page = shown(client, "/technologies/drone-1/")
    assert "$1,520.00" in page
    assert "$1,020.00" not in page


def test_every_act_has_its_entry_and_none_can_be_changed(town):
    one = drone(town)
    confirm_vote(vote=voted(town, proposed(town, one)), person=town.colleague)
    enter_cost(technology=one, spent=Spent(2025, 1, 2, "Fund"), person=town.administrator)
    for table in fact_tables():
        if table.model.startswith("council."):
            assert findings_in(table) == []
    with acting_as("owner"), pytest.raises(IntegrityError, match="keeps what happened"):
        Technology.objects.update(name="Something else")
