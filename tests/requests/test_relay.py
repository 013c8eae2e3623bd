"""The relay: what is due is handed over, once judged anew; nothing is lost without a broker."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from oversight.people import services as people
from oversight.people.models import Person
from oversight.policy import services as policy
from oversight.requests import services
from oversight.requests.models import Decision, SignOff
from oversight.requests.relay import relay_once
from oversight.requests.selectors import standing_now
from oversight.requests.state import State
from oversight.site.celery import app
from recognition import gateway, searching
from tests import world
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(city, settings):
    settings.RESEND_AFTER = timedelta(0)
    request = world.draft_with_image(city.officer)
    submission, _ = services.submit_request(request=request, version=request.draft.version)
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


def status(submission):
    return gateway.search_state(submission.permission.authorization).status


def test_the_gate_decides_again_before_each_hand_over(approved):
    assert relay().searches == 1
    assert relay().searches == 1  # nobody claimed it: due again, judged again
    runs = approved.decisions.filter(action=Decision.Action.RUN)
    assert [run.effect for run in runs] == ["permit", "permit"]


def test_what_the_rules_no_longer_allow_is_recalled_for_good(approved, city):
    world.lapse_training(city.officer)
    assert relay().stopped == 1
    assert standing_now(approved.request).state == State.STOPPED
    assert relay() == type(relay())()  # nothing is due any more


@pytest.fixture
def no_broker(monkeypatch):
    """As if nobody listened where the broker should be."""
    with app.connection_for_write(url="redis://127.0.0.1:1/0") as nowhere:
        monkeypatch.setattr(app, "producer_or_acquire", _producer_on(nowhere))
        yield


def test_without_a_broker_nothing_is_marked_as_handed_over(approved, request, monkeypatch):
    relay()  # the image's hand-over, with the broker there
    before = status(approved)
    request.getfixturevalue("no_broker")
    with pytest.raises(gateway.BrokerUnavailable):
        relay()
    assert status(approved) == before
    monkeypatch.undo()
    assert relay().searches == 1


def test_an_hour_without_a_broker_does_not_fill_the_record(
    approved, settings, no_broker, monkeypatch
):
    settings.RESEND_AFTER = timedelta(minutes=5)

    def decisions():
        return approved.decisions.filter(action=Decision.Action.RUN).count()

    for _try in range(3):
        with pytest.raises(gateway.BrokerUnavailable):
            relay()
    assert decisions() == 1
    monkeypatch.undo()
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        assert relay().searches == 1
    assert decisions() == 2


def test_the_officer_is_told_that_the_rules_stopped_it(
    approved, city, django_capture_on_commit_callbacks
):
    world.lapse_training(city.officer)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        relay()
    (message,) = mail.outbox
    assert message.to == [city.officer.email]
    assert "26-0114" not in message.subject + message.body


def test_a_withdrawn_request_is_never_handed_over(approved):
    services.withdraw_request(request=approved.request)
    assert relay().searches == 0


def test_the_worker_cannot_begin_without_a_fresh_decision(approved):
    with acting_as("worker"):
        searching.perform_search(approved.permission.authorization)
    assert status(approved) == gateway.SearchStatus.WAITING


def suspend_the_officer():
    people.suspend_person(person=Person.objects.get(username="officer"), reason="An inquiry")


def close_the_account():
    people.close_account(person=Person.objects.get(username="officer"), reason="Retired")


def halt_all_use():
    policy.suspend_use(person=Person.objects.get(username="member"), reason="An inquiry")


@pytest.mark.parametrize("change", [suspend_the_officer, close_the_account, halt_all_use])
def test_no_search_begins_after_what_it_rests_on_has_changed(approved, change):
    assert relay().searches == 1
    with acting_as("owner"):
        change()
    with acting_as("worker"):
        searching.perform_search(approved.permission.authorization)
    assert status(approved) == gateway.SearchStatus.HANDED_OVER
    assert relay().stopped == 1
    assert standing_now(approved.request).state == State.STOPPED


def _producer_on(broken):
    from contextlib import contextmanager

    from kombu import Producer

    @contextmanager
    def acquire(_given=None):
        yield Producer(broken)

    return acquire


def test_the_record_tells_of_the_recall(approved, city):
    world.lapse_training(city.officer)
    relay()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE kind = 403")
        assert cursor.fetchone() == (1,)
