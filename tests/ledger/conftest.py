"""Records, witnesses and the command line of the verifier, as outsiders have them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from oversight.ledger import cosigning, verifier
from oversight.ledger.configuration import WitnessAddress
from tests.ledger.logs import Log


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """Witnesses on a slow machine have all the time they need; a round ends when all have answered."""
    monkeypatch.setattr(cosigning, "PATIENCE", 60.0)


@pytest.fixture
def log(tmp_path):
    """A record of 300 entries, published."""
    made = Log(tmp_path / "log")
    made.grow(300)
    return made


@pytest.fixture
def newspaper(tmp_path):
    """``newspaper("export", DIR)``: the verifier alone, in another directory: exit code, sentence."""

    def run(*arguments):
        copy = tmp_path / "elsewhere" / "verifier.py"
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(Path(verifier.__file__).read_bytes())
        done = subprocess.run(
            [sys.executable, "-I", str(copy), *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=copy.parent,
            check=False,
        )
        assert done.stderr == "" or done.returncode == 2
        return done.returncode, done.stdout

    return run


@pytest.fixture
def start_witness(tmp_path):
    """``start_witness("w1", vkey)``: a witness in a process of its own, as ``WitnessAddress``."""
    started = []

    def start(name, log_vkey, port=0):
        command = [sys.executable, "-m", "oversight.ledger.witness", "--name", f"{name}.example"]
        state = tmp_path / "witnesses" / name
        process = subprocess.Popen(
            [*command, "--state", str(state), "--log", log_vkey, "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONWARNINGS": "error"},
        )
        started.append(process)
        key = process.stdout.readline().strip()
        url = re.search(r"http://\S+", process.stdout.readline())[0]
        address = WitnessAddress.parse(f"{name} {key} {url}")
        return address, process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
