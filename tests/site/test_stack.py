"""The runner of all processes: what it starts it takes down again, however it ends."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from oversight.site.paths import BASE_DIR
from oversight.site.stack import Stack, StackError
from tests.site.processes import using, wait_until_none_uses

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """One state folder for this file, with a blank in its path and private to its owner."""
    folder = tmp_path_factory.mktemp("private") / "state with a blank"
    folder.mkdir(mode=0o700)
    folder.parent.chmod(0o700)
    return folder


@pytest.fixture
def runner(state):
    """Start ``python -m oversight.site.stack`` and return it once it serves."""
    started = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "oversight.site.stack", *arguments],
            cwd=BASE_DIR,
            env={**os.environ, "OVERSIGHT_VAR": str(state)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout:
        if "Oversight is at" in line:
            return line.split()[3]
    raise AssertionError(process.stderr.read())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_takes_everything_down(runner, state, number):
    process = runner("--only", "web", "worker")
    with urllib.request.urlopen(f"{_address(process)}/readyz", timeout=10) as answer:
        assert answer.status == 200
    assert len(using(state)) > 5

    process.send_signal(number)

    assert process.wait(120) == 0
    assert using(state) == {}


def test_a_killed_runner_leaves_nothing_behind(runner, state):
    process = runner()
    _address(process)
    process.kill()
    process.wait()
    assert wait_until_none_uses(state) == {}


def test_a_second_runner_says_what_is_in_its_way(runner, state, monkeypatch):
    address = _address(runner("--only", "web"))
    same_state = runner("--only", "web")
    assert same_state.wait(120) == 1
    assert address in same_state.stderr.read()

    monkeypatch.setenv("PORT", address.rpartition(":")[2])
    same_port = runner("--only", "web")
    assert same_port.wait(120) == 1
    assert "set PORT to another" in same_port.stderr.read()


def test_a_program_that_dies_is_started_again(state):
    with Stack(state=state, programs=["web"], durable=False) as stack:
        process = stack.processes["web"]
        process.began -= 60
        stack.kill("web")
        assert "web ended with code -9" in stack.mend()[0]
        stack.wait_ready()
    assert using(state) == {}


def test_a_program_that_dies_at_once_ends_the_stack_with_its_last_words(state):
    broken = {"OVERSIGHT_LOG": "loud"}
    with (
        pytest.raises(StackError, match="OVERSIGHT_LOG is 'loud'"),
        Stack(state=state, programs=["web"], environment=broken),
    ):
        pytest.fail("it must not come up")
    assert wait_until_none_uses(state) == {}


def test_the_services_stay_while_someone_else_uses_them(state):
    with Stack(state=state, programs=["web"], durable=False):
        shell = subprocess.Popen(
            [sys.executable, "-c", _A_SHELL],
            cwd=BASE_DIR,
            env={**os.environ, "OVERSIGHT_VAR": str(state)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert shell.stdout.readline() == "1\n"
    assert shell.communicate("\n")[0] == "2\n"
    assert wait_until_none_uses(state) == {}


_A_SHELL = """
import psycopg
from oversight.site.database.address import address_of
with psycopg.connect(address_of("web")) as session:
    print(session.execute("SELECT 1").fetchone()[0], flush=True)
    input()
    print(session.execute("SELECT 2").fetchone()[0])
"""


def test_the_database_may_crash_under_the_stack(state):
    with Stack(state=state, programs=["web"], durable=True) as stack:
        stack.restart_database(crash=True)
        with urllib.request.urlopen(f"{stack.base_url}/readyz", timeout=10) as answer:
            assert answer.status == 200


def test_logs_are_private(state):
    with Stack(state=state, programs=["web"], durable=False) as stack:
        assert stack.state.logs.stat().st_mode & 0o077 == 0
        assert (stack.state.logs / "web.log").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_another_user_can_run_it_too(tmp_path):
    """An unprivileged user whose state lies in a folder that only they may enter."""
    if not _reachable_by_all(Path(sys.executable).resolve()):
        pytest.skip(f"other users cannot reach {sys.executable} on this machine")
    state = tmp_path / "theirs"
    state.mkdir(mode=0o700)
    os.chown(state, 65534, 65534)
    done = subprocess.run(
        [*_AS_NOBODY, sys.executable, "-c", _A_SHORT_RUN],
        cwd=BASE_DIR,
        env={**os.environ, "OVERSIGHT_VAR": str(state), "HOME": str(state)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert wait_until_none_uses(state) == {}


_AS_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")
_A_SHORT_RUN = """
from oversight.site.stack import Stack
with Stack(programs=["web"]) as stack:
    print(stack.base_url)
"""


def _reachable_by_all(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))
