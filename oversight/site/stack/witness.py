"""A witness of the stack's own, so that cosigning shows on one machine.

It is no stranger, so it proves nothing to one: in service, others run theirs (docs/decisions/0043).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oversight.ledger.memory import Memory
from oversight.ledger.signing import SigningKey, vkey
from oversight.ledger.verifier import COSIGNER_KEY, Unusable
from oversight.site.stack.programs import Program
from oversight.site.stack.state import StackError, free_port

_ORIGIN: Final = "localhost/oversight/demonstration"
_NAME: Final = "localhost/oversight/witness"


@dataclass(frozen=True)
class OwnWitness:
    """The program, and what the others are told: whom to ask, and to demand its signature."""

    program: Program
    environment: Mapping[str, str]


def own_witness(folder: Path) -> OwnWitness:
    """A witness that keeps its key and memory in ``folder`` / ``witness``, on a free port.

    Raises:
        StackError: a key is damaged, or gone although something was signed with it.
    """
    origin = os.environ.get("OVERSIGHT_LEDGER_ORIGIN", _ORIGIN)
    secrets = Path(os.environ.get("OVERSIGHT_SECRETS", folder / "secrets"))
    state = Path(os.environ.get("OVERSIGHT_LEDGER_STATE", secrets / "checkpointer"))
    try:
        log = vkey(Memory(state, origin).signers()[0].key)
        key = SigningKey.load_or_create(folder / "witness" / "key", _NAME, COSIGNER_KEY).key
    except Unusable as error:
        raise StackError(str(error)) from error
    port = free_port(None)
    arguments = (
        *("-m", "oversight.ledger.witness", "--name", _NAME, "--log", log),
        *("--state", str(folder / "witness"), "--port", str(port)),
    )
    return OwnWitness(
        Program("witness", "", arguments, ready="listening"),
        {
            "OVERSIGHT_LEDGER_ORIGIN": origin,
            "OVERSIGHT_LEDGER_WITNESSES": f"same-machine {vkey(key)} http://127.0.0.1:{port}",
            "OVERSIGHT_LEDGER_QUORUM": "1",
        },
    )
