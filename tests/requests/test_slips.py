"""Slips at the desk, and short cuts: sent already, another picture, an unread sheet, a lost session."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from oversight.people import services as people
from oversight.people.models import Person, Role, Unit
from oversight.requests import services
from oversight.requests.models import SignOff, Withdrawal
from tests import world
from tests.conftest import acting_as
from tests.requests.test_pages import case_answers, source_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(city):
    """A draft that could be sent."""
    return world.draft_with_image(city.officer)


@pytest.fixture
def officer(client, city):
    """The officer's browser."""
    client.force_login(city.officer)
    return client


def send(request):
    return services.submit_request(request=request, version=request.draft.version)[0]


def page_of(request, name):
    return reverse(f"requests:{name}", args=[request.key])


STEPS = ["case", "legal_basis", "image", "image_check", "source", "scope", "check"]


@pytest.mark.parametrize("name", STEPS)
def test_the_steps_of_a_sent_request_lead_to_where_it_stands(officer, draft, name):
    send(draft)
    assert officer.get(page_of(draft, name)).url == page_of(draft, "status")


def test_what_is_typed_after_the_request_was_sent_is_shown_and_not_saved(officer, draft):
    version = draft.draft.version
    send(draft)
    answer = officer.post(
        page_of(draft, "case"), {"version": version, **case_answers(case_number="26-9999")}
    )
    assert answer.status_code == 409
    assert "26-9999" in answer.content.decode()
    draft.draft.refresh_from_db()
    assert draft.draft.answers["case_number"] == "26-0114"


def test_an_image_that_comes_after_the_request_was_sent_changes_nothing(officer, draft):
    probe, version = draft.draft.answers["probe"], draft.draft.version
    send(draft)
    file = SimpleUploadedFile("late.png", world.photograph(), "image/png")
    answer = officer.post(page_of(draft, "image"), {"version": version, "image": file})
    assert answer.url == page_of(draft, "status")
    draft.draft.refresh_from_db()
    assert draft.draft.answers["probe"] == probe


def test_what_was_said_of_one_picture_does_not_stand_for_another(officer, draft):
    _draft, probe = services.add_probe(
        request=draft, data=world.photograph(), claimed_type="", version=draft.draft.version
    )
    world.inspect(probe)
    draft.draft.refresh_from_db()
    services.choose_face(request=draft, face_index=0, version=draft.draft.version)
    check = officer.get(page_of(draft, "check"))
    assert "Source: what the image is" in check.content.decode()
    assert "Submit the request" not in check.content.decode()
    version = officer.get(page_of(draft, "source")).context["form"]["version"].value()
    officer.post(page_of(draft, "source"), {"version": version, **source_answers()})
    assert "Submit the request" in officer.get(page_of(draft, "check")).content.decode()


def test_choosing_the_same_face_again_asks_nothing_again(draft):
    kept = services.choose_face(request=draft, face_index=0, version=draft.draft.version)
    assert kept.answers["kind"] == "photograph"
    changed = services.choose_face(request=draft, face_index=1, version=kept.version)
    assert "kind" not in changed.answers


def test_nobody_approves_a_sheet_they_have_not_opened(city, draft):
    submission = send(draft)
    browser = Client()
    signing_in = {"login": "supervisor", "password": world.PASSWORD}
    browser.post(reverse("account_login"), signing_in)
    browser.post(reverse("account_reauthenticate"), {"password": world.PASSWORD})
    approve = reverse("requests:approve", args=[submission.pk])
    sheet = reverse("requests:sheet", args=[submission.pk])
    assert browser.get(approve).url == sheet
    assert browser.post(approve, {"statement": "on"}).url == sheet
    assert not SignOff.objects.exists()
    browser.get(sheet)
    browser.post(approve, {"statement": "on"})
    assert SignOff.objects.get().verdict == SignOff.Verdict.APPROVED


def test_why_a_request_is_withdrawn_outlives_the_session(officer, draft):
    address = page_of(draft, "withdraw")
    officer.logout()
    page = officer.post(address, {"note": "He came in by himself."}).content.decode()
    carried = re.search(r'name="typed_before" value="([^"]+)"', page).group(1)
    signing_in = {"login": "officer", "password": world.PASSWORD, "next": address}
    back = officer.post(
        reverse("account_login"), {**signing_in, "typed_before": carried}, follow=True
    )
    assert "He came in by himself." in back.content.decode()
    assert not Withdrawal.objects.exists()


@pytest.fixture
def stranger(city):
    """A supervisor of the same agency and another unit."""
    with acting_as("owner"):
        unit = Unit.objects.create(agency=city.agency, name="Harbor Division")
        return world.make_person("stranger", Role.SUPERVISOR, city.agency, unit)


def test_a_supervisor_of_another_unit_sees_and_decides_nothing(stranger, draft):
    submission = send(draft)
    browser = Client()
    browser.force_login(stranger)
    assert "Nothing waits for you" in browser.get(reverse("requests:queue")).content.decode()
    for name in ("sheet", "sheet_image", "sheet_face", "return", "refuse", "sign_off_receipt"):
        address = reverse(f"requests:{name}", args=[submission.pk])
        assert browser.get(address).status_code == 404, name
        assert browser.post(address, {"reasons": ["facts"]}).status_code in (404, 405), name
    with pytest.raises(services.NotAllowedError, match="own unit"):
        sign(submission, stranger)


def test_a_suspended_supervisor_decides_nothing(city, draft):
    submission = send(draft)
    with acting_as("owner"):
        people.suspend_person(person=city.supervisor, reason="An inquiry")
    with pytest.raises(services.NotAllowedError):
        sign(submission, Person.objects.get(pk=city.supervisor.pk))


def sign(submission, supervisor):
    return services.sign_off_submission(
        submission=submission,
        supervisor=supervisor,
        verdict=SignOff.Verdict.RETURNED,
        opened_at=submission.submitted_at,
        reasons=["facts"],
    )


def test_a_session_that_ended_mid_form_loses_nothing_typed(officer, city):
    key = services.start_request(requester=city.officer).key
    address = reverse("requests:case", args=[key])
    officer.logout()
    answer = officer.post(address, {"version": 0, **case_answers(case_number="26-4711")})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Nothing you typed is lost" in page
    carried = re.search(r'name="typed_before" value="([^"]+)"', page).group(1)
    back = officer.post(
        reverse("account_login"),
        {
            "login": "officer",
            "password": world.PASSWORD,
            "next": address,
            "typed_before": carried,
        },
        follow=True,
    )
    assert back.request["PATH_INFO"] == address
    assert 'value="26-4711"' in back.content.decode()
    assert 'value="26-4711"' not in officer.get(address).content.decode()  # once only


def test_a_forged_carried_form_is_passed_over(officer, city):
    officer.logout()
    answer = officer.post(
        reverse("account_login"),
        {"login": "officer", "password": world.PASSWORD, "typed_before": "forged"},
    )
    assert answer.status_code == 302
    assert "typed_before" not in officer.session
