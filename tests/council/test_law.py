"""What the law says to getting a technology: the gate judges the vote, and terms are data."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from oversight.council import terms
from oversight.council.data import EVIDENCE, read_data
from oversight.council.inventory import approved_at
from oversight.council.life import State
from oversight.council.models import Judgement, VoteConfirmation
from oversight.council.selectors.technologies import standing_of
from oversight.council.services.comment import Question, open_consultation
from oversight.council.services.recording import NotAllowedError
from oversight.council.services.technologies import Description, add_technology
from oversight.council.services.voting import (
    Heard,
    confirm_vote,
    enter_hearing,
    enter_vote,
    missing_before_vote,
)
from oversight.ledger.models import Entry
from oversight.people.models import Agency
from oversight.policy import gate
from tests.conftest import acting_as
from tests.council.desk import read, sent
from tests.council.town import ballot, document, drone, proposed, ready, voted

pytestmark = pytest.mark.django_db

BOSTON = "boston-16-62/ban"


def of_agency(town, slug, **changes):
    """A technology of a department elsewhere, proposed by this town's clerk."""
    with acting_as("owner"):
        agency, _new = Agency.objects.get_or_create(slug=slug, defaults={"name": slug})
    values = {
        "slug": f"matcher-{slug}",
        "name": "Matcher",
        "kind": "face_recognition",
        "vendor": "Skyworks",
        "purpose": "Compares pictures.",
        "galleries": ("pictures",),
        **changes,
    }
    return add_technology(
        description=Description(**values), agency=agency, person=town.administrator
    )


def hear(town, acquisition, *, days_ago, noticed):
    held = timezone.make_aware(
        datetime.combine(timezone.localdate() - timedelta(days=days_ago), time(18))
    )
    heard = Heard("City Council", held, "City Hall", held.date() - timedelta(days=noticed))
    return enter_hearing(acquisition=acquisition, heard=heard, person=town.member)


def missing(acquisition):
    acquisition.refresh_from_db()
    return "; ".join(missing_before_vote(acquisition, timezone.localdate(), timezone.now()))


# The gate judges


@pytest.mark.parametrize("kind", ["drones", "cameras", "body_worn_cameras"])
def test_a_ban_on_face_recognition_says_nothing_of_other_technology(town, kind):
    one = of_agency(town, "boston-pd", kind=kind)
    assert "No rule that binds this agency forbids it." in read(
        Client(), f"/technologies/{one.slug}/"
    )


def test_no_vote_goes_over_the_law(town, stepped_up):
    one = of_agency(town, "boston-pd")
    vote = voted(town, proposed(town, one))
    address = f"/technologies/{one.slug}/votes/{vote.pk}/confirm/"
    ahead = read(stepped_up(town.colleague), address)
    assert "The law forbids getting it, whatever the vote." in ahead
    assert BOSTON in ahead
    sent(stepped_up(town.colleague), address, {})
    assert standing_of(one.slug).state == State.FORBIDDEN
    assert approved_at(timezone.now()) == frozenset()
    page = read(Client(), f"/technologies/{one.slug}/")
    assert "Voted for, but the law forbids it" in page
    assert "13-0, carried" in page
    assert "There is no approval" in page
    told = Entry.objects.order_by("-index")[1].document["public"]
    assert (told["effect"], told["system"]) == ("refuse", one.slug)
    assert told["rules"] == [BOSTON]


def test_the_words_of_the_law_are_spanish_on_spanish_pages(town):
    one = of_agency(town, "boston-pd")
    confirm_vote(vote=voted(town, proposed(town, one)), person=town.colleague)
    page = Client().get(f"/es/technologies/{one.slug}/").content.decode()
    english = gate.Reason(**Judgement.objects.get().document["reasons"][0]).message
    assert f'lang="en">{english}</p>' in page, "the English stands beside, marked as such"
    assert page.count(english) == 2


