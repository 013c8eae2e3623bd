"""An independent verifier, in another language by other hands, judges what we publish."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from oversight.ledger.export import export
from oversight.ledger.proofs import prove
from oversight.ledger.signing import vkey
from tests.ledger.logs import Log

SOURCE = Path(__file__).parents[3] / "shared" / "tools" / "verify-log" / "verify.go"
MODULES = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/note")

pytestmark = [
    pytest.mark.skipif(not SOURCE.is_file(), reason="../shared/tools/verify-log is not here"),
    pytest.mark.skipif(
        shutil.which("go") is None or not MODULES.is_dir(),
        reason="Go is not installed (Debian: golang-go, golang-golang-x-mod-dev)",
    ),
]


@pytest.fixture(scope="session")
def verify(tmp_path_factory):
    """``verify("log", DIR, POLICY)``: whether the Go verifier accepts, and what it says."""
    program = tmp_path_factory.mktemp("go") / "verify"
    offline = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": ""}
    subprocess.run(
        ["go", "build", "-o", str(program), str(SOURCE)],
        env=os.environ | offline | {"GOPROXY": "off", "CGO_ENABLED": "0"},
        check=True,
    )

    def run(*arguments):
        command = [str(program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout

    return run


@pytest.fixture
def watched(tmp_path, start_witness):
    """A record of 600 entries, cosigned by two of two witnesses, which are real processes."""
    log = Log(tmp_path / "watched")
    log.grow(1)
    key = vkey(log.policy.logs[0])
    log.witnesses = tuple(start_witness(name, key)[0] for name in ("w1", "w2"))
    log.quorum = 2
    log.grow(599)
    return log


def test_it_accepts_an_export_its_proofs_and_its_growth(verify, watched, tmp_path):
    old = tmp_path / "old.checkpoint"
    old.write_bytes(watched.note())
    watched.grow(200)
    copy = tmp_path / "copy"
    export(watched.published, copy, watched.policy)
    accepted, said = verify("log", copy, copy / "policy.txt")
    assert accepted, said
    assert "OK   800 entries hash to the signed root" in said
    assert said.count("cosigned by") == 2
    assert verify("consistency", copy, copy / "policy.txt", old)[0]
    for index in (0, 255, 256, 511, 799):
        proof = prove(index, copy, watched.policy)
        (tmp_path / "entry").write_bytes(proof.entry)
        (tmp_path / "proof").write_text(proof.text)
        accepted, said = verify(
            "proof", copy / "policy.txt", tmp_path / "entry", tmp_path / "proof"
        )
        assert accepted, said


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 1000])
def test_it_accepts_records_of_awkward_sizes(verify, tmp_path, size):
    log = Log(tmp_path / "sized")
    log.grow(size)
    accepted, said = verify("log", log.published, log.published / "policy.txt")
    assert accepted, said


def test_it_refuses_what_our_verifier_refuses(verify, log, tmp_path):
    policy = log.published / "policy.txt"
    old = tmp_path / "old.checkpoint"
    old.write_bytes(log.note())
    twin = log.twin(tmp_path / "twin", [b"forged", *log.source.held[1:]])
    twin.publish()
    assert not verify("checkpoints", policy, old, twin.published / "checkpoint")[0]
    twin.grow(5)
    assert not verify("consistency", twin.published, policy, old)[0]
    (twin.published / "checkpoint").write_bytes(log.note())
    assert not verify("log", twin.published, policy)[0]
    log.grow(10)
    path = log.published / "tile/0/000"
    path.write_bytes(bytes(32) + path.read_bytes()[32:])
    assert not verify("log", log.published, policy)[0]


def test_it_refuses_a_checkpoint_without_its_quorum(verify, watched):
    lines = watched.note().splitlines(keepends=True)
    (watched.published / "checkpoint").write_bytes(b"".join(lines[:-1]))
    accepted, said = verify("log", watched.published, watched.published / "policy.txt")
    assert not accepted
    assert "quorum not reached" in said


def test_it_follows_a_changed_key(verify, log):
    with log.checkpointer() as checkpointer:
        checkpointer.memory.replace_key()
        checkpointer.publish()
    accepted, said = verify("log", log.published, log.published / "policy.txt")
    assert accepted, said
