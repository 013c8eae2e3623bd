"""The record: appending from several writers and in bulk, importing history, proving, verifying."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from oversight.ledger import verifier
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.proofs import await_proof, prove
from oversight.ledger.services import append_entries, append_entry
from oversight.ledger.status import open_published
from oversight.people import events
from oversight.site.bench.timing import Figures, durations_ms, per_second, percentiles
from oversight.transparency.history import import_history

_SECONDS: Final = 2.0
_WRITERS: Final = 4
_LINES: Final = 10_000
_BATCH: Final = 1_000
_MILLION: Final = 1_000_000

# Runs a program as its own process would, and says what memory it had at most: the kernel's figure
# for children counts what they were forked from.
_WATCHED: Final = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as end:
    if end.code:
        raise
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def appending() -> Figures:
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


def importing_history() -> Figures:
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


def proving() -> Figures:
    """How long a search waits for its proof, from commit; and how long making a proof takes."""
    configuration = Configuration.from_settings()
    waits = durations_ms(lambda: _await(_append()), 20)
    policy, newest = configuration.policy(), open_published(configuration).size - 1
    proofs = durations_ms(lambda: prove(newest, configuration.published, policy), 50)
    return {"ledger": {"proof_wait_ms": percentiles(waits), "proof_ms": percentiles(proofs)}}


def verifying() -> Figures:
    """Check a record of a million entries with the program that outsiders run: time and memory."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        settings_of_it = replace(
            Configuration.from_settings(),
            published=root,
            state=root / "key",
            witnesses=(),
            quorum=0,
        )
        with Checkpointer(settings_of_it, _Numbered(_MILLION)) as checkpointer:
            checkpointer.publish()
        begun = time.perf_counter()
        command = [sys.executable, "-I", "-c", _WATCHED, verifier.__file__, "export", folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - begun
    peak = int(done.stdout.split()[-2]) / 1024
    return {"ledger": {"verify_million_s": round(seconds, 2), "verify_million_mb": round(peak)}}


@dataclass(frozen=True)
class _Numbered:
    """Entries of the usual length, each with its number, as a source for the checkpointer."""

    count: int

    def size(self) -> int:
        return self.count

    def entries(self, start: int, stop: int) -> Iterator[bytes]:
        return (b"%0200d" % index for index in range(start, stop))


def _await(index: int) -> None:
    if await_proof(index) is None:
        raise LookupError("no checkpoint covers the entry: is the checkpointer up?")


def _write(_writer: int) -> float:
    try:
        return per_second(_append, _SECONDS)
    finally:
        connection.close()  # this thread's own


def _append() -> int:
    with transaction.atomic():
        return append_entry(
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
