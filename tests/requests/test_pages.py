"""The officer's and the supervisor's pages, as a browser without JavaScript uses them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from oversight.policy.engine.request import authority_state
from oversight.requests import services
from oversight.requests.models import SearchRequest, SignOff, Submission
from oversight.requests.selectors import standing_now
from oversight.requests.state import State
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, city):
    """A browser in which the officer is signed in."""
    client.force_login(city.officer)
    return client


@pytest.fixture
def supervisor(city):
    """A browser in which the supervisor has just signed in with the password."""
    browser = Client()
    answer = browser.post(
        reverse("account_login"), {"login": "supervisor", "password": world.PASSWORD}
    )
    assert answer.status_code == 302
    return browser


@pytest.fixture
def submission(city):
    request = world.draft_with_image(city.officer)
    return services.submit_request(request=request, version=request.draft.version)[0]


def version_in(answer) -> str:
    return re.search(
        r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"',
        answer.content.decode(),
    ).group(1)


def post_step(browser, name, key, **data):
    address = reverse(f"requests:{name}", args=[key])
    page = browser.get(address)
    assert page.status_code == 200, page.content.decode()[:500]
    return browser.post(address, {"version": page.context["form"]["version"].value(), **data})


def case_answers(**changes):
    opened = timezone.localdate() - timedelta(days=3)
    return {
        "case_number": "26-0114",
        "case_opened_on_month": opened.month,
        "case_opened_on_day": opened.day,
        "case_opened_on_year": opened.year,
        "purpose": "criminal_investigation",
        "nibrs": "120",
        "severity": "violent_felony",
        **changes,
    }


def legal_answers(**changes):
    return {
        "predicate_level": "reasonable_suspicion",
        "predicate_facts": "The till camera shows the robber.",
        "alternatives_tried": "Asked the clerk\nAsked two customers",
        "suspicion_specific": "yes",
        "protected_basis": "no",
        **changes,
    }


def source_answers(**changes):
    return {
        "kind": "photograph",
        "source": "fixed_cctv_private",
        "mode": "still",
        "depicts_subject": "yes",
        "apparent_minor": "no",
        **changes,
    }


def fill(browser, **source):
    """Go through all five steps as a person would; returns the request's key."""
    browser.post(reverse("requests:start"))
    key = SearchRequest.objects.latest("id").key
    assert post_step(browser, "case", key, **case_answers()).status_code == 302
    assert post_step(browser, "legal_basis", key, **legal_answers()).status_code == 302
    file = SimpleUploadedFile("till.png", world.photograph(), "image/png")
    assert post_step(browser, "image", key, image=file).status_code == 302
    waiting = browser.get(reverse("requests:image_check", args=[key]))
    assert "is being checked" in waiting.content.decode()
    world.inspect(SearchRequest.objects.get(key=key).draft.answers["probe"])
    assert post_step(browser, "image_check", key, face_index="0").status_code == 302
    assert post_step(browser, "source", key, **source_answers(**source)).status_code == 302
    answer = post_step(browser, "scope", key, gallery="lacris-dms", candidates_requested="10")
    assert answer.status_code == 302
    return key


def submit(browser, key):
    page = browser.get(reverse("requests:check", args=[key]))
    return browser.post(
        reverse("requests:check", args=[key]), {"version": version_in(page)}, follow=True
    )


def test_a_warrant_holds_on_its_last_day_and_is_shown_as_it_was_given(officer):
    day = timezone.localdate()
    term = {
        f"authority_{end}_{part}": getattr(day, part)
        for end in ("from", "to")
        for part in ("year", "month", "day")
    }
    named = {"authority_type": "warrant", "authority_issuer": "Court", "authority_number": "7"}
    officer.post(reverse("requests:start"))
    request = SearchRequest.objects.latest("id")
    post_step(officer, "legal_basis", request.key, **legal_answers(**named, **term))
    request.draft.refresh_from_db()
    authority = request.draft.answers["authority"]
    assert authority_state(authority, timezone.now(), day)["in_force"]
    shown = officer.get(reverse("requests:legal_basis", args=[request.key])).context["form"]
    assert (shown["authority_from"].value(), shown["authority_to"].value()) == (day, day)


def test_five_steps_lead_to_the_supervisors_queue(officer, supervisor):
    key = fill(officer)
    page = submit(officer, key).content.decode()
    assert "Waiting for sign-off" in page
    assert "Criminal" not in page  # codes are told in words
    queue = supervisor.get(reverse("requests:queue")).content.decode()
    assert "Officer Example" in queue


