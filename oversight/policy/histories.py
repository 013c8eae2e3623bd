"""Where past submissions are read from: a room above registers its own at start-up."""

from collections.abc import Iterable
from datetime import date

from oversight.policy.engine.replay import History
from oversight.policy.engine.replayer import Submission, Verdict

__all__ = ["NoHistoryError", "Submission", "Verdict", "history", "register_history"]

_sources: list[History] = []


class NoHistoryError(RuntimeError):
    """No room has registered where past submissions are read from."""


def register_history(source: History) -> None:
    """Let replays read from ``source``: first day and first day left out, oldest first."""
    _sources[:] = [source]


def history(since: date, until: date) -> Iterable[Submission]:
    """Past submissions of these days; raises `NoHistoryError` where nothing is registered."""
    if not _sources:
        raise NoHistoryError("No source of past submissions is registered.")
    return _sources[0](since, until)
