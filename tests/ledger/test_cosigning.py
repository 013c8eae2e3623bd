"""Witnesses that are slow, silent or hostile: what is published, and what is said of them."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from oversight.ledger import cosigning
from oversight.ledger.configuration import WitnessAddress
from oversight.ledger.signing import SigningKey, signature_line
from oversight.ledger.verifier import COSIGNER_KEY, check_export
from oversight.ledger.witness import Witness

SIGNERS = [SigningKey.from_seed(f"w{n}.example", COSIGNER_KEY, bytes([n]) * 32) for n in (1, 2)]


@contextmanager
def serving(signer, answer):
    """A witness that gives ``answer(body)``, status and text, to every request; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            status, text = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        name = signer.key.name.partition(".")[0]
        try:
            yield WitnessAddress(name, signer.key, f"http://127.0.0.1:{server.server_address[1]}")
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def honest(log, tmp_path):
    """``honest(n)(body)``: what an honest witness answers."""

    def make(number):
        witness = Witness(SIGNERS[number], log.policy.logs, tmp_path / f"w{number}")

        def answer(body):
            said = witness.add_checkpoint(body)
            return said.status, said.body

        return answer

    return make


def problem(log):
    return {one.name: one.problem for one in log.publish().cosignings}


def test_a_witness_that_speaks_for_others_spoils_nobody_s_checkpoint(log, honest):
    """Its own line is taken, and nothing that it sends in the name of the log or of another."""

    def speak_for_all(body):
        status, line = honest(0)(body)
        log_key = log.policy.logs[0]
        forged = [signature_line(key, bytes(72)) for key in (SIGNERS[1].key, log_key)]
        return status, "".join([forged[0], line, forged[1]])

    with serving(SIGNERS[0], speak_for_all) as loud, serving(SIGNERS[1], honest(1)) as quiet:
        log.witnesses, log.quorum = (loud, quiet), 2
        assert set(problem(log).values()) == {""}
    assert [*check_export(log.published, log.policy).cosigned] == ["w1", "w2"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, "The mayor is a crook"), cosigning.REFUSED),
        ((404, "x"), "It does not watch this record."),
        ((422, "x"), "It says that the record does not continue what it had seen."),
        ((409, "9999\n"), cosigning.AHEAD),
        ((409, "two\n"), "It has seen another record of this size."),
        ((200, ""), cosigning.UNREADABLE),
        ((200, "\n\n\n"), cosigning.UNREADABLE),
        ((200, "\u2014 w1.example AAAAAAAA\n"), cosigning.FOREIGN),
        ((200, signature_line(SIGNERS[0].key, bytes(72))), cosigning.FOREIGN),
        ((200, signature_line(SIGNERS[0].key, b"\xff" * 72)), cosigning.FOREIGN),
    ],
)
def test_of_a_witness_that_does_not_cosign_only_sentences_of_ours_are_told(log, answer, said):
    with serving(SIGNERS[0], lambda _: answer) as address:
        log.witnesses = (address,)
        assert problem(log) == {"w1": said}
    assert said in cosigning.PROBLEMS
    assert "mayor" not in (log.published / "status.json").read_text()
    assert check_export(log.published, log.policy).cosigned == {}


def test_a_witness_whose_clock_is_far_ahead_does_not_count(log, tmp_path):
    witness = Witness(SIGNERS[0], log.policy.logs, tmp_path / "w", clock=lambda: 2**33)

    def answer(body):
        said = witness.add_checkpoint(body)
        return said.status, said.body

    with serving(SIGNERS[0], answer) as address:
        log.witnesses = (address,)
        assert problem(log) == {"w1": cosigning.EARLY}


def test_witnesses_are_asked_at_once_and_not_one_after_another(log, honest):
    """The first answers only when the second has been asked."""
    second_asked = threading.Event()

    def wait(body):
        second_asked.wait(60)
        return honest(0)(body)

    def tell(body):
        second_asked.set()
        return honest(1)(body)

    with serving(SIGNERS[0], wait) as slow, serving(SIGNERS[1], tell) as quick:
        log.witnesses = (slow, quick)
        assert set(problem(log).values()) == {""}


def test_a_silent_witness_holds_nobody_up_is_asked_once_and_counts_when_it_answers(
    log, honest, monkeypatch
):
    let_go, asked = threading.Event(), []

    def hang(body):
        asked.append(body)
        let_go.wait(60)
        return honest(0)(body)

    with serving(SIGNERS[0], hang) as address, log.checkpointer() as running:
        running._configuration = replace(log.configuration, witnesses=(address,), quorum=1)
        monkeypatch.setattr(cosigning, "PATIENCE", 0.01)
        for _ in range(3):
            [said] = running.publish().cosignings
            assert said.problem == cosigning.LATE
        assert len(asked) <= 1
        let_go.set()
        running._panel._last["w1"].join()
        [said] = running.publish().cosignings
    assert (said.problem, said.size) == ("", 300)
    assert len(asked) == 1
    assert [*check_export(log.published, log.policy).cosigned] == ["w1"]
