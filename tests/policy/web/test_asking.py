"""Would my search be allowed? Answers of every city, from an address, with nothing kept."""

from datetime import date
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.forms import CharField
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.ledger.models import Entry
from oversight.policy import codes, gate
from oversight.policy.engine import vocabulary
from oversight.policy.engine.catalogue import catalogue_of
from oversight.policy.forms.asking import GROUPS, SHORT, AskForm
from oversight.policy.hypothetical import ask_everyone, imagined_facts
from tests.interface.markup import Page, faults

ADDRESS = "/would-it-be-allowed/"
TODAY = date(2026, 11, 22)


def answers_of(**asked):
    form = AskForm(QueryDict(urlencode({"action": "submit", **asked}, doseq=True)), found=FOUND)
    assert form.is_valid(), form.errors
    return form.cleaned_data


FOUND = catalogue_of(gate.load_policy().library)


def asked(client, **answers):
    answer = client.get(ADDRESS, {"action": "submit", **answers})
    assert faults(Page(answer.content.decode())) == []
    assert answer.status_code == 200, answer.context["form"].errors
    return {each.agency: each for each in answer.context["answers"]}


def refused_by(answer):
    return {reason.rule for reason in answer.reasons}


@pytest.mark.django_db
def test_the_form_alone_asks_nothing_of_the_gate(client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert faults(Page(answer.content.decode())) == []
    assert "answers" not in answer.context


@pytest.mark.django_db
def test_one_ordinary_search_is_judged_by_every_city(client):
    found = asked(client)
    assert set(found) == set(FOUND.agencies)
    assert found["lapd"].badge.text == "Not refused by any rule"
    assert "Two trained examiners compare, apart" in map(str, found["lapd"].requires)
    assert "boston-16-62/ban" in {
        rule.rpartition("/")[0] + "/ban" for rule in refused_by(found["boston-pd"])
    }
    assert found["portland-pb"].badge.text == "Refused"


@pytest.mark.django_db
def test_a_refusal_names_rule_citation_and_remedy_and_links_to_the_rule(client):
    found = asked(client, agencies=["lapd"], source="body_worn")
    (reason,) = (r for r in found["lapd"].reasons if r.rule == "lapd-2021/officer-camera")
    assert reason.url == "/rules/lapd-2021/officer-camera/"
    assert client.get(reason.url).status_code == 200
    body = client.get(ADDRESS, {"source": "body_worn", "agencies": "lapd"}).content.decode()
    assert str(reason.message) in body
    assert reason.citation in body
    assert str(reason.remedy) in body


@pytest.mark.django_db
def test_the_answer_comes_first_with_what_was_unusual_and_each_city_beside_the_others(client):
    answer = client.get(ADDRESS, {"source": "body_worn", "context": ["protest"]})
    page = Page(answer.content.decode())
    text = page.one("main").text
    assert text.index("agencies refuse") < text.index("City by city") < text.index("Ask the rules")
    told = {str(row.label): row.value for row in answer.context["form"].unusual}
    assert told == {
        "Where the image comes from": "Body-worn camera",
        "Where the image was taken": ["Protest or demonstration"],
    }
    rows = {each.agency: each for each in answer.context["answers"]}
    (title, url) = rows["lapd"].refusing[-1]
    assert (str(title), url) == (
        "No images from officers' cameras",
        "/rules/lapd-2021/officer-camera/",
    )
    assert all(page.one(id=agency) for agency in rows)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked_for", "opened"),
    [
        ({}, set()),
        ({"source": "phone"}, set()),
        ({"training": "none", "minor": "yes"}, {"people", "image"}),
        ({"action": "receive"}, {"receive"}),
        ({"candidates": "many"}, {"search"}),
    ],
)
def test_only_questions_that_matter_now_are_unfolded(client, asked_for, opened):
    groups = client.get(ADDRESS, asked_for).context["form"].groups
    assert {group.name for group in groups if group.is_open} == opened


@pytest.mark.django_db
def test_few_answers_are_shown_in_full_at_once(client):
    one = client.get(ADDRESS, {"agencies": "lapd", "source": "body_worn"})
    assert one.context["in_full"]
    assert not client.get(ADDRESS, {"source": "body_worn"}).context["in_full"]


