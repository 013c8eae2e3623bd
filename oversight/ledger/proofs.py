"""Proofs of entries from the published record, as anyone can check them offline."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from oversight.ledger.configuration import Configuration
from oversight.ledger.publication import SIGNED
from oversight.ledger.services import ask_for_checkpoint
from oversight.ledger.signing import encode
from oversight.ledger.tree import TileTree
from oversight.ledger.verifier import (
    PROOF_HEADER,
    TILE,
    Policy,
    Refuted,
    check_proof,
    parse_bundle,
    tile_path,
)

PATIENCE = 3.0  # seconds that a search waits for its checkpoint before it is put back
_POLL = 0.02  # seconds between looks at the published checkpoint

log = structlog.get_logger(__name__)


class NotYetSignedError(LookupError):
    """No published checkpoint covers the entry yet; ask for one and try again."""


@dataclass(frozen=True)
class Proof:
    """An entry's bytes and its c2sp.org/tlog-proof@v1 text, which check out under the policy."""

    index: int
    entry: bytes
    text: str


def prove(index: int, directory: Path, policy: Policy, *, under: str = "checkpoint") -> Proof:
    """The proof of entry ``index`` from the record published in ``directory``.

    It is verified before it is given away, so that no damaged tile ends in a court file. ``under``
    names the file with the checkpoint.

    Raises:
        NotYetSignedError: no checkpoint covers the entry, none is published, or too few witnesses
            have cosigned the newest one yet.
        verifier.Refuted: the published record is damaged or not signed by the log.
    """
    try:
        note = (directory / under).read_bytes()
    except FileNotFoundError:
        raise NotYetSignedError("no checkpoint is published yet") from None
    checkpoint = replace(policy, quorum="none").open(note)
    if not policy.is_reached(policy.quorum, checkpoint.cosigned):
        raise NotYetSignedError("too few witnesses have cosigned the newest checkpoint yet")
    if index >= checkpoint.size:
        raise NotYetSignedError(f"entry {index} is not yet covered: {checkpoint.size} entries are")
    tree = TileTree(lambda path: (directory / path).read_bytes(), checkpoint.size)
    hashes = "".join(f"{encode(node)}\n" for node in tree.prove_inclusion(index))
    text = f"{PROOF_HEADER}\nindex {index}\n{hashes}\n{note.decode()}"
    number, place = divmod(index, TILE)
    width = min(TILE, checkpoint.size - number * TILE)
    path = tile_path("entries", number, width)
    entry = parse_bundle((directory / path).read_bytes(), path, width)[place]
    check_proof(entry, text.encode(), policy)
    return Proof(index, entry, text)


def demand_proof(index: int) -> Proof:
    """The proof of an entry under this installation's settings: no proof, no search.

    The signature of the log is demanded; the quorum of witnesses is the readers' affair, so that
    a slow or unreachable witness holds up no urgent search.

    Raises:
        NotYetSignedError: no checkpoint covers the entry yet.
        verifier.Refuted: what is published does not verify.
    """
    configuration = Configuration.from_settings()
    try:
        policy = configuration.policy()
    except FileNotFoundError:
        raise NotYetSignedError("no checkpoint is published yet") from None
    alone = replace(policy, quorum="none")
    return prove(index, configuration.published, alone, under=SIGNED)


def await_proof(index: int) -> Proof | None:
    """The proof of an entry, asking for a checkpoint where none covers it yet.

    Waits at most ``PATIENCE`` seconds, then gives None: the worker tries again later. A record that does not verify gives None as well, and
    a line in the log: nothing is searched on its word.
    """
    deadline = time.monotonic() + PATIENCE
    has_asked = False
    while time.monotonic() < deadline:
        try:
            return demand_proof(index)
        except Refuted as finding:
            log.critical("ledger.proof_refuted", entry=index, finding=str(finding))
            return None
        except (NotYetSignedError, FileNotFoundError):  # a partial tile was just replaced
            if not has_asked:
                ask_for_checkpoint()
                has_asked = True
            time.sleep(_POLL)
    return None
