"""What users wait for, measured through the pages."""

import time
from pathlib import Path
from typing import Final

from django.db import connection

from oversight.site.bench import publications
from oversight.site.bench.timing import Figures, durations_ms, percentiles
from oversight.site.demo.browser import Person
from oversight.site.demo.seeding import Seeded
from oversight.site.demo.story import Story
from oversight.site.stack import Stack

_REQUESTS: Final = 7
_PREVIEWS: Final = 40
_PATIENCE: Final = 60


class Visitors:
    """The people of the demonstration at a running stack."""

    def __init__(self, stack: Stack, seeded: Seeded) -> None:
        self._stack = stack
        self._story = Story(stack.base_url, seeded, lambda _what, act: act())

    def request_to_candidates(self) -> Figures:
        """From the supervisor's click to candidates in the database; and the worker's memory."""
        officer, supervisor = self._story.sign_in("officer"), self._story.sign_in("supervisor")
        samples = [self._one(officer, supervisor, number) for number in range(_REQUESTS)]
        waited = percentiles(samples[1:])  # the first one warms the worker up
        return {
            "request_to_candidates_ms": {"p50": waited["p50_ms"], "p95": waited["p95_ms"]},
            "worker": {"peak_mb": self._peak_mb("worker")},
        }

    def preview(self) -> Figures:
        """How long the form takes to say what the rules would say to the answers so far."""
        ask = self._story.half_asked(self._story.sign_in("officer"), "bench-preview")
        return {"preview": percentiles(durations_ms(ask, _PREVIEWS))}

    def public_pages(self) -> Figures:
        """How many times a second the page of figures is served, and how long a reader waits."""
        return publications.pages(self._story.base_url)

    def _one(self, officer: Person, supervisor: Person, number: int) -> float:
        self._story.ask(officer, source="fixed_cctv_private", case=f"bench-{number}")
        runs, clicked = _runs(), time.perf_counter()
        self._story.sign_off(supervisor)
        while _runs() == runs:
            if time.perf_counter() - clicked > _PATIENCE:
                raise TimeoutError(f"no run after {_PATIENCE} s; see {self._stack.state.logs}")
            time.sleep(0.005)
        return (time.perf_counter() - clicked) * 1000

    def _peak_mb(self, program: str) -> float:
        pid = self._stack.processes[program].pid
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        return round(int(peak) / 1024, 1)


def _runs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM recognition_run")
        return int(cursor.fetchone()[0])
