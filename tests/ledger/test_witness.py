"""The witness: every rule of add-checkpoint, and what it remembers when it is killed."""

import http.client
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from oversight.ledger.signing import SigningKey, checkpoint_text, encode, vkey
from oversight.ledger.tree import TileTree
from oversight.ledger.verifier import COSIGNER_KEY, LOG_KEY, Policy
from oversight.ledger.witness import REQUEST_LIMIT, Witness
from tests.ledger.logs import Log

STRANGER = SigningKey.from_seed("test.example/record", LOG_KEY, bytes(32))


@pytest.fixture
def witness(tmp_path, log):
    signer = SigningKey.from_seed("w.example", COSIGNER_KEY, bytes([7]) * 32)
    return Witness(signer, log.policy.logs, tmp_path / "witness", clock=lambda: 1_770_000_000)


def request(log, old, note=None, proof=None):
    if proof is None:
        size = int((note or log.note()).split(b"\n")[1])
        tree = TileTree(lambda path: (log.published / path).read_bytes(), size)
        proof = tree.prove_consistency(old)
    lines = "".join(f"{encode(node)}\n" for node in proof)
    return f"old {old}\n{lines}\n".encode() + (note or log.note())


def test_it_cosigns_the_first_checkpoint_and_each_continuation(log, witness):
    answer = witness.add_checkpoint(request(log, 0, proof=[]))
    assert answer.status == 200
    log.grow(50)
    answer = witness.add_checkpoint(request(log, 300))
    assert answer.status == 200
    named = {"w": witness.signer.key}
    opened = Policy(log.policy.logs, named, {}, "w").open(log.note() + answer.body.encode())
    assert opened.cosigned == {"w": 1_770_000_000}


def test_a_stale_old_size_is_told_the_size_last_seen(log, witness):
    witness.add_checkpoint(request(log, 0, proof=[]))
    log.grow(10)
    answer = witness.add_checkpoint(request(log, 0, proof=[]))
    assert (answer.status, answer.body, answer.content_type) == (409, "300\n", "text/x.tlog.size")


def test_the_same_checkpoint_again_is_cosigned_again(log, witness):
    for old in (0, 300):
        assert witness.add_checkpoint(request(log, old, proof=[])).status == 200


def test_a_changed_past_is_refused_and_kept_as_evidence(log, witness, tmp_path):
    witness.add_checkpoint(request(log, 0, proof=[]))
    twin = log.twin(tmp_path / "twin", [b"forged", *log.source.held[1:], b"more"])
    twin.publish()
    answer = witness.add_checkpoint(request(twin, 300))
    assert answer.status == 422
    assert "changed" in answer.body
    [evidence] = (tmp_path / "witness").glob("unproven-301-*")
    assert evidence.read_bytes() == twin.note()
    [before] = (tmp_path / "witness").glob("unproven-300-*")
    assert before.read_bytes() == log.note()
    assert witness.last_seen(log.origin).size == 300


def test_two_roots_of_one_size_are_a_conflict(log, witness, tmp_path):
    witness.add_checkpoint(request(log, 0, proof=[]))
    twin = log.twin(tmp_path / "twin", [b"forged", *log.source.held[1:]])
    twin.publish()
    assert witness.add_checkpoint(request(twin, 300, proof=[])).status == 409
    kept = {path.read_bytes() for path in (tmp_path / "witness").glob("contradiction-300-*")}
    assert kept == {log.note(), twin.note()}


def test_a_stranger_with_a_wrong_proof_makes_no_evidence_against_an_honest_record(
    log, witness, tmp_path
):
    witness.add_checkpoint(request(log, 0, proof=[]))
    log.grow(10)
    assert witness.add_checkpoint(request(log, 300, proof=[bytes(32)])).status == 422
    assert [*(tmp_path / "witness").glob("contradiction-*")] == []


