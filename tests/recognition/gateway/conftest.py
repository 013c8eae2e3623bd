"""The machine of the gateway's tests."""

import pytest

from tests.recognition import machine as machines
from tests.recognition.engines import photographs

COMMAND = "recognition.management.commands.gallery"


@pytest.fixture
def machine(live_database, tmp_path, settings, monkeypatch):
    # The record has tests of its own, and so has the wait for its proofs.
    settings.RECOGNITION_PROOF_VERIFIER = None
    # The same engine, not loaded afresh for every test.
    monkeypatch.setattr(f"{COMMAND}.configured_engine", photographs.embedded_engine)
    return machines.build(tmp_path)