def test_a_refusal_names_rule_citation_and_remedy(officer):
    key = fill(officer, source="body_worn")
    page = submit(officer, key).content.decode()
    assert "Refused by the rules" in page
    assert "R14" in page
    assert "lapd-2021/" in page
    assert "What would cure it" in page


def test_the_outlook_warns_before_anything_is_sent(officer):
    key = fill(officer, source="body_worn")
    page = officer.get(reverse("requests:check", args=[key])).content.decode()
    assert "one rule would refuse" in page
    assert "R14" in page


def test_looking_ahead_saves_nothing(officer, city):
    request = world.draft_with_image(city.officer)
    answer = post_step(
        officer, "source", request.key, look_ahead="1", **source_answers(source="body_worn")
    )
    assert "R14" in answer.content.decode()
    request.draft.refresh_from_db()
    assert request.draft.answers["source"] == "fixed_cctv_private"


def test_a_mistake_names_the_field_and_loses_nothing(officer, city):
    key = services.start_request(requester=city.officer).key
    answer = post_step(officer, "case", key, **case_answers(case_opened_on_day="41"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "not a real date" in page
    assert 'value="26-0114"' in page
    assert "<title>Error:" in " ".join(page.split())


def test_a_stale_tab_is_told_and_shown_what_it_had_typed(officer, city):
    key = services.start_request(requester=city.officer).key
    address = reverse("requests:case", args=[key])
    assert officer.post(address, {"version": 0, **case_answers()}).status_code == 302
    answer = officer.post(address, {"version": 0, **case_answers(case_number="26-9999")})
    assert answer.status_code == 409
    assert "26-9999" in answer.content.decode()
    assert SearchRequest.objects.get(key=key).draft.answers["case_number"] == "26-0114"


def test_a_double_click_submits_once(officer):
    key = fill(officer)
    page = officer.get(reverse("requests:check", args=[key]))
    address, data = reverse("requests:check", args=[key]), {"version": version_in(page)}
    assert officer.post(address, data).status_code == 302
    assert officer.post(address, data).status_code == 302
    assert Submission.objects.count() == 1


def test_an_unanswered_step_is_named_and_linked(officer, city):
    request = services.start_request(requester=city.officer)
    page = officer.get(reverse("requests:check", args=[request.key])).content.decode()
    assert "Still to be answered" in page
    assert reverse("requests:case", args=[request.key]) in page
    answer = officer.post(reverse("requests:check", args=[request.key]), {"version": 0})
    assert answer.status_code == 422
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"not an image at all", "not"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_image_is_refused_and_the_rest_kept(officer, city, data, words):
    request = services.start_request(requester=city.officer, answers=world.lawful_answers())
    file = SimpleUploadedFile("x.png", data, "image/png")
    answer = post_step(officer, "image", request.key, image=file)
    request.draft.refresh_from_db()
    if answer.status_code == 302:
        world.inspect(request.draft.answers["probe"])
        answer = officer.get(reverse("requests:image_check", args=[request.key]), follow=True)
    assert words in answer.content.decode()
    assert request.draft.answers["case_number"] == "26-0114"


def test_hostile_text_is_shown_as_text(officer, supervisor):
    officer.post(reverse("requests:start"))
    key = SearchRequest.objects.latest("id").key
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    assert post_step(officer, "case", key, **case_answers(case_number=hostile)).status_code == 302
    page = officer.get(reverse("requests:check", args=[key])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_control_characters_are_refused_with_the_field_named(officer, city):
    key = services.start_request(requester=city.officer).key
    answer = post_step(officer, "case", key, **case_answers(case_number="26\x000114"))
    assert answer.status_code == 422
    assert "Null characters" in answer.content.decode()


def test_someone_elses_request_does_not_exist(client, city):
    request = world.draft_with_image(city.officer)
    client.force_login(city.colleague)
    for name in ("status", "case", "check", "withdraw", "probe"):
        assert client.get(reverse(f"requests:{name}", args=[request.key])).status_code == 404
    assert client.get(reverse("requests:status", args=[uuid4()])).status_code == 404


def test_a_stranger_is_sent_to_sign_in_and_keeps_the_way(client, city):
    answer = client.get(reverse("requests:mine"))
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/requests/")


def test_an_officer_cannot_open_the_supervisors_pages(officer, submission):
    assert officer.get(reverse("requests:queue")).status_code == 404
    assert officer.get(reverse("requests:sheet", args=[submission.pk])).status_code == 404


def test_the_sheet_shows_facts_image_and_the_way_to_decide(supervisor, submission):
    page = supervisor.get(reverse("requests:sheet", args=[submission.pk])).content.decode()
    assert "The till camera shows the person" in page
    assert reverse("requests:approve", args=[submission.pk]) in page
    image = supervisor.get(reverse("requests:sheet_face", args=[submission.pk]))
    assert image["Content-Type"] == "image/jpeg"
    assert "no-store" in image["Cache-Control"]


def step_up(browser):
    answer = browser.post(reverse("account_reauthenticate"), {"password": world.PASSWORD})
    assert answer.status_code == 302


def test_approving_takes_a_statement_and_authorizes(supervisor, submission):
    address = reverse("requests:approve", args=[submission.pk])
    step_up(supervisor)
    supervisor.get(reverse("requests:sheet", args=[submission.pk]))
    assert supervisor.post(address, {}).status_code == 422
    assert supervisor.post(address, {"statement": "on"}).status_code == 302
    assert SignOff.objects.get().verdict == "approved"
    assert standing_now(submission.request).state == State.AUTHORIZED
    second = supervisor.post(address, {"statement": "on"})
    assert second.status_code == 409
    assert "already" in second.content.decode()


def test_signing_in_is_not_enough_to_approve(supervisor, submission):
    answer = supervisor.get(reverse("requests:approve", args=[submission.pk]))
    assert reverse("account_reauthenticate") in answer["Location"]
    page = supervisor.get(answer["Location"]).content.decode()
    assert "Confirm that it is you" in page


def test_approving_asks_for_the_password_again_after_five_minutes(supervisor, submission):
    supervisor.get(reverse("requests:sheet", args=[submission.pk]))
    step_up(supervisor)
    assert supervisor.get(reverse("requests:approve", args=[submission.pk])).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        answer = supervisor.get(reverse("requests:approve", args=[submission.pk]))
    assert answer.status_code == 302
    assert reverse("account_reauthenticate") in answer["Location"]


def test_returning_needs_a_reason_and_tells_the_officer(supervisor, officer, submission):
    address = reverse("requests:return", args=[submission.pk])
    assert supervisor.post(address, {}).status_code == 422
    answer = supervisor.post(address, {"reasons": ["facts", "image"], "note": "Too dark."})
    assert answer.status_code == 302
    page = officer.get(reverse("requests:status", args=[submission.request.key])).content.decode()
    assert "Too dark." in page
    assert "Change and send again" in page


def test_a_resubmission_shows_the_supervisor_what_changed(supervisor, officer, submission):
    supervisor.post(reverse("requests:return", args=[submission.pk]), {"reasons": ["facts"]})
    key = submission.request.key
    post_step(officer, "legal_basis", key, **legal_answers(predicate_facts="A second camera."))
    submit(officer, key)
    newest = Submission.objects.latest("sequence")
    page = supervisor.get(reverse("requests:sheet", args=[newest.pk])).content.decode()
    assert "What has changed" in page
    assert "A second camera." in page


def test_mail_tells_that_something_moved_and_nothing_else(
    supervisor, submission, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        supervisor.post(reverse("requests:refuse", args=[submission.pk]), {"reasons": ["purpose"]})
    (mail,) = mailoutbox
    assert mail.to == ["officer@example.org"]
    assert "26-0114" not in mail.subject + mail.body
    assert "Supervisor" not in mail.body


@pytest.mark.parametrize("name", ["mine", "queue"])
def test_lists_cost_the_same_queries_however_long(
    officer, supervisor, city, name, django_assert_max_num_queries
):
    for _number in range(6):
        request = world.draft_with_image(city.officer)
        services.submit_request(request=request, version=request.draft.version)
    browser = officer if name == "mine" else supervisor
    with django_assert_max_num_queries(25):
        assert browser.get(reverse(f"requests:{name}")).status_code == 200


def test_no_page_of_the_story_takes_more_than_25_queries(
    officer, supervisor, submission, django_assert_max_num_queries
):
    key = submission.request.key
    pages = [(officer, reverse("requests:status", args=[key]))]
    pages += [(supervisor, reverse("requests:sheet", args=[submission.pk]))]
    for browser, address in pages:
        with django_assert_max_num_queries(25):
            assert browser.get(address).status_code == 200


def test_the_queue_marks_what_came_back_and_shows_the_own_pattern(supervisor, officer, submission):
    supervisor.get(reverse("requests:sheet", args=[submission.pk]))
    supervisor.post(reverse("requests:return", args=[submission.pk]), {"reasons": ["facts"]})
    submit(officer, submission.request.key)
    page = supervisor.get(reverse("requests:queue")).content.decode()
    assert "You returned it; it is back with changes" in page
    assert "0 approved, 1 returned, 0 refused" in page
