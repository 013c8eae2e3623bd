"""What all acts of this room share: the moment, the entry, and the database's refusal as words."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from oversight.ledger.registry import EventKind
from oversight.ledger.services import append_entry
from oversight.policy.services.errors import NotAllowedError, held_to_the_rules

__all__ = ["NotAllowedError", "digest_of", "digest_of_facts", "held_to_the_rules", "now", "record"]


def now() -> datetime:
    """This moment, in the city's time zone."""
    return timezone.localtime()


def record(
    event: EventKind, at: datetime, *, public: Mapping[str, Any] | None = None, **committed: Any
) -> int:
    """Append the entry of an act; ``day`` and ``at`` are filled in."""
    return append_entry(
        event=event,
        public={"day": at.date().isoformat(), **(public or {})},
        committed={**committed, "at": at.isoformat()},
    )


def digest_of(data: bytes) -> str:
    """``sha256:`` and the digest of ``data``."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def digest_of_facts(**facts: Any) -> str:
    """The digest of what a row says: JSON with sorted keys, days and sums as text."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return digest_of(text.encode())