def test_a_record_that_was_rolled_back_is_refused(log, witness):
    old_note = log.note()
    log.grow(10)
    witness.add_checkpoint(request(log, 0, proof=[]))
    assert witness.add_checkpoint(request(log, 310, note=old_note, proof=[])).status == 400
    assert witness.add_checkpoint(request(log, 0, note=old_note, proof=[])).status == 409
    assert witness.last_seen(log.origin).size == 310


def test_unknown_and_unsigned_records_are_refused(log, witness, tmp_path):
    other = Log(tmp_path / "other", origin="other.example/record")
    other.grow(1)
    assert witness.add_checkpoint(request(other, 0, proof=[])).status == 404
    text = checkpoint_text(log.origin, 1, bytes(32))
    strange = f"{text}\n{STRANGER.sign(text)}".encode()
    assert witness.add_checkpoint(request(log, 0, note=strange, proof=[])).status == 403
    edited = log.note().replace(b"\n300\n", b"\n301\n")
    assert witness.add_checkpoint(request(log, 0, note=edited, proof=[])).status == 403
    assert witness.last_seen(log.origin).size == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:0],
        lambda raw: raw.replace(b"old 0", b"old -1"),
        lambda raw: raw.replace(b"old 0", b"old 00"),
        lambda raw: raw.replace(b"old 0\n", b"old 0\n" + b"AA==\n" * 64),
        lambda raw: raw.replace(b"old 0\n", b"old 0\nnot base64\n"),
        lambda raw: raw.replace(b"\xe2\x80\x94", b"--"),
        lambda raw: raw[:-1],
        lambda raw: raw.replace(b"\n300\n", b"\n0300\n"),
        lambda raw: b"\xff" + raw,
    ],
)
def test_malformed_requests_change_nothing(log, witness, spoil):
    assert witness.add_checkpoint(spoil(request(log, 0, proof=[]))).status == 400
    assert witness.last_seen(log.origin).size == 0


def test_proofs_with_spare_or_missing_hashes_are_refused(log, witness):
    witness.add_checkpoint(request(log, 0, proof=[]))
    log.grow(77)
    tree = TileTree(lambda path: (log.published / path).read_bytes(), 377)
    proof = tree.prove_consistency(300)
    for wrong in ([], proof[:-1], [*proof, bytes(32)]):
        assert witness.add_checkpoint(request(log, 300, proof=wrong)).status == 422
    assert witness.add_checkpoint(request(log, 300, proof=proof)).status == 200


def test_what_it_saw_is_on_disk_before_it_answers(log, start_witness, tmp_path):
    address, process = start_witness("w1", vkey(log.policy.logs[0]))
    assert post(address, request(log, 0, proof=[]))[0] == 200
    process.kill()
    process.wait()
    address, process = start_witness("w1", vkey(log.policy.logs[0]))
    assert post(address, request(log, 0, proof=[])) == (409, "300\n")


def test_a_second_witness_on_the_same_memory_does_not_start(log, start_witness, tmp_path):
    start_witness("w1", vkey(log.policy.logs[0]))
    command = [sys.executable, "-m", "oversight.ledger.witness", "--name", "w1.example"]
    done = subprocess.run(
        [
            *command,
            "--state",
            str(tmp_path / "witnesses" / "w1"),
            "--log",
            vkey(log.policy.logs[0]),
        ],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 2
    assert "another process is at work" in done.stderr


def test_over_http_other_paths_and_long_bodies_are_refused(log, start_witness):
    address, _ = start_witness("w1", vkey(log.policy.logs[0]))
    assert post(address, b"x" * (REQUEST_LIMIT + 1))[0] == 413
    assert post(address, b"x", path="/elsewhere")[0] == 404
    assert post(address, b"x")[0] == 400
    assert post(address, b"x", length="\u00b2")[0] == 413


def post(address, body, path="/add-checkpoint", length=None):
    connection = http.client.HTTPConnection(urlsplit(address.url).netloc, timeout=60)
    try:
        headers = {"Content-Length": length.encode("latin-1")} if length else {}
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
