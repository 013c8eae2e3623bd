"""A list of pairs of photographs whose truth is known: CSV or JSON lines.

Three fields: `first` and `second`, paths from the list's own folder, and `mated`, whether both
show one person (true, false, 1 or 0).
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIELDS = ("first", "second", "mated")
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


class PairsUnreadable(ValueError):  # noqa: N818  # says what is wrong with a person's file
    """The list cannot be used; the message names line and field."""


@dataclass(frozen=True)
class Pair:
    """Two photographs, and whether they show one person."""

    first: Path
    second: Path
    mated: bool


def read_pairs(path: Path) -> list[Pair]:
    """All pairs of a `.csv` or `.jsonl` file. Raises PairsUnreadable."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PairsUnreadable(f"{path.name} cannot be read as UTF-8 text.") from error
    rows = _csv_rows(text) if path.suffix == ".csv" else _json_rows(text)
    pairs = [_pair(path.parent, line, row) for line, row in rows]
    if not pairs:
        raise PairsUnreadable(f"{path.name} holds no pairs.")
    return pairs


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(text.splitlines())
    for row in reader:
        yield reader.line_num, row


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, content in enumerate(text.splitlines(), start=1):
        if not content.strip():
            continue
        try:
            row = json.loads(content)
        except ValueError as error:
            raise PairsUnreadable(f"Line {line}: not a JSON object.") from error
        if not isinstance(row, dict):
            raise PairsUnreadable(f"Line {line}: not a JSON object.")
        yield line, row


def _pair(folder: Path, line: int, row: dict[str, Any]) -> Pair:
    for name in FIELDS:
        if row.get(name) in (None, ""):
            raise PairsUnreadable(f"Line {line}: {name} is missing.")
    mated = _TRUTH.get(str(row["mated"]).strip().lower())
    if mated is None:
        raise PairsUnreadable(f"Line {line}: mated must be true or false.")
    return Pair(folder / str(row["first"]), folder / str(row["second"]), mated)
