"""Settings of the record, its checkpointer and its witnesses (oversight.ledger.configuration)."""

import os
from datetime import timedelta

from oversight.site.paths import SECRETS_DIR, VAR_DIR

# The name of the log and of its key: an address without scheme, for ever. Production has its own.
LEDGER_ORIGIN = os.environ.get("OVERSIGHT_LEDGER_ORIGIN", "localhost/oversight/demonstration")

# What /ledger/ serves; any web server may serve it as well.
LEDGER_PUBLISHED = os.environ.get("OVERSIGHT_LEDGER_PUBLISHED", str(VAR_DIR / "ledger"))

# The signing key and what was signed last. Only the checkpointer's process may read it; keep it
# away from the database and its backups: it is what notices that an old backup was restored.
LEDGER_STATE = os.environ.get("OVERSIGHT_LEDGER_STATE", str(SECRETS_DIR / "checkpointer"))

# Checkpoints follow a clock, not the searches: the moment of a checkpoint should tell nothing.
LEDGER_CADENCE = timedelta(seconds=int(os.environ.get("OVERSIGHT_LEDGER_CADENCE", "60")))

# One witness a line: NAME VKEY URL. The quorum is how many of them readers should demand.
LEDGER_WITNESSES = [
    line for line in os.environ.get("OVERSIGHT_LEDGER_WITNESSES", "").splitlines() if line.strip()
]
LEDGER_QUORUM = int(os.environ.get("OVERSIGHT_LEDGER_QUORUM", "0"))

# The authority that timestamps the day's checkpoint (RFC 3161), and a PEM file of the certificates
# that vouch for it. Off unless both are set.
LEDGER_TSA = os.environ.get("OVERSIGHT_LEDGER_TSA", "")
LEDGER_TSA_ROOTS = os.environ.get("OVERSIGHT_LEDGER_TSA_ROOTS", "")

# No proof, no search: the worker asks this with the index of an authorization's entry and its id.
RECOGNITION_PROOF_VERIFIER = "oversight.requests.proving.prove_authorization"
