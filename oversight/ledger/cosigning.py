"""Asking witnesses to cosign a checkpoint (c2sp.org/tlog-witness), without waiting for the slow."""

import http.client
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from oversight.ledger.configuration import WitnessAddress
from oversight.ledger.signing import encode
from oversight.ledger.verifier import Refuted, Unusable, parse_note

PATIENCE = 1.0  # seconds for one witness, whatever it says: the next search may be waiting
_CONFLICT = 409


@dataclass(frozen=True)
class Cosigning:
    """What one witness said: the size it has now seen, its signature line, or the problem."""

    name: str
    size: int
    line: str = ""
    problem: str = ""

    def as_json(self) -> dict[str, object]:
        """For the status file."""
        return asdict(self)


@dataclass(frozen=True)
class Request:
    """A signed checkpoint to be cosigned, and how to prove that it continues an older size."""

    note: str
    size: int
    prove: Callable[[int], Sequence[bytes]]


def collect(
    request: Request, witnesses: Sequence[WitnessAddress], seen: dict[str, int]
) -> list[Cosigning]:
    """Ask all witnesses at once; ``seen`` tells the size each was at when last heard of.

    Never raises for a witness's fault: an unreachable, forgetful or lying witness costs nobody an
    entry; its problem is in the result.
    """
    if not witnesses:
        return []
    with ThreadPoolExecutor(len(witnesses)) as pool:
        return list(pool.map(lambda one: _ask(request, one, seen.get(one.name, 0)), witnesses))


def _ask(request: Request, witness: WitnessAddress, seen: int) -> Cosigning:
    problem = ""
    deadline = time.monotonic() + PATIENCE
    try:
        status, body = _post(witness, request, min(seen, request.size), deadline)
        if status == _CONFLICT and (found := re.fullmatch(r"(0|[1-9]\d{0,18})\n", body)):
            at = int(found[1])
            if at > request.size:
                raise Refuted(f"says it has seen {at} entries, more than there are")
            if at < seen:
                problem = f"has forgotten: it had seen {seen} entries and now says {at}"
            status, body = _post(witness, request, at, deadline)
        if status != http.client.OK:
            return Cosigning(
                witness.name, seen, problem=f"refused ({status}): {body.strip()[:200]}"
            )
        _check(witness, request, body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Cosigning(witness.name, seen, problem=f"{type(error).__name__}: {error}"[:200])
    return Cosigning(witness.name, request.size, body, problem)


def _check(witness: WitnessAddress, request: Request, line: str) -> None:
    text, _ = parse_note(request.note.encode())
    _, signatures = parse_note(f"{text}\n{line}".encode())
    if not witness.key.check(text, signatures):
        raise Unusable("answered with the signature of another key")


def _post(witness: WitnessAddress, request: Request, old: int, deadline: float) -> tuple[int, str]:
    proof = "".join(f"{encode(node)}\n" for node in request.prove(old))
    place = urlsplit(witness.url)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    connection = kind(
        place.hostname or "", place.port, timeout=max(deadline - time.monotonic(), 0.01)
    )
    try:
        body = f"old {old}\n{proof}\n{request.note}".encode()
        connection.request("POST", f"{place.path}/add-checkpoint", body)
        answer = connection.getresponse()
        return answer.status, answer.read(4096).decode(errors="replace")
    finally:
        connection.close()
