"""Replacing the signing key in the open: an entry names both keys, and both sign for a while."""

import hashlib

from django.db.transaction import atomic
from django.utils import timezone

from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.events import KEY_CHANGED
from oversight.ledger.services import append_entry
from oversight.ledger.signing import vkey


def rotate_key(checkpointer: Checkpointer, *, reason: str) -> str:
    """Make a new key, record the change, publish; the vkey of the new key.

    The policy then names both keys, and checkpoints carry both signatures: readers who know only
    the old key can follow to the new one.
    """
    checkpointer.publish()
    old, new = checkpointer.memory.replace_key()
    now = timezone.localtime()
    with atomic():
        append_entry(
            event=KEY_CHANGED,
            public={
                "day": now.date().isoformat(),
                "document": f"sha256:{hashlib.sha256(vkey(new.key).encode()).hexdigest()}",
            },
            committed={
                "at": now.isoformat(),
                "old_key": vkey(old.key),
                "new_key": vkey(new.key),
                "reason": reason,
            },
        )
    checkpointer.publish()
    return vkey(new.key)
