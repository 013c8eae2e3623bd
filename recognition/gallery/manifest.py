"""Manifests: which photograph shows which subject, and where it comes from.

CSV with a first line of column names, or one JSON object a line; UTF-8. Columns: ``subject`` (the
custodian's reference), ``image`` (a path below the root), and if known ``source`` and
``captured_on`` (YYYY-MM-DD). Other columns are not read. Files are streamed, never held whole.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from recognition.gallery.refusals import LineProblem, LineRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

COLUMNS = {
    "subject": ("subject", "subject_id", "reference"),
    "image": ("image", "path", "file"),
    "source": ("source", "provenance"),
    "captured_on": ("captured_on",),
}
LIMITS = {"subject": 100, "image": 1000, "source": 300, "captured_on": 10}
SUFFIXES = (".csv", ".jsonl")


class ManifestUnusable(Exception):  # noqa: N818  # a state of the file
    """The manifest as a whole cannot be read: what is wrong, and what cures it."""


@dataclass(frozen=True)
class Manifest:
    """A file, its sha256 in hex and the number of its records."""

    path: Path
    sha256: str
    lines: int

    @classmethod
    def open(cls, path: Path) -> Manifest:
        """Read it once to count. Raises ManifestUnusable."""
        if path.suffix.lower() not in SUFFIXES:
            raise ManifestUnusable("A manifest's name ends in .csv or .jsonl.")
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            lines = sum(1 for _ in _records(path))
        except OSError as error:
            raise ManifestUnusable(f"The manifest cannot be read: {error.strerror}.") from error
        except (UnicodeDecodeError, csv.Error) as error:
            raise ManifestUnusable(
                f"The manifest is not UTF-8 text with records: {error}."
            ) from error
        return cls(path, digest, lines)

    def entries(self) -> Iterator[tuple[int, Entry | LineRefused]]:
        """Each record's number, from 1, and what it says or why it cannot be used."""
        for number, record in enumerate(_records(self.path), start=1):
            try:
                yield number, _entry(record)
            except LineRefused as refused:
                yield number, refused


@dataclass(frozen=True)
class Entry:
    """One photograph of one subject."""

    subject: str
    image: str
    source: str
    captured_on: date | None


def _records(path: Path) -> Iterator[Mapping[str, Any] | None]:
    """The records; None for one that cannot be read."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        if path.suffix.lower() == ".jsonl":
            yield from (_json(line) for line in stream if line.strip())
            return
        reader = csv.DictReader(stream)
        names = set(reader.fieldnames or ())
        for column in ("subject", "image"):
            if not names & set(COLUMNS[column]):
                raise ManifestUnusable(f"The first line names no column {column}.")
        yield from reader


def _json(line: str) -> Mapping[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _entry(record: Mapping[str, Any] | None) -> Entry:
    if record is None or None in record:
        raise LineRefused(LineProblem.NOT_A_RECORD)
    texts = {column: _text(record, column) for column in COLUMNS}
    for column in ("subject", "image"):
        if not texts[column]:
            raise LineRefused(LineProblem.MISSING, column=column)
    return Entry(texts["subject"], texts["image"], texts["source"], _date(texts["captured_on"]))


def _text(record: Mapping[str, Any], column: str) -> str:
    value = next((record[name] for name in COLUMNS[column] if record.get(name) is not None), "")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise LineRefused(LineProblem.NOT_A_RECORD)
    value = value.strip()
    if len(value) > LIMITS[column] or not value.isprintable():
        raise LineRefused(LineProblem.UNUSABLE_TEXT, column=column, limit=LIMITS[column])
    return value


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise LineRefused(LineProblem.BAD_DATE) from error
