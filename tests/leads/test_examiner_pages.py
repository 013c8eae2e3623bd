"""The examiner's pages, as a browser without JavaScript uses them."""

import re

import pytest
from django.test import Client

from oversight.leads.checklist import COMPONENTS
from oversight.leads.models import Conclusion, Examination, Judgement, Release, Support, Viewing
from oversight.leads.selectors import places_of
from oversight.people.models import Person
from tests import world
from tests.conftest import acting_as
from tests.leads import scene as scenes

MAX_QUERIES = 28
HOSTILE = "<script>alert(1)</script> {{ settings }} 'quote\" \n second line"


@pytest.fixture
def examiner(scene):
    """The first examiner's browser."""
    return signed_in(scene.first)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def begun(examiner, comparison, scene):
    """An examination begun through the page."""
    response = examiner.post(f"/comparisons/{comparison.run}/start/", {"independent": "on"})
    found = Examination.objects.get(examiner=scene.first)
    assert response.url == f"/examinations/{found.key}/"
    return found


def address(examination, position):
    return f"/examinations/{examination.key}/candidates/{position}/"


def filled_in(support=Support.STRONG_DIFFERENT, **changes):
    return {
        **{f"feature_{slug}": "different" for slug in COMPONENTS},
        "feature_ears": "similar",
        "support": support,
        "similarities": "Ear lobe.",
        "dissimilarities": "Another nose.",
        "note": "",
        **changes,
    }


def record(client, examination, position, **changes):
    client.get(address(examination, position))
    return client.post(address(examination, position), filled_in(**changes) | {"step": "record"})


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_an_empty_queue_says_so(examiner):
    page = examiner.get("/comparisons/")
    assert page.status_code == 200
    assert "Nothing waits for you" in page.content.decode()


def test_the_queue_lists_the_oldest_first_with_its_age(examiner, scene):
    older, newer = scene.search(), scene.search()
    page = examiner.get("/comparisons/").content.decode()
    assert page.index(older.code) < page.index(newer.code)
    assert "minutes" in page
    assert scene.city.officer.name not in page


def test_the_queue_does_not_tell_the_third_that_two_differed(scene):
    comparison = scene.search()
    third = signed_in(scene.third)

    def row():
        page = third.get("/comparisons/").content.decode()
        told = re.search(r"<tbody.*?</tbody>", page, re.DOTALL)[0]
        return re.sub(r"\d+\s+minutes?", "", told)  # how long it waits goes on

    before = row()
    first = scenes.begin(comparison, scene.first)
    named = places_of(first)[0].candidate
    for place in places_of(first):
        scenes.judge(first, place.candidate, Support.STRONG_SAME)
    from oversight.leads import services

    services.conclude_examination(
        examination=first, judgement=first.judgements.get(candidate=named)
    )
    scenes.examine(comparison, scene.second, None)
    assert row() == before


def test_starting_asks_for_independence_first(examiner, comparison):
    response = examiner.post(f"/comparisons/{comparison.run}/start/", {})
    assert response.status_code == 422
    assert not Examination.objects.exists()


def test_starting_in_two_tabs_leads_both_to_the_same_work(examiner, begun, comparison):
    response = examiner.post(f"/comparisons/{comparison.run}/start/", {"independent": "on"})
    assert response.url == f"/examinations/{begun.key}/"
    assert Examination.objects.count() == 1


def test_lapsed_training_is_refused_with_rule_citation_and_remedy(examiner, scene, comparison):
    world.lapse_training(scene.first)
    response = examiner.post(f"/comparisons/{comparison.run}/start/", {"independent": "on"})
    assert response.status_code == 403
    page = text_of(response)
    assert "R25" in page
    assert "house/training-current" in page
    assert "Complete the training" in page


def test_the_comparison_shows_two_photographs_and_nothing_about_anybody(examiner, begun, scene):
    page = examiner.get(address(begun, 2))
    html = page.content.decode()
    assert "Candidate 2 of 3" in html
    assert html.count('src="/examinations/') == 2
    assert "no-store" in page["Cache-Control"]
    shown = text_of(page)
    for told in (
        "%", "BOOKING", "rank", "score", "distance", "support_",
        scene.city.officer.name, scene.city.supervisor.name, "26-0114", "lacris",
    ):  # fmt: skip
        assert told not in shown, told
    for place in places_of(begun):
        assert str(place.candidate) not in html


def test_photographs_are_for_the_examiner_alone_and_for_no_cache(examiner, begun, scene):
    examiner.get(address(begun, 1))
    for path in (f"/examinations/{begun.key}/probe/", address(begun, 1) + "photograph/"):
        response = examiner.get(path)
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert response.content.startswith(b"\xff\xd8")
        assert "no-store" in response["Cache-Control"]
        for person in (scene.second, scene.city.officer, scene.city.supervisor):
            assert signed_in(person).get(path).status_code == 404
        assert Client().get(path).status_code == 302


