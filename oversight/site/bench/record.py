"""The record: entries from several writers at once, and history from before adoption in bulk."""

import json
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from oversight.ledger.services import append_entries, append_entry
from oversight.people import events
from oversight.site.bench.timing import per_second
from oversight.transparency.history import import_history

_SECONDS: Final = 2.0
_WRITERS: Final = 4
_LINES: Final = 10_000
_BATCH: Final = 1_000


def appending() -> dict[str, object]:
    """Append entries, each in a transaction of its own, as facts do; then a thousand in each."""
    alone = per_second(_append, _SECONDS)
    with ThreadPoolExecutor(_WRITERS) as pool:
        together = sum(pool.map(_write, range(_WRITERS)))
    return {
        "ledger": {
            "appends_per_s": round(alone),
            "appends_per_s_4_writers": round(together),
            "bulk_appends_per_s": round(per_second(_append_many, _SECONDS) * _BATCH),
        }
    }


def importing_history() -> dict[str, object]:
    """Import searches from before adoption from a file: checked, kept, and told to the record."""
    source = f"bench-{time.time_ns()}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.jsonl"
        start = timezone.now() - timedelta(days=700)
        path.write_text("\n".join(_line(number, start) for number in range(_LINES)))
        began = time.perf_counter()
        with path.open("rb") as lines:
            added = import_history(lines=lines, source=source).added
        rate = added / (time.perf_counter() - began)
    return {"history": {"searches_per_s": round(rate)}}


def _write(_writer: int) -> float:
    try:
        return per_second(_append, _SECONDS)
    finally:
        connection.close()  # this thread's own


def _append() -> None:
    with transaction.atomic():
        append_entry(
            event=events.TRAINING_RECORDED,
            public={"agency": settings.AGENCY},
            committed=dict.fromkeys(events.TRAINING_RECORDED.committed),
        )


def _append_many() -> None:
    with transaction.atomic():
        append_entries(
            event=events.TRAINING_RECORDED,
            entries=[
                (
                    {"agency": settings.AGENCY},
                    dict.fromkeys(events.TRAINING_RECORDED.committed, number),
                )
                for number in range(_BATCH)
            ],
        )


def _line(number: int, start: datetime) -> str:
    at = start + timedelta(minutes=number)
    return json.dumps(
        {
            "id": f"search-{number}",
            "requested_at": at.isoformat(timespec="seconds"),
            "agency": settings.AGENCY,
            "purpose": "criminal_investigation",
            "nibrs": "120",
            "decision": "permit",
            "run_at": (at + timedelta(hours=1)).isoformat(timespec="seconds"),
            "candidates": number % 20,
            "subject": {"age_band": "25-34"},
        }
    )
