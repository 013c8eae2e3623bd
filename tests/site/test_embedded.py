"""The embedded services come back after whatever happens to them, at the same addresses."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest

from oversight.site.paths import BASE_DIR
from oversight.site.stack import Stack
from tests.site.processes import using, wait_until_none_uses

pytestmark = [pytest.mark.stack, pytest.mark.fault]


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    return tmp_path_factory.mktemp("embedded")


def _ready_within(stack: Stack, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{stack.base_url}/readyz", timeout=10):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _ports(stack: Stack) -> tuple[int, int]:
    told = json.loads((stack.state.run / "ports.json").read_text())
    return told["postgres_port"], told["broker_port"]


def _another_supervisor_within(stack: Stack, before: int | None, seconds: float) -> None:
    """Ask for pages until another supervisor has announced itself.

    The first page may still be answered over the old connection: the servers notice the
    death of their parent a moment later.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _ready_within(stack, 1)
        if stack.state.supervisor() not in {None, before}:
            return
        time.sleep(0.1)
    raise AssertionError(f"no supervisor took the place of {before} within {seconds:g} s")


def test_a_killed_supervisor_is_replaced_by_whoever_needs_the_services(state):
    with Stack(state=state, programs=["web"]) as stack:
        ports = _ports(stack)
        before = stack.state.supervisor()
        stack.services.kill_supervisor()
        _another_supervisor_within(stack, before, 300)
        assert _ready_within(stack, 300)
        assert _ports(stack) == ports
    assert wait_until_none_uses(state) == {}


def test_every_role_can_be_asked_at_once_for_services_that_are_down(state):
    """Twelve processes start together; one supervisor results, and all get an answer."""
    code = (
        "import psycopg, sys\n"
        "from oversight.site.database.address import address_of\n"
        "from oversight.site.broker import broker_address\n"
        "import redis\n"
        "with psycopg.connect(address_of('web')) as s: print(s.execute('SELECT 1').fetchone()[0])\n"
        "redis.Redis.from_url(broker_address()).ping()\n"
    )
    racing = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code],
            cwd=BASE_DIR,
            env={**os.environ, "OVERSIGHT_VAR": str(state)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(12)
    ]
    answers = [process.communicate(timeout=300) for process in racing]
    assert answers == [("1\n", "")] * 12, "each got its answer, and nobody was warned of anything"
    assert wait_until_none_uses(state) == {}


def test_a_supervisor_that_is_asked_to_stop_takes_its_servers_along(state):
    with Stack(state=state, programs=[]) as stack:
        supervisor = stack.state.supervisor()
        os.kill(supervisor, signal.SIGTERM)
        assert wait_until_none_uses(state) == {}
    assert using(state) == {}


def test_the_last_user_waits_for_a_supervisor_that_takes_its_time(state):
    with Stack(state=state, programs=[]) as stack:
        supervisor = stack.state.supervisor()
        os.kill(supervisor, signal.SIGSTOP)
        later = threading.Timer(3, os.kill, (supervisor, signal.SIGCONT))
        later.start()
        stack.state.release()
        assert using(state) == {}
        later.join()