def test_an_image_by_itself_is_a_look_of_its_own(examiner, begun):
    assert examiner.get(address(begun, 3) + "photograph/").status_code == 200
    assert Viewing.objects.count() == 1
    examiner.get(address(begun, 3) + "photograph/")
    assert Viewing.objects.count() == 1


@pytest.mark.parametrize("position", [0, 4, 999])
def test_there_is_no_browsing_beyond_the_candidates(examiner, begun, position):
    assert examiner.get(address(begun, position)).status_code == 404
    assert examiner.get(address(begun, position) + "photograph/").status_code == 404


def test_checking_comes_before_recording_and_changing_loses_nothing(examiner, begun):
    examiner.get(address(begun, 1))
    checked = examiner.post(address(begun, 1), filled_in() | {"step": "check"})
    assert "Record it" in checked.content.decode()
    assert not Judgement.objects.exists()
    hidden = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', checked.content.decode())
    )
    changing = examiner.post(address(begun, 1), {**hidden, "step": "edit"})
    assert "Another nose." in changing.content.decode()
    recorded = examiner.post(address(begun, 1), {**hidden, "step": "record"})
    assert recorded.status_code == 302
    judgement = Judgement.objects.get()
    assert judgement.dissimilarities == "Another nose."
    assert judgement.features["ears"] == "similar"
    assert examiner.get(f"/examinations/{begun.key}/").url == address(begun, 2)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"support": ""}, "support"),
        ({"support": "certain"}, "support"),
        ({"support": "strong_same", "dissimilarities": ""}, "dissimilarities"),
        ({"support": "strong_same", "similarities": " "}, "similarities"),
        ({"support": "inconclusive", "note": ""}, "note"),
        ({"support": "strong_different", "dissimilarities": ""}, "dissimilarities"),
        ({"feature_nose": "ugly"}, "feature_nose"),
        ({"note": "x" * 2001}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"note": "a\x1b[31mb"}, "note"),
        ({"similarities": "a\u202eb"}, "similarities"),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(examiner, begun, changes, field):
    response = examiner.post(
        address(begun, 1), filled_in(note="Kept words") | changes | {"step": "record"}
    )
    assert response.status_code == 422
    assert field in response.context["form"].errors
    html = response.content.decode()
    assert 'id="error-summary"' in html
    assert ("Kept words" in html) == ("note" not in changes)
    assert not Judgement.objects.exists()


def test_a_conclusion_needs_a_feature_that_bears_it(examiner, begun):
    nothing = {f"feature_{slug}": "not_compared" for slug in COMPONENTS}
    for support in ("limited_same", "limited_different"):
        response = examiner.post(
            address(begun, 1), filled_in(support=support) | nothing | {"step": "record"}
        )
        assert response.status_code == 422
        assert "Mark at least one feature" in response.content.decode()


