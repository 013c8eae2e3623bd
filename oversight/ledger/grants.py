"""What each database role may do with the record: read what is public, and append.

No role may write a table, and none may read ``ledger_secret``.
"""

from typing import Final

_READ: Final = {"ledger_entry": "SELECT", "ledger_head": "SELECT", "ledger_kind": "SELECT"}
_APPEND: Final = "ledger_append(integer, jsonb, jsonb)"
_READERS: Final = ("ledger_commitments(bigint)", "ledger_open(bigint, text[])")

TABLES: Final = {
    "web": _READ,
    "worker": _READ,
    "relay": _READ,
    "enroller": _READ,
    "checkpointer": _READ,
}

FUNCTIONS: Final = {
    "web": (_APPEND, *_READERS),
    "worker": (_APPEND,),
    "relay": (_APPEND,),
    "enroller": (_APPEND,),
    "checkpointer": (_APPEND,),
}
