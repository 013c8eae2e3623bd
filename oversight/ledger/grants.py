"""What each database role may do with the record: read what is public, and append.

No role may write a table, and none may read ``ledger_secret``.
"""

from typing import Final

_READ: Final = {"ledger_entry": "SELECT", "ledger_head": "SELECT", "ledger_kind": "SELECT"}
_APPEND: Final = (
    "ledger_append(integer, jsonb, jsonb)",
    "ledger_append_all(integer, jsonb[], jsonb[])",
)
_COMMITMENTS: Final = "ledger_commitments(bigint)"  # they tell nothing by themselves
_READERS: Final = (_COMMITMENTS, "ledger_open(bigint, text[])")
_TELLING: Final = "ledger_telling(integer[], text, jsonb[])"
_SEALING: Final = (
    "ledger_propose_sealing(bigint, text, text)",
    "ledger_withdraw_sealing(bigint, text, text, text)",
    "ledger_confirm_sealing(bigint, text, text, text)",
    "ledger_place_hold(bigint, text, text, text, text)",
    "ledger_propose_lifting(bigint, text, text)",
    "ledger_lift_hold(bigint, text, text, text, text)",
)

TABLES: Final = {
    "web": {**_READ, "ledger_hold": "SELECT", "ledger_sealing": "SELECT"},
    "worker": _READ,
    "relay": _READ,
    "enroller": _READ,
    "checkpointer": _READ,
}

FUNCTIONS: Final = {
    "web": (*_APPEND, *_READERS, _TELLING, *_SEALING),
    "worker": (*_APPEND, _COMMITMENTS),
    "relay": _APPEND,
    "enroller": _APPEND,
    "checkpointer": _APPEND,
}
