"""Timestamps of the daily checkpoint, from an authority that the test itself runs."""

import shutil
import subprocess
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from oversight.ledger.archive import stream_archive
from oversight.ledger.export import export
from oversight.ledger.stamping import (
    AGAIN_AFTER,
    DailyStamp,
    check_stamp,
    check_stamps,
    read_roots,
    stamp_checkpoint,
)
from oversight.ledger.verifier import Refuted, Unusable
from tests.ledger.logs import Log

DAY = date(2026, 3, 4)
CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha512
[extensions]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
"""

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl's ts command")


class Authority:
    """A certificate authority and its timestamping service, on the loopback."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        self.root = folder / "root.pem"
        self.refuses = False
        (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
        (folder / "serial").write_text("01\n")
        self._certify()
        authority = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self):
                query = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                self.send_response(503 if authority.refuses else 200)
                self.end_headers()
                if not authority.refuses:
                    self.wfile.write(authority.stamp(query))

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server.server_port}/tsa"
        self._thread = threading.Thread(target=self.server.serve_forever)
        self._thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def stamp(self, query):
        (self.folder / "query").write_bytes(query)
        self._openssl(
            *("ts", "-reply", "-queryfile", "query", "-out", "answer", "-config", "tsa.cnf")
        )
        return (self.folder / "answer").read_bytes()

    def _certify(self):
        new = ("req", "-newkey", "rsa:2048", "-nodes", "-config", "/dev/null")
        self._openssl(
            *(*new, "-x509", "-days", "2", "-subj", "/CN=Test root", "-keyout", "root.key"),
            *("-out", "root.pem", "-addext", "basicConstraints=critical,CA:true"),
        )
        self._openssl(*new, "-subj", "/CN=Test TSA", "-keyout", "tsa.key", "-out", "tsa.csr")
        self._openssl(
            *("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-days"),
            *("2", "-CAcreateserial", "-extfile", "tsa.cnf", "-extensions", "extensions"),
            *("-out", "tsa.pem"),
        )

    def _openssl(self, *arguments):
        done = subprocess.run(
            ["openssl", *arguments], cwd=self.folder, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    """Two authorities that do not know each other."""
    made = [Authority(tmp_path_factory.mktemp("tsa") / name) for name in ("one", "two")]
    yield made
    for each in made:
        each.close()


@pytest.fixture
def authority(authorities):
    authorities[0].refuses = False
    return authorities[0]


@pytest.fixture
def stamped(log, authority, monkeypatch):
    """The record, configured to have its checkpoints stamped."""
    configure(monkeypatch, authority.address, authority.root)
    return log


def configure(monkeypatch, address, roots):
    from dataclasses import replace

    plain = Log.configuration.fget
    monkeypatch.setattr(
        Log,
        "configuration",
        property(lambda self: replace(plain(self), timestamps=address, roots=roots)),
    )


def test_a_stamp_is_kept_beside_its_checkpoint_and_openssl_agrees(stamped, authority):
    begun = datetime.now(UTC).replace(microsecond=0)
    stamp = stamp_checkpoint(stamped.configuration, DAY)
    assert begun <= stamp.at <= datetime.now(UTC)
    folder = stamped.published / "timestamps"
    assert (folder / "2026-03-04.checkpoint").read_bytes() == stamped.note()
    assert check_stamps(stamped.configuration) == [stamp]
    subprocess.run(
        ["openssl", "ts", "-verify", "-data", folder / "2026-03-04.checkpoint", "-in",
         folder / "2026-03-04.tsr", "-CAfile", authority.root],
        check=True, capture_output=True,
    )  # fmt: skip


def test_a_stamp_of_another_checkpoint_or_by_a_stranger_is_refuted(stamped, authorities):
    stamp_checkpoint(stamped.configuration, DAY)
    folder = stamped.published / "timestamps"
    note, answer = ((folder / f"{DAY}.{end}").read_bytes() for end in ("checkpoint", "tsr"))
    stranger = read_roots(stamped.configuration)
    check_stamp(note, answer, stranger)
    with pytest.raises(Refuted, match="Mismatch"):
        check_stamp(note + b" ", answer, stranger)
    from cryptography.x509 import load_pem_x509_certificates

    with pytest.raises(Refuted, match="does not verify"):
        check_stamp(note, answer, load_pem_x509_certificates(authorities[1].root.read_bytes()))
    damaged = bytearray(answer)
    damaged[-10] ^= 1
    with pytest.raises((Refuted, Unusable)):
        check_stamp(note, bytes(damaged), stranger)
    (folder / f"{DAY}.checkpoint").write_bytes(note.replace(b"300", b"301", 1))
    with pytest.raises(Refuted):
        check_stamps(stamped.configuration)


def test_what_does_not_verify_is_not_kept(log, authorities, monkeypatch):
    configure(monkeypatch, authorities[0].address, authorities[1].root)
    with pytest.raises(Refuted):
        stamp_checkpoint(log.configuration, DAY)
    assert not (log.published / "timestamps").exists()


def test_stamps_outlive_changed_keys_and_witnesses_and_expose_a_rewritten_record(
    stamped, authority, tmp_path
):
    stamp = stamp_checkpoint(stamped.configuration, DAY)
    with stamped.checkpointer() as running:
        running.memory.replace_key()
        running.memory.retire_old_key()
        running.publish()
    assert check_stamps(stamped.configuration) == [stamp]
    forged = stamped.twin(tmp_path / "twin", [b"forged", *stamped.source.held[1:], b"later"])
    forged.publish()
    shutil.copytree(stamped.published / "timestamps", forged.published / "timestamps")
    with pytest.raises(Refuted, match="not the one that was timestamped on 2026-03-04"):
        check_stamps(forged.configuration)


def test_export_and_archive_hold_the_stamps(stamped, tmp_path):
    stamp_checkpoint(stamped.configuration, DAY)
    export(stamped.published, tmp_path / "copy", stamped.policy)
    for end in ("checkpoint", "tsr"):
        name = f"timestamps/{DAY}.{end}"
        assert (tmp_path / "copy" / name).read_bytes() == (stamped.published / name).read_bytes()
    assert b"record/timestamps/2026-03-04.tsr" in b"".join(stream_archive(stamped.published))


def test_each_day_is_stamped_once_and_a_refusal_is_tried_again_later(stamped, authority):
    now = [datetime(2026, 3, 4, 12, tzinfo=UTC).timestamp()]
    daily = DailyStamp(stamped.configuration, clock=lambda: now[0])
    folder = stamped.published / "timestamps"
    authority.refuses = True
    daily.see_to_it().join(timeout=30)
    assert not folder.exists()
    assert daily.see_to_it() is None
    authority.refuses = False
    now[0] += AGAIN_AFTER
    daily.see_to_it().join(timeout=30)
    assert (folder / "2026-03-04.tsr").exists()
    now[0] += AGAIN_AFTER
    assert daily.see_to_it() is None
    now[0] += 86_400
    daily.see_to_it().join(timeout=30)
    assert [stamp.day.day for stamp in check_stamps(stamped.configuration)] == [4, 5]


def test_it_is_off_unless_configured(log):
    assert DailyStamp(log.configuration).see_to_it() is None
    assert check_stamps(log.configuration) == []
    with pytest.raises(Unusable, match="LEDGER_TSA"):
        stamp_checkpoint(log.configuration, DAY)


def test_the_files_are_served(stamped, client, settings):
    settings.LEDGER_PUBLISHED = str(stamped.published)
    assert client.get(f"/ledger/timestamps/{DAY}.tsr").status_code == 404
    stamp_checkpoint(stamped.configuration, DAY)
    for end in ("tsr", "checkpoint"):
        served = b"".join(client.get(f"/ledger/timestamps/{DAY}.{end}"))
        assert served == (stamped.published / "timestamps" / f"{DAY}.{end}").read_bytes()