def test_what_the_gate_decided_is_kept_and_comes_out_the_same_again(town):
    one = drone(town, kind="face_recognition", galleries=("pictures",))
    confirm_vote(vote=voted(town, proposed(town, one)), person=town.colleague)
    kept = Judgement.objects.get()
    (again,) = gate.consider_requests([kept.facts])
    assert again.as_json() == kept.document
    assert kept.effect == "permit"
    assert approved_at(timezone.now()) == {("drone-1", "pictures")}


def test_no_carried_vote_is_confirmed_unjudged_and_a_lost_one_needs_no_judge(town):
    vote = voted(town, proposed(town, drone(town)))
    with pytest.raises(IntegrityError, match="has not judged"), transaction.atomic():
        VoteConfirmation.objects.create(
            vote=vote, confirmed_by=town.colleague, confirmed_at=timezone.now()
        )
    lost = voted(town, proposed(town, drone(town, "drone-2")), ayes=("A",), noes=("B", "C"))
    confirm_vote(vote=lost, person=town.colleague)
    assert not Judgement.objects.exists()


# Terms


def test_every_term_names_its_source_and_how_it_was_verified():
    for kind, rows in read_data("terms").items():
        for row in rows:
            assert row["citation"]
            assert row["evidence"] in EVIDENCE
            assert terms._term(kind, row).words


def test_a_hearing_told_too_late_does_not_count(town):
    acquisition = proposed(town, drone(town))
    hear(town, acquisition, days_ago=1, noticed=2)
    assert "announced at least 3 days ahead: California Government Code" in missing(acquisition)
    assert "(not verified)" in missing(acquisition)
    assert "own rule" not in missing(acquisition), "a rule that another covers is not told"
    hear(town, acquisition, days_ago=1, noticed=3)
    assert "hearing" not in missing(acquisition)


def test_washington_asks_for_three_meetings_and_ninety_days(town):
    acquisition = proposed(town, of_agency(town, "seattle-pd"))
    signed = ready(town, acquisition)
    assert "3 public hearings on or before the day of the vote" in missing(acquisition)
    hear(town, acquisition, days_ago=4, noticed=9)
    hear(town, acquisition, days_ago=3, noticed=0)
    assert "hearing" not in missing(acquisition)
    today = timezone.localdate()
    late = today + timedelta(days=89)
    with pytest.raises(NotAllowedError, match="90 days before the first day") as refused:
        _vote(town, acquisition, signed, late)
    assert refused.value.field == "approved_from"
    assert _vote(town, acquisition, signed, late + timedelta(days=1)).pk


def test_other_technology_of_washington_is_not_bound_by_its_law_on_faces(town):
    acquisition = proposed(town, of_agency(town, "seattle-pd", kind="drones"))
    signed = ready(town, acquisition)
    assert missing(acquisition) == ""
    assert _vote(town, acquisition, signed, timezone.localdate()).pk


def test_comment_that_is_too_short_is_neither_opened_nor_enough(town, monkeypatch):
    row = {"binds": ["california"], "face_recognition": False, "days": 15}
    source = {"citation": "A code", "evidence": "read"}
    monkeypatch.setattr(
        terms, "read_data", lambda _name: {"hearing": [], "comment": [{**row, **source}]}
    )
    acquisition = proposed(town, drone(town))
    document(town, acquisition, "impact_report")
    assert "public comment over at least 15 days: A code" in missing(acquisition)
    opens = timezone.now()
    for days in (14, 15):
        asked = Question("A drone", "May it fly?", opens, opens + timedelta(days=days))
        if days < 15:
            with pytest.raises(NotAllowedError, match="too short") as refused:
                open_consultation(subject=acquisition, asked=asked, person=town.member)
            assert refused.value.field == "closes_at"
        else:
            open_consultation(subject=acquisition, asked=asked, person=town.member)
    assert "public comment over" not in missing(acquisition)


def _vote(town, acquisition, signed, first: date):
    return enter_vote(
        acquisition=acquisition,
        ballot=ballot(approved_from=first, renewal_due=first + timedelta(days=365)),
        signed_document=signed,
        person=town.member,
    )