@pytest.mark.django_db
def test_an_earlier_day_is_judged_by_the_law_of_that_day(client):
    day = {"day_month": "6", "day_day": "1", "day_year": "2022"}
    then = asked(client, agencies=["sfpd"], source="body_worn", **day)["sfpd"]
    assert "ca-ab1215-2019/officer-camera" in refused_by(then)
    now = asked(client, agencies=["sfpd"], source="body_worn")["sfpd"]
    assert "ca-ab1215-2019/officer-camera" not in refused_by(now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"training": "lapsed"}, "house/training-current"),
        ({"training": "none"}, "lapd-2021/trained-users"),
        ({"purpose": "immigration_enforcement"}, "lapd-2021/purpose"),
        ({"system": "commercial"}, "lapd-2021/approved-system"),
        ({"on_behalf": "glendale-pd"}, "lapd-2021/outside-agencies"),
        ({"mode": "live"}, "lapd-2021/no-live-video"),
    ],
)
def test_each_answer_reaches_the_rule_that_reads_it(client, answers, rule):
    assert rule in refused_by(asked(client, agencies=["lapd"], **answers)["lapd"])


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["receive", "acquire"])
def test_results_received_and_acquisitions_can_be_asked_about(client, action):
    assert set(asked(client, action=action)) == set(FOUND.agencies)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        {"purpose": "world_domination"},
        {"agencies": "atlantis-pd"},
        {"candidates": "many"},
        {"candidates": "99999999999999999999"},
        {"emergency": "-3"},
        {"nibrs": "<script>alert(1)</script>"},
        {"day_month": "2", "day_day": "30", "day_year": "2026"},
        {"day_month": "1", "day_day": "1", "day_year": "0001"},
        {"source": ["body_worn", "nonsense"]},
    ],
)
def test_an_address_that_makes_no_sense_is_told_so(client, address):
    answer = client.get(ADDRESS, address)
    assert answer.status_code == 422
    assert "answers" not in answer.context
    assert answer.context["form"].errors
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.django_db
def test_nothing_is_stored_and_next_to_nothing_is_queried(
    client, django_assert_max_num_queries, caplog
):
    before = Entry.objects.count()
    with django_assert_max_num_queries(3):
        client.get(ADDRESS, {"source": "body_worn"})
    assert Entry.objects.count() == before
    assert not client.cookies
    assert "body_worn" not in caplog.text


@pytest.mark.django_db
def test_it_answers_questions_only(client):
    assert client.post(ADDRESS, {"purpose": "personal"}).status_code == 405


def test_every_question_stands_in_one_group():
    named = [*SHORT, *(field for _, _, fields in GROUPS for field in fields)]
    assert sorted(named) == sorted(AskForm.base_fields)


def test_there_is_no_place_for_text():
    assert [field for field in AskForm.base_fields.values() if type(field) is CharField] == []


@pytest.mark.parametrize(
    ("labels", "known"),
    [
        (codes.PURPOSES, vocabulary.PURPOSES),
        (codes.SEVERITIES, vocabulary.SEVERITIES),
        (codes.PREDICATES, vocabulary.PREDICATES),
        (codes.AUTHORITIES, vocabulary.AUTHORITIES),
        (codes.PROBE_KINDS, vocabulary.PROBE_KINDS),
        (codes.PROBE_SOURCES, vocabulary.PROBE_SOURCES),
        (codes.PROBE_MODES, vocabulary.PROBE_MODES),
        (codes.CAPTURE_CONTEXTS, vocabulary.CAPTURE_CONTEXTS),
        (codes.STATUTORY_LISTS, vocabulary.STATUTORY_LISTS),
        (codes.NIBRS, vocabulary.NIBRS),
        (codes.PERFORMERS, vocabulary.PERFORMERS),
        (codes.SYSTEM_CLASSES, vocabulary.SYSTEM_CLASSES),
        (codes.GALLERY_CLASSES, vocabulary.GALLERY_CLASSES),
        (codes.ROLES, vocabulary.ROLES),
        (codes.REQUIREMENTS, vocabulary.REQUIREMENTS),
        (codes.DUTIES, vocabulary.DUTIES),
    ],
)
def test_every_code_has_its_words(labels, known):
    assert set(labels) == set(known)


_CHOICES = {
    name: [str(value) for value, _ in field.choices]
    for name, field in AskForm(QueryDict(), found=FOUND).fields.items()
    if hasattr(field, "choices")
}


@settings(max_examples=25, deadline=None)
@given(st.fixed_dictionaries({name: st.sampled_from(c) for name, c in _CHOICES.items()}))
def test_whatever_is_answered_is_judged_and_never_more_kindly_than_by_the_gate(choice):
    answers = answers_of(**{**choice, "agencies": [choice["agencies"]]})
    (answer,) = ask_everyone(answers, FOUND, TODAY)
    zone = ZoneInfo(FOUND.agencies[answer.agency].time_zone)
    facts = imagined_facts(answers, answer.agency, zone, TODAY)
    assert answer.decision == gate.decide_request(facts)
    assert answer.decision.permits == (not answer.decision.reasons)
