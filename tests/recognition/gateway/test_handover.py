"""The outbox: what is due, who gets it, and what the broker sees of it."""

import json
from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from recognition import gateway, tasks
from recognition.gateway import BrokerUnavailable, SearchStatus
from recognition.models import Handover
from tests.recognition import machine as machines

SOON, AT_ONCE = timedelta(seconds=60), timedelta(0)


def due(as_role, resend_after=SOON):
    with as_role("relay"):
        return gateway.due_searches(resend_after=resend_after)


@pytest.fixture
def queue():
    with current_app.connection_for_write() as broker:
        held = broker.SimpleQueue("search")
        held.clear()
        yield held
        held.clear()
        held.close()


def test_what_was_handed_over_is_due_again_only_after_a_while(machine, as_role, queue):
    permit = machine.authorized()
    assert due(as_role) == [permit]
    with as_role("relay"):
        gateway.hand_over_search(permit)
    assert due(as_role) == []
    assert due(as_role, AT_ONCE) == [permit]
    assert machine.state(permit).status == SearchStatus.HANDED_OVER


def test_a_message_carries_an_id_and_nothing_else(machine, as_role, queue):
    permit, probe = machine.authorized(), machine.store(machines.mate())
    with as_role("relay"):
        gateway.hand_over_search(permit)
        assert gateway.due_inspections(resend_after=SOON) == [probe]
        gateway.hand_over_inspection(probe)
        assert gateway.due_inspections(resend_after=SOON) == []
    messages = [queue.get(timeout=60) for _ in range(2)]
    assert [message.headers["task"] for message in messages] == [
        "recognition.tasks.run_search",
        "recognition.tasks.inspect_probe",
    ]
    bodies = [json.loads(message.body) for message in messages]
    assert [body[:2] for body in bodies] == [[[str(permit)], {}], [[str(probe)], {}]]


def test_what_is_over_is_never_due(machine, as_role):
    run, recalled, expired = (machine.authorized() for _ in range(3))
    machine.deliver(run)
    with as_role("web"):
        gateway.recall_search(recalled)
    machine.expire(expired)
    assert due(as_role, AT_ONCE) == []
    assert machine.state(expired).status == SearchStatus.EXPIRED


def test_what_was_opened_and_not_run_is_due_even_after_its_expiry(machine, as_role, monkeypatch):
    permit = machine.authorized()

    def die(**_named):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("recognition.searching.run_search", die)
        with pytest.raises(SystemExit):
            machine.deliver(permit)
    machine.expire(permit)
    assert machine.state(permit).status == SearchStatus.OPENED
    assert due(as_role) == [permit]
    machine.deliver(permit)
    assert machine.state(permit).status == SearchStatus.RUN


def test_two_relays_never_hold_the_same(machine, as_role, live_database):
    first, second = machine.authorized(), machine.authorized()
    with (
        live_database.connect("relay", autocommit=False) as one,
        live_database.connect("relay", autocommit=False) as other,
    ):
        query = "SELECT * FROM recognition_due_searches('1 minute', %s)"
        assert one.execute(query, [1]).fetchall() == [(first,)]
        assert other.execute(query, [9]).fetchall() == [(second,)]


def test_a_broker_that_is_gone_leaves_no_handover(machine, as_role, monkeypatch):
    permit = machine.authorized()

    def gone(*_args, **_named):
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.run_search, "apply_async", gone)
    with as_role("relay"), pytest.raises(BrokerUnavailable), transaction.atomic():
        gateway.hand_over_search(permit)
    assert not Handover.objects.exists()
    assert due(as_role) == [permit]


def test_whoever_listens_hears_ids_of_what_came_in(machine, live_database):
    with live_database.connect("relay") as listener:
        listener.execute(f"LISTEN {gateway.WORK_CHANNEL}")
        permit = machine.authorized()
        machine.deliver(permit)
        heard = [note.payload.split() for note in listener.notifies(timeout=60, stop_after=4)]
    assert [word for word, _ in heard] == ["probe", "inspection", "authorization", "run"]
    assert heard[2][1] == heard[3][1] == str(permit)
