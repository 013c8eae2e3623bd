"""Whatever breaks between the officer and the gallery: no request is lost, no search runs twice."""

import json
import time
import uuid

import pytest
import redis
from celery import Celery

from tests.faults.conftest import Town, eventually, one_more, wait_until

pytestmark = [pytest.mark.stack, pytest.mark.fault]


def test_a_search_waits_for_a_worker_and_runs_once(town):
    before = town.searches()
    town.submitted("26-0001")
    town.stack.stop("worker")
    handed_over = _handovers(town)
    town.story.sign_off(town.supervisor)
    assert wait_until(lambda: _handovers(town) > handed_over + 1), "the message is there twice"
    town.stack.start("worker")
    assert eventually(town, one_more(before)) == one_more(before)
    _wait_until_read(town)
    assert town.searches() == one_more(before)


@pytest.mark.parametrize("delay", [0.0, 0.15, 0.4])
def test_a_worker_killed_at_any_moment_loses_nothing(town, delay):
    before = town.searches()
    town.submitted(f"26-01{int(delay * 100):02}")
    town.story.sign_off(town.supervisor)
    time.sleep(delay)
    town.stack.kill("worker")
    town.stack.start("worker")
    assert eventually(town, one_more(before)) == one_more(before)


def test_a_relay_killed_after_the_sign_off_loses_nothing(town):
    before = town.searches()
    town.submitted("26-0201")
    town.stack.kill("relay")
    town.story.sign_off(town.supervisor)
    assert town.searches()["authorization"] == before["authorization"] + 1
    town.stack.start("relay")
    assert eventually(town, one_more(before)) == one_more(before)


def test_pages_work_while_the_broker_is_away_and_the_search_runs_when_it_is_back(town):
    before = town.searches()
    town.submitted("26-0301")
    town.stack.services.stop_broker()
    try:
        town.story.sign_off(town.supervisor)
        assert "Waiting" in town.officer.open("/requests/").main.text
        time.sleep(4)
        assert town.searches()["run"] == before["run"]
    finally:
        town.stack.services.resume()
    assert eventually(town, one_more(before)) == one_more(before)
    assert town.stack.mend() == [], "nobody ended over it"


@pytest.mark.parametrize("crash", [False, True], ids=["restart", "crash"])
def test_the_database_restarted_under_a_search_loses_nothing(town, crash):
    before = town.searches()
    town.submitted(f"26-04{crash:02}")
    town.story.sign_off(town.supervisor)
    town.stack.restart_database(crash=crash)
    assert eventually(town, one_more(before)) == one_more(before)
    assert town.stack.mend() == [], "nobody ended over it"


def test_forged_and_replayed_messages_run_nothing(town):
    used = town.searches()
    assert used["run"] > 0, "the tests above have run searches"
    with_id = str(_some_authorization(town))
    before = _unacknowledged(town)
    sender = Celery("forger", broker=_broker(town), set_as_current=False)
    for arguments in (
        [with_id],
        [with_id],
        [str(uuid.uuid4())],
        ["'; DROP TABLE recognition_run; --"],
        [{"authorization": with_id}],
        [],
        [with_id, with_id],
    ):
        sender.send_task("recognition.tasks.run_search", args=arguments, queue="search")
    sender.send_task("recognition.tasks.no_such_task", args=[with_id], queue="search")
    sender.close()
    _wait_until_read(town, besides=before)
    assert town.searches() == used
    assert town.stack.mend() == [], "the worker lives on"


def _some_authorization(town: Town) -> uuid.UUID:
    return town.count("SELECT authorization_id FROM recognition_run LIMIT 1")


def _broker(town: Town) -> str:
    port = json.loads((town.stack.state.run / "ports.json").read_text())["broker_port"]
    password = (town.stack.state.folder / "secrets" / "broker").read_text()
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _handovers(town: Town) -> int:
    return town.count("SELECT count(*) FROM recognition_handover WHERE probe_id IS NULL")


def _unacknowledged(town: Town) -> frozenset[bytes]:
    with redis.Redis.from_url(_broker(town)) as broker:
        return frozenset(broker.hkeys("unacked"))


def _wait_until_read(town: Town, besides: frozenset[bytes] = frozenset()) -> None:
    """``besides``: what a killed worker left, which the broker gives out again in its own time."""

    def read() -> bool:
        with redis.Redis.from_url(_broker(town)) as broker:
            waiting = broker.llen("search")
        return not waiting and _unacknowledged(town) <= besides

    assert wait_until(read), "messages lie unread"


def test_a_message_that_is_no_message_costs_a_restart_at_most(town):
    """Celery's transport ends on bytes that are no message; whoever runs it starts it again."""
    before = town.searches()
    town.submitted("26-0501")  # the worker has looked at the photograph
    with redis.Redis.from_url(_broker(town)) as broker:
        broker.lpush("search", b"\x80\x04not json")
    town.story.sign_off(town.supervisor)

    def run_with_whoever_ended_started_again() -> bool:
        town.stack.mend()
        return town.searches() == one_more(before)

    assert wait_until(run_with_whoever_ended_started_again), town.searches()
