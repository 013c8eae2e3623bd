"""The witness that the demonstration's stack starts beside its other programs."""

import subprocess
import sys

import pytest

from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.cosigning import UNREACHABLE
from oversight.site.stack.state import StackError
from oversight.site.stack.witness import own_witness
from tests.ledger.logs import Listed

NAMES = ("OVERSIGHT_LEDGER_ORIGIN", "OVERSIGHT_LEDGER_STATE", "OVERSIGHT_SECRETS")


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    # However slow the machine: a round ends when the witness has answered.
    monkeypatch.setattr("oversight.ledger.cosigning.PATIENCE", 60.0)


@pytest.fixture
def configuration(settings, tmp_path):
    """The record's configuration as the programs of the stack read it, its witness running."""
    own = own_witness(tmp_path)
    told = own.environment
    settings.LEDGER_ORIGIN = told["OVERSIGHT_LEDGER_ORIGIN"]
    settings.LEDGER_WITNESSES = told["OVERSIGHT_LEDGER_WITNESSES"].splitlines()
    settings.LEDGER_QUORUM = int(told["OVERSIGHT_LEDGER_QUORUM"])
    settings.LEDGER_STATE = str(tmp_path / "secrets" / "checkpointer")
    settings.LEDGER_PUBLISHED = str(tmp_path / "ledger")
    command = [sys.executable, *own.program.arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        ready = process.stdout.readline()
        assert own.program.ready in ready
        assert "ready" in ready
        yield Configuration.from_settings(), process
        process.kill()


def test_it_cosigns_what_the_checkpointer_signs_and_its_loss_loses_nothing(configuration):
    settings, process = configuration
    source = Listed([b"first"])
    with Checkpointer(settings, source) as checkpointer:
        [said] = checkpointer.publish().cosignings
        assert (said.name, said.problem) == ("same-machine", "")
        note = (settings.published / "checkpoint").read_bytes()
        assert list(settings.policy().open(note).cosigned) == ["same-machine"]
        process.kill()
        process.wait()
        source.held.append(b"second")
        done = checkpointer.publish()
    assert done.size == 2
    assert done.cosignings[0].problem == UNREACHABLE


def test_keys_stay_and_one_that_was_lost_is_told(tmp_path):
    first, second = own_witness(tmp_path), own_witness(tmp_path)
    keys = [one.environment["OVERSIGHT_LEDGER_WITNESSES"].split()[1] for one in (first, second)]
    assert keys[0] == keys[1]
    (tmp_path / "secrets" / "checkpointer" / "signed.json").write_text("{}")
    (tmp_path / "secrets" / "checkpointer" / "key").unlink()
    with pytest.raises(StackError, match="signing key is missing"):
        own_witness(tmp_path)