def test_hostile_text_is_kept_as_text(examiner, begun):
    record(examiner, begun, 1, dissimilarities=HOSTILE)
    page = examiner.get(address(begun, 1)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_is_recorded_is_read_and_not_changed(examiner, begun):
    record(examiner, begun, 1)
    page = examiner.get(address(begun, 1)).content.decode()
    assert "It can be read and not changed" in page
    assert "<textarea" not in page


def test_a_session_that_ended_loses_nothing_that_was_compared(examiner, begun, scene):
    with acting_as("owner"):
        person = Person.objects.get(pk=scene.first.pk)
        person.set_password(world.PASSWORD)  # hashed as this test's settings say
        person.save(update_fields=["password"])
    examiner.force_login(person)
    examiner.get(address(begun, 1))
    examiner.logout()
    signed_out = examiner.post(address(begun, 1), filled_in(note="The left ear is hidden."))
    carried = re.search(r'name="typed_before" value="([^"]+)"', signed_out.content.decode())[1]
    signing_in = {"login": "examiner1", "password": world.PASSWORD, "next": address(begun, 1)}
    back = examiner.post("/accounts/login/", {**signing_in, "typed_before": carried}, follow=True)
    assert "The left ear is hidden." in back.content.decode()
    assert back.context["form"]["feature_ears"].value() == "similar"


def test_recording_twice_says_so_and_shows_both(examiner, begun):
    record(examiner, begun, 1)
    again = record(examiner, begun, 1, note="A second thought", support="inconclusive")
    assert again.status_code == 409
    page = again.content.decode()
    assert "A second thought" in page
    assert "Another nose." in page
    assert Judgement.objects.get().support == Support.STRONG_DIFFERENT


def test_recording_without_having_looked_shows_the_photographs_first(examiner, begun):
    response = examiner.post(address(begun, 1), filled_in() | {"step": "record"})
    assert response.status_code == 409
    assert not Judgement.objects.exists()
    assert "Another nose." in response.content.decode()


def compare_all(client, examination, same_at=None):
    for position in (1, 2, 3):
        support = Support.STRONG_SAME if position == same_at else Support.STRONG_DIFFERENT
        assert record(client, examination, position, support=support).status_code == 302


def test_closing_is_not_reached_before_all_are_compared(examiner, begun):
    path = f"/examinations/{begun.key}/conclusion/"
    record(examiner, begun, 1)
    assert examiner.get(path).url == f"/examinations/{begun.key}/"
    posted = examiner.post(path, {"names": "nobody", "sure": "on"})
    assert posted.url == f"/examinations/{begun.key}/"
    assert not Conclusion.objects.exists()


def test_no_candidate_is_as_easy_as_a_lead(examiner, begun):
    compare_all(examiner, begun, same_at=2)
    path = f"/examinations/{begun.key}/conclusion/"
    page = examiner.get(path).content.decode()
    assert page.index("No candidate") < page.index("Candidate 2: lead")
    assert "Candidate 1: lead" not in page
    assert "checked" not in page
    assert examiner.post(path, {"names": "nobody"}).status_code == 422
    assert examiner.post(path, {"names": "1", "sure": "on"}).status_code == 422
    closed = examiner.post(path, {"names": "2", "sure": "on"}, follow=True)
    assert "You named candidate 2." in closed.content.decode()
    named = Conclusion.objects.get().candidate
    assert named == places_of(begun)[1].candidate


def test_closing_twice_says_so_and_the_first_stands(examiner, begun):
    compare_all(examiner, begun, same_at=2)
    path = f"/examinations/{begun.key}/conclusion/"
    examiner.post(path, {"names": "nobody", "sure": "on"})
    again = examiner.post(path, {"names": "2", "sure": "on"})
    assert again.status_code == 409
    assert "changes nothing" in again.content.decode()
    assert Conclusion.objects.get().candidate is None


def test_a_closed_examination_shows_no_photograph(examiner, begun):
    compare_all(examiner, begun)
    examiner.post(f"/examinations/{begun.key}/conclusion/", {"names": "nobody", "sure": "on"})
    assert examiner.get(f"/examinations/{begun.key}/probe/").status_code == 404
    assert examiner.get(address(begun, 1) + "photograph/").status_code == 404
    assert examiner.get(address(begun, 1)).status_code == 302
    assert "You named no candidate" in examiner.get(f"/examinations/{begun.key}/").content.decode()


def test_handing_back_ends_the_work_for_good(examiner, begun, comparison):
    path = f"/examinations/{begun.key}/release/"
    assert examiner.post(path, {}).status_code == 422
    assert examiner.post(path, {"reason": "lapsed"}).status_code == 422
    page = examiner.post(path, {"reason": "conflict"}, follow=True)
    assert "handed back" in page.content.decode()
    assert Release.objects.get().reason == "conflict"
    assert comparison.code not in examiner.get("/comparisons/").content.decode()
    assert examiner.post(path, {"reason": "conflict"}).status_code == 302


def test_other_peoples_work_does_not_exist(begun, scene, comparison):
    pages = [
        f"/examinations/{begun.key}/", address(begun, 1), f"/examinations/{begun.key}/conclusion/",
        f"/examinations/{begun.key}/release/",
    ]  # fmt: skip
    other = signed_in(scene.second)
    absent = other.get("/examinations/00000000-0000-0000-0000-000000000000/")
    for path in pages:
        response = other.get(path)
        assert (response.status_code, response.content) == (404, absent.content)
        posted = other.post(path, {"names": "nobody", "sure": "on"})
        assert posted.status_code in (404, 405)
    for person in (scene.city.officer, scene.city.supervisor):
        client = signed_in(person)
        assert client.get("/comparisons/").status_code == 404
        assert client.get(f"/comparisons/{comparison.run}/start/").status_code == 404


def test_no_page_asks_the_database_too_often(examiner, begun, scene, django_assert_max_num_queries):
    for _more in range(3):
        scenes.begin(scene.search(), scene.first)
        scene.search()
    record(examiner, begun, 1)
    paths = [
        "/comparisons/", address(begun, 1), address(begun, 2), f"/examinations/{begun.key}/",
        f"/examinations/{begun.key}/release/", f"/examinations/{begun.key}/probe/",
        address(begun, 2) + "photograph/", address(begun, 3) + "photograph/",
    ]  # fmt: skip
    for path in paths:
        with django_assert_max_num_queries(MAX_QUERIES, info=path):
            examiner.get(path)
    for step in ("check", "record"):
        with django_assert_max_num_queries(MAX_QUERIES, info=step):
            examiner.post(address(begun, 2), filled_in() | {"step": step})
    record(examiner, begun, 3)
    path = f"/examinations/{begun.key}/conclusion/"
    with django_assert_max_num_queries(MAX_QUERIES):
        examiner.get(path)
    with django_assert_max_num_queries(MAX_QUERIES):
        examiner.post(path, {"names": "nobody", "sure": "on"})
