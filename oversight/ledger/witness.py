"""A witness: a small server that sees every checkpoint and cosigns only an honest continuation.

Anyone can run it: a public defender, a newspaper, a university. It needs Python and the
``cryptography`` package, keeps one file per record it watches, and knows nothing of searches::

    python -m oversight.ledger.witness --name witness.example.org/1 --state DIR --log VKEY

It follows c2sp.org/tlog-witness: ``POST /add-checkpoint`` with the size it last cosigned, a
consistency proof and the new checkpoint. What it has seen is on disk before it answers, so that
no crash makes it cosign two histories. Two signed checkpoints that contradict each other are kept
in the state directory: they are evidence. So is what was not proven to continue the one before.
"""

import argparse
import hashlib
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Never

from oversight.ledger.files import HeldByAnotherError, locked, write_durably
from oversight.ledger.signing import SigningKey, vkey
from oversight.ledger.tree import check_consistency
from oversight.ledger.verifier import (
    COSIGNER_KEY,
    EMPTY_ROOT,
    LOG_KEY,
    Checkpoint,
    Key,
    Refuted,
    decode_base64,
    parse_note,
)

REQUEST_LIMIT = 64 * 1024  # bytes
_HEIGHT = 63  # the tree's greatest: a proof has at most so many hashes
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True)
class Answer:
    """What the witness says: HTTP status, body, and the body's type."""

    status: int
    body: str
    content_type: str = "text/plain; charset=utf-8"


class Witness:
    """Cosigns the checkpoints of known logs, each only as the continuation of the one before."""

    def __init__(
        self,
        signer: SigningKey,
        logs: Iterable[Key],
        state: Path,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``state`` holds what was seen; ``clock`` gives seconds since 1970."""
        self.signer = signer
        self._logs = list(logs)
        self._state = state
        self._clock = clock
        self._one_at_a_time = threading.Lock()

    def add_checkpoint(self, request: bytes) -> Answer:
        """Cosign the checkpoint in the request, or say by status why not.

        200 with the cosignature; 400 malformed, 403 not signed by the log, 404 unknown log,
        409 not the size last seen here (the body says which is), 422 not a continuation.
        """
        try:
            old_size, proof, note = _parse_request(request)
            text, signatures = parse_note(note)
            new = Checkpoint.parse(text)
        except ValueError as error:
            return Answer(400, f"{error}\n")
        keys = [key for key in self._logs if key.name == new.origin]
        if not keys:
            return Answer(404, f"this witness does not watch {new.origin}\n")
        try:
            signed = any(key.check(text, signatures) for key in keys)
        except Refuted as error:
            return Answer(403, f"{error}\n")
        if not signed:
            return Answer(403, f"not signed by {new.origin}\n")
        if old_size > new.size:
            return Answer(400, f"old size {old_size} is above the checkpoint's {new.size}\n")
        with self._one_at_a_time:
            return self._continue(old_size, proof, new, note)

    def _continue(
        self, old_size: int, proof: Sequence[bytes], new: Checkpoint, note: bytes
    ) -> Answer:
        seen = self.last_seen(new.origin)
        if old_size != seen.size:
            return Answer(409, f"{seen.size}\n", SIZE_TYPE)
        try:
            check_consistency(proof, seen, new)
        except Refuted as error:
            self._keep_evidence(seen, new, note)
            if seen.size == new.size:
                return Answer(409, f"{seen.size}\n", SIZE_TYPE)
            return Answer(422, f"{error}\n")
        write_durably(self._file(new.origin), note, mode=0o600)
        return Answer(200, self.signer.sign(new.text, at=int(self._clock())))

    def last_seen(self, origin: str) -> Checkpoint:
        """The last checkpoint of a log that was cosigned here; the empty tree before the first."""
        try:
            return Checkpoint.parse(parse_note(self._file(origin).read_bytes())[0])
        except FileNotFoundError:
            return Checkpoint(origin, 0, EMPTY_ROOT, "")

    def _file(self, origin: str) -> Path:
        return self._state / f"{hashlib.sha256(origin.encode()).hexdigest()}.checkpoint"

    def _keep_evidence(self, seen: Checkpoint, new: Checkpoint, note: bytes) -> None:
        """Both checkpoints. Of one size they contradict each other; else anyone may have sent a bad proof."""
        what = "contradiction" if seen.size == new.size else "unproven"
        notes = [(new, note)]
        if seen.size:
            notes.append((seen, self._file(seen.origin).read_bytes()))
        for one, signed in notes:
            name = f"{what}-{one.size}-{one.root.hex()[:16]}.checkpoint"
            write_durably(self._state / name, signed, mode=0o600)


def _parse_request(request: bytes) -> tuple[int, list[bytes], bytes]:
    head, _, note = request.partition(b"\n\n")
    first, *lines = head.decode().split("\n")
    if not (found := re.fullmatch("old (0|[1-9][0-9]{0,18})", first)) or len(lines) > _HEIGHT:
        raise ValueError("expected: old SIZE, at most 63 hashes, an empty line, a checkpoint")
    return int(found[1]), [decode_base64(line, 32) for line in lines], note


class _Handler(BaseHTTPRequestHandler):
    timeout = 10  # seconds for a slow client
    witness: Witness

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self.path != "/add-checkpoint":
            self._send(Answer(404, "POST /add-checkpoint\n"))
        elif not re.fullmatch("[0-9]{1,6}", length) or int(length) > REQUEST_LIMIT:
            self._send(Answer(413, f"at most {REQUEST_LIMIT} bytes, with Content-Length\n"))
        else:
            self._send(self.witness.add_checkpoint(self.rfile.read(int(length))))

    def do_GET(self) -> None:
        self._send(Answer(200, f"{vkey(self.witness.signer.key)}\n"))

    def _send(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def make_server(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """A server for the witness; port 0 takes a free one."""
    handler = type("Handler", (_Handler,), {"witness": witness})
    return ThreadingHTTPServer((host, port), handler)


def _stop(*_: object) -> Never:
    raise SystemExit(0)


def main(arguments: Sequence[str]) -> int:
    """The command line; serves until it is told to end."""
    shape = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    parser.add_argument("--name", required=True, help="an address without scheme, such as x.org/1")
    parser.add_argument("--state", required=True, type=Path, help="directory for key and memory")
    parser.add_argument("--log", required=True, action="append", help="vkey of a record to watch")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8462)
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    try:
        with locked(given.state / "lock"):
            signer = SigningKey.load_or_create(given.state / "key", given.name, COSIGNER_KEY)
            logs = [Key.parse(line, LOG_KEY) for line in given.log]
            with make_server(Witness(signer, logs, given.state), given.host, given.port) as server:
                host, port = server.server_address[:2]
                sys.stdout.write(
                    f"{vkey(signer.key)}\nready, listening on http://{host!s}:{port}\n"
                )
                sys.stdout.flush()
                server.serve_forever()
    except (ValueError, OSError, HeldByAnotherError) as error:
        sys.stderr.write(f"The witness cannot start: {error}\n")
        return 2
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
