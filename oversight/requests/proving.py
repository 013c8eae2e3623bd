"""No proof, no search: the proof must be of the entry of this very authorization.

The worker is told of one field of one kind of entry, through a function of the database, and does
not believe it: the value must open what the published, signed entry has committed to.
"""

import json
from uuid import UUID

import structlog
from django.db import connection

from oversight.ledger.proofs import Proof, await_proof
from oversight.ledger.selectors import commitments_of
from oversight.ledger.verifier import Refuted, check_opening
from oversight.requests.events import AUTHORIZED

_FIELD = "authorization"

log = structlog.get_logger(__name__)


def prove_authorization(ledger_index: int, authorization: UUID) -> str | None:
    """The proof that the record holds the entry of this authorization; None where it does not.

    For ``RECOGNITION_PROOF_VERIFIER``. Waits as ``await_proof`` does. The entry of another
    authorization, of another kind, or one that was sealed proves nothing, and is logged.
    """
    proof = await_proof(ledger_index)
    if proof is None:
        return None
    if not _is_of(proof, authorization):
        log.critical("requests.proof_of_another_entry", entry=ledger_index)
        return None
    return proof.text


def _is_of(proof: Proof, authorization: UUID) -> bool:
    told = _told(proof.index)
    if told is None or json.loads(proof.entry)["kind"] != AUTHORIZED.number:
        return False
    value, blind = told
    known = {name: commitment.hex() for name, commitment in commitments_of(proof.index).items()}
    try:
        check_opening(proof.entry, known, {_FIELD: {"value": value, "blind": blind.hex()}})
    except Refuted:
        return False
    return bool(json.loads(value) == str(authorization))


def _told(index: int) -> tuple[str, bytes] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value, blind FROM requests_authorization_told(%s)", [index])
        row = cursor.fetchone()
    return (row[0], bytes(row[1])) if row else None
