"""Where in the text of a pack a slip is: for people who edit it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from oversight.policy.engine.packs import PackError

HEADER: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)
RULE: Final = re.compile(r"^[ \t]*\[\[rule\]\]", re.MULTILINE)
NAMED: Final = re.compile(r"cannot be used: ([\w.]+)|`([^`]+)`|“([^”]+)”")
CEDAR: Final = re.compile(r"^[ \t]*cedar[ \t]*=[ \t]*('''|\"\"\"|'|\")\s*", re.MULTILINE)


def place_in(text: str, error: PackError) -> tuple[int, int] | None:
    """Line and column, from 1, of what the error is about; None if the text does not show it.

    It is found by the names in the error: the rule, then its key, its Cedar text, or what is quoted.
    """
    start, end = _block(text, error.place)
    if start is None:
        return None
    if error.within and (cedar := CEDAR.search(text, start, end)):
        line, column = error.within
        inside = text[cedar.end() : end].split("\n")
        at = cedar.end() + sum(len(one) + 1 for one in inside[: line - 1]) + column - 1
        return _line_and_column(text, min(at, len(text)))
    return _line_and_column(text, _named(text, start, end, error))


def _block(text: str, place: str) -> tuple[int | None, int]:
    """Where the table begins and ends that a place such as ``slug/rule.key`` lies in."""
    first = HEADER.search(text)
    head_end = first.start() if first else len(text)
    name = place.partition("/")[2]
    if not name:
        return (0, head_end) if "." in place else (None, 0)
    starts = [found.start() for found in RULE.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        found = re.search(r"^[ \t]*id[ \t]*=[ \t]*[\"']([^\"'\n]+)", text[start:end], re.MULTILINE)
        if found and (name == found[1] or name.startswith(f"{found[1]}.")):
            return start, end
    return None, 0


def _named(text: str, start: int, end: int, error: PackError) -> int:
    """The place of the key, else of what the message quotes, else of the block."""
    for key in error.place.split(".")[::-1]:
        found = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*=", re.MULTILINE).search(
            text, start, end
        )
        if found:
            return found.start() + len(found[0]) - len(found[0].lstrip())
    names = [path or code or word for path, code, word in NAMED.findall(error.message)]
    # A path of a case is the slip itself; of codes in a message the last is the nearest to it.
    names.reverse()
    for name in sorted(names, key=lambda name: f"used: {name}" not in error.message):
        at = text.find(name, start, end)
        if at >= 0:
            return at
    return start


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
