"""Reports owed after a search: they fall due by the clock, block when overdue, and are recorded."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from oversight.ledger.facts import fact_tables, findings_in
from oversight.requests import duties, services
from oversight.requests.models import Decision, Duty, DutyOverdue, DutyReport, SignOff
from oversight.requests.relay import relay_once
from recognition import searching
from tests import world
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db

REPORT = "The hostages were freed at four; the watch commander had authorised the search."


def emergency(hours_ago: float) -> dict[str, str]:
    started = timezone.localtime() - timedelta(hours=hours_ago)
    return {
        "facts": "Hostages held in a shop",
        "authoriser": "Watch commander",
        "started_at": started.isoformat(timespec="seconds"),
    }


def signed(city, **changes):
    request = world.draft_with_image(city.officer, **changes)
    submission, decision = services.submit_request(request=request, version=request.draft.version)
    assert decision.effect == "permit", decision.document["reasons"]
    services.sign_off_submission(
        submission=submission,
        supervisor=city.supervisor,
        verdict=SignOff.Verdict.APPROVED,
        opened_at=timezone.now(),
    )
    return submission


def relay():
    with acting_as("relay"):
        return relay_once()


def search(submission):
    assert relay().searches == 1
    with acting_as("worker"):
        searching.perform_search(submission.permission.authorization)


@pytest.fixture
def searched(city):
    """A search in an emergency that began 47 hours ago: an hour is left for the report."""
    submission = signed(city, exigency=emergency(47))
    search(submission)
    return submission


@pytest.fixture
def later():
    """The moment after the term."""
    return timezone.now() + timedelta(hours=2)


def blocked(city, at) -> list[str]:
    request = world.draft_with_image(city.officer)
    _submission, decision = services.submit_request(
        request=request, version=request.draft.version, at=at
    )
    return [reason["rule"] for reason in decision.document["reasons"]]


def test_a_search_in_an_emergency_owes_a_report_48_hours_after_its_beginning(city, searched):
    (owed,) = duties.unfiled_of(city.officer)
    assert (owed.rule, owed.kind) == ("house/exigency-report", "after_report")
    began = searched.answers["exigency"]["started_at"]
    assert owed.due_at - timedelta(hours=48) == owed.due_at.fromisoformat(began)
    assert duties.unfiled_of(city.colleague) == []


def test_an_ordinary_search_owes_none(city):
    search(signed(city))
    assert not Duty.objects.exists()


def test_a_search_that_never_began_owes_none(city, later):
    signed(city, exigency=emergency(47))
    relay()
    assert Duty.objects.count() == 1
    assert duties.unfiled_of(city.officer) == []
    assert services.note_overdue_duties(at=later) == 0


def test_a_search_handed_over_twice_owes_once(city, settings):
    settings.RESEND_AFTER = timedelta(0)
    submission = signed(city, exigency=emergency(1))
    assert relay().searches == relay().searches == 1
    assert submission.decisions.filter(action=Decision.Action.RUN).count() == 2
    assert Duty.objects.count() == 1


def test_an_overdue_report_blocks_the_next_search_until_it_is_filed(city, searched, later):
    assert blocked(city, timezone.now()) == []
    assert blocked(city, later) == ["house/reports-overdue"]
    services.file_report(duty=duties.unfiled_of(city.officer)[0], officer=city.officer, text=REPORT)
    assert blocked(city, later) == []


def test_nobody_needs_to_admit_it_the_clock_notes_it_once(
    city, searched, later, django_capture_on_commit_callbacks
):
    assert services.note_overdue_duties() == 0
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert services.note_overdue_duties(at=later) == 1
    told = {address for message in mail.outbox for address in message.to}
    assert told == {city.officer.email, city.supervisor.email}
    assert not [message for message in mail.outbox if "26-0114" in message.subject + message.body]
    assert services.note_overdue_duties(at=later) == 0
    assert DutyOverdue.objects.get().duty.submission == searched


def test_a_late_report_is_taken_and_stays_late(city, searched, later):
    services.note_overdue_duties(at=later)
    duty = duties.unfiled_of(city.officer)[0]
    services.file_report(duty=duty, officer=city.officer, text=REPORT)
    assert DutyOverdue.objects.filter(duty=duty).exists()
    with pytest.raises(services.NothingOwedError):
        services.file_report(duty=duty, officer=city.officer, text=REPORT)


def test_nobody_files_for_another(city, searched):
    (duty,) = duties.unfiled_of(city.officer)
    with pytest.raises(services.NothingOwedError):
        services.file_report(duty=duty, officer=city.colleague, text=REPORT)


def test_each_report_and_each_ended_term_has_its_entry(city, searched, later):
    services.note_overdue_duties(at=later)
    services.file_report(duty=duties.unfiled_of(city.officer)[0], officer=city.officer, text=REPORT)
    ours = [each for each in fact_tables() if each.model.startswith("requests.Duty")]
    assert len(ours) == 2
    assert [finding for table in ours for finding in findings_in(table)] == []


@pytest.mark.parametrize("table", [Duty, DutyReport, DutyOverdue])
def test_what_is_owed_is_never_changed(city, searched, table):
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        acting_as("web"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table._meta.db_table}")


def test_the_officer_is_told_and_files_it(client, city, searched):
    client.force_login(city.officer)
    address = reverse("requests:report", args=[searched.request.key])
    assert address in client.get(reverse("requests:mine")).content.decode()
    assert address in client.get(reverse("requests:status", args=[searched.request.key])).content.decode()  # fmt: skip
    owed = {"duty": Duty.objects.get().pk}
    short = client.post(address, owed | {"text": "All fine."})
    assert short.status_code == 422
    assert "All fine." in short.content.decode()
    assert not DutyReport.objects.exists()
    answer = client.post(address, owed | {"text": REPORT}, follow=True)
    status = reverse("requests:status", args=[searched.request.key])
    assert answer.request["PATH_INFO"] == status
    page = answer.content.decode()
    assert REPORT in page
    assert address not in page
    assert client.get(address).url == status


def test_a_report_sent_twice_is_not_filed_for_the_next_duty(client, city, searched):
    with acting_as("owner"):
        Duty.objects.create(
            submission=searched,
            requester=city.officer,
            rule="house/another-report",
            kind=Duty.Kind.AUTHORIZATION_REQUEST,
            due_at=timezone.now() + timedelta(days=9),
        )
    client.force_login(city.officer)
    address = reverse("requests:report", args=[searched.request.key])
    first = client.get(address).context["form"]["duty"].value()
    assert client.post(address, {"duty": first, "text": REPORT}).url == address
    again = client.post(address, {"duty": first, "text": f"{REPORT} And more."})
    assert again.status_code == 409
    assert "And more." in again.content.decode()
    assert DutyReport.objects.get().duty_id == first
    assert client.get(address).context["form"]["duty"].value() != first


def test_someone_elses_report_does_not_exist(client, city, searched):
    client.force_login(city.colleague)
    assert client.get(reverse("requests:report", args=[searched.request.key])).status_code == 404
