"""Asking witnesses to cosign a checkpoint (c2sp.org/tlog-witness), without waiting for the slow."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop as _

from oversight.ledger.configuration import WitnessAddress
from oversight.ledger.signing import encode, signature_line
from oversight.ledger.verifier import Refuted, parse_note

PATIENCE = (
    1.0  # seconds for all witnesses together, whatever they say: the next search may be waiting
)
_SILENCE: Final = 10.0  # seconds without a byte after which a connection is given up
AHEAD_OF_US: Final = 86_400  # seconds by which a witness's clock may be before ours
_LIMIT: Final = 4096  # bytes of an answer
_CONFLICT: Final = 409

LATE: Final = _("It did not answer in time.")
UNREACHABLE: Final = _("It cannot be reached.")
UNREADABLE: Final = _("Its answer cannot be read.")
REFUSED: Final = _("It refused the checkpoint.")
FOREIGN: Final = _("It answered with the signature of another key.")
EARLY: Final = _("It states a time that has not come yet.")
AHEAD: Final = _("It has seen more entries than there are now.")
FORGETFUL: Final = _("It has forgotten what it had seen before.")
_REFUSALS: Final = {
    403: _("It does not accept the key that signs the record."),
    404: _("It does not watch this record."),
    409: _("It has seen another record of this size."),
    422: _("It says that the record does not continue what it had seen."),
}
PROBLEMS: Final = frozenset(
    {LATE, UNREACHABLE, UNREADABLE, REFUSED, FOREIGN, EARLY, AHEAD, FORGETFUL, *_REFUSALS.values()}
)
"""All that is ever said of a witness in public: sentences of ours, never a witness's own words."""


@dataclass(frozen=True)
class Cosigning:
    """What one witness said.

    Attributes:
        name: the witness.
        size: how many entries it has seen by now.
        line: its signature line, or nothing.
        problem: one of ``PROBLEMS``, or nothing.
        detail: what it or the network said, for the log alone.
    """

    name: str
    size: int
    line: str = ""
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Request:
    """A signed checkpoint to be cosigned, and how to prove that it continues an older size."""

    note: str
    size: int
    prove: Callable[[int], Sequence[bytes]]


class Panel:
    """Asks witnesses, each in a thread of its own; one that is still silent is not asked again.

    A witness that lets its answer drip costs a round ``PATIENCE`` and one thread, however long it does.
    """

    def __init__(self) -> None:
        """Nobody has been asked yet."""
        self._last: dict[str, _Question] = {}

    def collect(
        self, request: Request, witnesses: Sequence[WitnessAddress], seen: Mapping[str, int]
    ) -> list[Cosigning]:
        """Ask all at once; ``seen`` tells the size each was at when last heard of.

        Never raises for a witness's fault, nor waits longer than ``PATIENCE``: an unreachable, slow,
        forgetful or lying witness costs nobody an entry; its problem is in the result.
        """
        deadline = time.monotonic() + PATIENCE
        questions = [self._ask(request, one, seen.get(one.name, 0)) for one in witnesses]
        for question in questions:
            question.join(max(0.0, deadline - time.monotonic()))
        return [question.answer_to(request) for question in questions]

    def _ask(self, request: Request, witness: WitnessAddress, seen: int) -> "_Question":
        last = self._last.get(witness.name)
        if last is None or not (last.is_alive() or last.answer_to(request).line):
            last = self._last[witness.name] = _Question(request, witness, seen)
            last.start()
        return last


class _Question(threading.Thread):
    """One request to one witness, and its answer once that has come."""

    def __init__(self, request: Request, witness: WitnessAddress, seen: int) -> None:
        super().__init__(daemon=True)
        self._request, self._witness, self._seen = request, witness, seen
        self._answer: Cosigning | None = None

    def run(self) -> None:
        """Ask."""
        self._answer = _ask(self._request, self._witness, self._seen)

    def answer_to(self, request: Request) -> Cosigning:
        """What was answered, if it was to this request."""
        if self._answer is None or self._request.note != request.note:
            return Cosigning(self._witness.name, self._seen, problem=LATE)
        return self._answer


def _ask(request: Request, witness: WitnessAddress, seen: int) -> Cosigning:
    problem = detail = ""
    try:
        status, body = _post(witness, request, min(seen, request.size))
        if status == _CONFLICT and (found := re.fullmatch(r"(0|[1-9]\d{0,18})\n", body)):
            at = int(found[1])
            if at > request.size:
                return Cosigning(witness.name, seen, problem=AHEAD, detail=f"says {at}")
            if at < seen:
                problem, detail = FORGETFUL, f"had seen {seen} entries and now says {at}"
            status, body = _post(witness, request, at)
        if status != http.client.OK:
            refusal = _REFUSALS.get(status, REFUSED)
            return Cosigning(witness.name, seen, "", refusal, f"{status}: {body.strip()[:200]}")
        line, odd = _own_line(witness, request, body)
    except ValueError as error:
        return Cosigning(witness.name, seen, "", UNREADABLE, f"{error}"[:200])
    except (OSError, http.client.HTTPException) as error:
        detail = f"{type(error).__name__}: {error}"[:200]
        return Cosigning(witness.name, seen, "", UNREACHABLE, detail)
    size = request.size if line else seen
    return Cosigning(witness.name, size, line, odd or problem, detail)


def _own_line(witness: WitnessAddress, request: Request, body: str) -> tuple[str, str]:
    """The signature line of this witness and of nobody else, or nothing and the problem.

    It is written anew: what else the witness sent, in the name of the log or of another witness,
    would stand in the published checkpoint and make it unreadable for everyone.
    """
    text, _signatures = parse_note(request.note.encode())
    _text, signatures = parse_note(f"{text}\n{body}".encode())
    try:
        stated = witness.key.check(text, signatures)
    except Refuted:
        stated = 0
    if not stated:
        return "", FOREIGN
    if stated > time.time() + AHEAD_OF_US:
        return "", EARLY
    return signature_line(witness.key, signatures[witness.key.name, witness.key.id]), ""


def _post(witness: WitnessAddress, request: Request, old: int) -> tuple[int, str]:
    proof = "".join(f"{encode(node)}\n" for node in request.prove(old))
    place = urlsplit(witness.url)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=_SILENCE)
    try:
        body = f"old {old}\n{proof}\n{request.note}".encode()
        connection.request("POST", f"{place.path}/add-checkpoint", body)
        answer = connection.getresponse()
        return answer.status, answer.read(_LIMIT).decode(errors="replace")
    finally:
        connection.close()
