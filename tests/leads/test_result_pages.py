"""The officer's result: a lead or none, under the notice, for a time."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings

from oversight.leads import services
from oversight.leads.models import Acknowledgement, Release, Viewing
from oversight.leads.notice import NOTICE_DIGEST
from oversight.leads.selectors import places_of
from tests import world
from tests.leads import scene as scenes

MAX_QUERIES = 28
SHOWN = 'src="/results/'


@pytest.fixture
def officer(scene):
    return signed_in(scene.city.officer)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def path_of(comparison):
    return f"/results/{comparison.submission.request.key}/"


def reach(scene, comparison, *, lead):
    """Let two examiners come to a lead, or to none."""
    looked = scenes.begin(comparison, scene.third)
    named = places_of(looked)[0].candidate if lead else None
    services.release_examination(examination=looked, reason=Release.Reason.HANDED_BACK)
    scenes.examine(comparison, scene.first, named)
    return scenes.examine(comparison, scene.second, named).result


@pytest.fixture
def lead(scene, comparison):
    return reach(scene, comparison, lead=True)


def test_before_the_result_there_is_nothing(officer, comparison, scene):
    assert officer.get(path_of(comparison)).status_code == 404
    scenes.examine(comparison, scene.first, None)
    assert officer.get(path_of(comparison)).status_code == 404


def test_a_lead_is_shown_only_once_the_notice_is_accepted(officer, comparison, lead):
    path = path_of(comparison)
    before = officer.get(path).content.decode()
    assert "Investigative lead only" in before
    assert "not probable cause" in before
    assert SHOWN not in before
    assert "BOOKING" not in before
    assert officer.get(path + "photograph/").status_code == 404
    assert officer.post(path, {}).status_code == 422
    assert not Acknowledgement.objects.exists()
    after = officer.post(path, {"accepted": "on"}, follow=True).content.decode()
    assert Acknowledgement.objects.get().notice == NOTICE_DIGEST
    assert after.count(SHOWN) == 1
    assert sum(reference in after for reference in scenes.REFERENCES) == 1
    assert "Investigative lead only" in after
    photograph = officer.get(path + "photograph/")
    assert (photograph.status_code, photograph["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in photograph["Cache-Control"]


def test_accepting_twice_counts_once(officer, comparison, lead):
    for _press in range(2):
        assert officer.post(path_of(comparison), {"accepted": "on"}).status_code == 302
    assert Acknowledgement.objects.count() == 1


def test_what_is_owed_is_cited_as_the_gate_says(officer, comparison, lead):
    page = officer.get(path_of(comparison)).content.decode()
    assert "house/corroboration" in page
    assert "Crim. Proc. § 2-502" in page
    for safeguard in ("R30", "R31", "R32"):
        assert safeguard in page


def test_examiners_are_not_named_and_nothing_is_measured(officer, comparison, lead, scene):
    page = officer.post(path_of(comparison), {"accepted": "on"}, follow=True).content.decode()
    for told in ("%", "rank", "score", *(person.name for person in scene.city.examiners)):
        assert told not in page, told


def test_no_lead_and_no_candidate_show_nobody(officer, scene):
    none = scene.search()
    reach(scene, none, lead=False)
    empty = scene.search(nobody=True)
    services.close_empty_comparisons()
    for comparison, words in ((none, "No lead."), (empty, "No candidate.")):
        page = officer.get(path_of(comparison))
        assert words in page.content.decode()
        assert SHOWN not in page.content.decode()
        assert officer.get(path_of(comparison) + "photograph/").status_code == 404
        assert officer.post(path_of(comparison), {"accepted": "on"}).status_code == 302
    assert not Acknowledgement.objects.exists()
    assert set(Viewing.objects.filter(viewer=scene.city.officer).values_list("candidate")) == {
        (None,)
    }


def test_a_result_is_the_requesters_alone(comparison, lead, scene):
    people = (scene.city.colleague, scene.city.supervisor, scene.first)
    for path in (path_of(comparison), path_of(comparison) + "photograph/"):
        for person in people:
            assert signed_in(person).get(path).status_code == 404
            assert signed_in(person).post(path, {"accepted": "on"}).status_code in (404, 405)
    assert not Acknowledgement.objects.exists()


def test_lapsed_training_sees_no_result(officer, comparison, lead, scene):
    officer.post(path_of(comparison), {"accepted": "on"})
    world.lapse_training(scene.city.officer)
    refused = officer.get(path_of(comparison))
    assert refused.status_code == 403
    assert "R25" in refused.content.decode()
    assert officer.get(path_of(comparison) + "photograph/").status_code == 403


def test_an_expired_result_is_not_shown(officer, comparison, scene):
    with override_settings(RESULT_LIFETIME=timedelta(0)):
        reach(scene, comparison, lead=True)
    page = officer.get(path_of(comparison))
    assert page.status_code == 410
    assert "has expired" in page.content.decode()
    assert officer.post(path_of(comparison), {"accepted": "on"}).status_code == 410
    assert officer.get(path_of(comparison) + "photograph/").status_code == 404
    assert not Viewing.objects.filter(viewer=scene.city.officer).exists()


def test_every_look_is_recorded(officer, comparison, lead, scene):
    officer.get(path_of(comparison))
    officer.post(path_of(comparison), {"accepted": "on"}, follow=True)
    looked = list(
        Viewing.objects.filter(viewer=scene.city.officer)
        .order_by("viewed_at")
        .values_list("candidate", flat=True)
    )
    assert looked == [None, lead.candidate]


def test_the_officers_list_leads_here(officer, comparison, lead):
    page = officer.get(f"/requests/{comparison.submission.request.key}/").content.decode()
    assert path_of(comparison) in page


def test_an_expunged_lead_is_not_shown_any_more(officer, comparison, lead, as_role):
    from django.db import connection

    from recognition.gateway import candidate_reference

    officer.post(path_of(comparison), {"accepted": "on"})
    reference = candidate_reference(lead.candidate)
    with as_role("enroller"), connection.cursor() as cursor:
        cursor.execute("SELECT recognition_expunge('lacris-dms', %s, 'court order')", [reference])
    page = officer.get(path_of(comparison)).content.decode()
    assert reference not in page
    assert "not held any more" in page
    assert officer.get(path_of(comparison) + "photograph/").status_code == 404


def test_no_page_asks_the_database_too_often(
    officer, comparison, lead, django_assert_max_num_queries
):
    path = path_of(comparison)
    with django_assert_max_num_queries(MAX_QUERIES):
        officer.get(path)
    with django_assert_max_num_queries(MAX_QUERIES):
        officer.post(path, {"accepted": "on"})
    with django_assert_max_num_queries(MAX_QUERIES):
        officer.get(path)
    with django_assert_max_num_queries(MAX_QUERIES):
        officer.get(path + "photograph/")
