"""Asking the public about a proposed change of the rules, which everyone can then read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from oversight.council.models import Comment, Consultation
from oversight.policy.services import propose_instrument, propose_sunset
from tests.council.desk import comment_on, question, read, refused, sent
from tests.policy.web.scene import checked, pack

pytestmark = pytest.mark.django_db


def test_the_public_reads_and_comments_on_a_proposed_rule(town, signed_in):
    one = propose_instrument(text=pack(), proposer=town.administrator)
    sent(signed_in(town.member), "/comment/ask/", question(f"rules-{one.pk}", title="No drones?"))
    consultation = Consultation.objects.get()
    assert consultation.instrument == one
    assert "No drones?" in read(Client(), "/comment/")
    comment_on(consultation, "Ban them, they are loud.")
    page = read(Client(), f"/comment/{consultation.pk}/")
    assert "1 of 1 comments are against it." in page
    assert "Los Angeles: drones" in page
    assert "The image comes from a drone." in page
    assert Comment.objects.get().consultation == consultation


def test_the_public_reads_that_rules_are_to_end(town, signed_in):
    soon = timezone.localdate() + timedelta(days=60)
    one = propose_sunset(slug="lapd-2021", ends_on=soon, proposer=town.administrator)
    sent(signed_in(town.member), "/comment/ask/", question(f"rules-{one.pk}"))
    page = checked(Client().get(f"/comment/{Consultation.objects.get().pk}/"))
    assert page.one("a", href="/rules/lapd-2021/").text == "lapd-2021"
    assert "would no longer hold from" in page.one("main").text
    assert town.administrator.name not in page.source


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"subject": ""}, {"subject"}),
        ({"subject": "rules-999999"}, {"subject"}),
        ({"title": ""}, {"title"}),
        ({"closes_at_year": "2001"}, {"closes_at"}),
        ({"opens_at_time": "noonish"}, {"opens_at"}),
        ({"opens_at_year": "2001", "closes_at_year": "2002"}, {"closes_at"}),
    ],
)
def test_a_wrong_question_names_the_field(town, signed_in, changes, named):
    one = propose_instrument(text=pack(), proposer=town.administrator)
    page, form = refused(
        signed_in(town.member), "/comment/ask/", question(f"rules-{one.pk}", **changes)
    )
    assert set(form.errors) == named
    assert "compare pictures" in page.one("textarea", name="question").text
    assert not Consultation.objects.exists()
