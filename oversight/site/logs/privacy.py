"""What is taken out of every line before it is written.

The texts of exceptions and the addresses of pages can carry what someone typed. A log is read by
more people than a case is, so none of it goes in.
"""

import sys
import traceback
from types import TracebackType
from typing import Any, Final

from structlog.typing import EventDict, WrappedLogger

_OF_VISITORS: Final = ("request", "user_agent", "ip", "user_id")
_OURS: Final = ("oversight", "recognition")
_FRAMES: Final = 12


def without_visitors(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop what tells of a visitor: address line, browser, network address, account."""
    for key in _OF_VISITORS:
        event.pop(key, None)
    return event


def fixed_words_of_others(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Of another library's message keep the fixed words: what it fills in may be anything."""
    if event["_record"].name.partition(".")[0] in _OURS:
        return in_full(logger, method, event)
    event.pop("positional_args", None)
    return event


def in_full(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Fill a message of Python's own logging in."""
    arguments = event.pop("positional_args", None)
    if arguments:
        event["event"] = event["event"] % arguments
    return event


def only_where_it_broke(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and places: ``KeyError`` and ``file:line function``."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exception()
    elif isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        event["raised"] = [_outline(error) for error in _chain(raised)]
    return event


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in found:
        found.append(step)
        step = step.__cause__ or step.__context__
    return found


def _outline(error: BaseException) -> dict[str, Any]:
    return {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": _places(error.__traceback__),
    }


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
