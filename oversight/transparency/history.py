"""Searches from before adoption: read line by line, checked, and kept as they were told.

The gate never judged them. Lines that are there already are left alone, so that an import can be
run again after a fault; a line that says something else under the same id is refused.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from oversight.ledger.services import append_entries, append_entry
from oversight.requests import codes
from oversight.transparency import events
from oversight.transparency.models import EarlierSearch

_BATCH: Final = 1000
_LINE_LIMIT: Final = 65_536
_NAME_LIMIT: Final = 80
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SUBJECT: Final = ("race", "sex", "age_band")
_PLAIN: Final = (
    *("requested_at", "agency", "unit", "purpose", "nibrs", "probe_source", "decision", "rules"),
    *("signed_off_at", "run_at", "candidates", "lead", "outcome"),
)
_KEYS: Final = frozenset({"id", "subject", *_PLAIN})
_MAX_CANDIDATES: Final = 1_000_000
_YEARS: Final = range(1950, 2101)  # others are slips, and trouble time zones at the ends of time
_PURPOSES: Final = frozenset(codes.PURPOSES)
_NIBRS: Final = frozenset(codes.NIBRS)
_PROBE_SOURCES: Final = frozenset(codes.PROBE_SOURCES)
_DECISIONS: Final = frozenset(EarlierSearch.Decision.values)


class LineError(ValueError):
    """A line that cannot be taken; the message names the field and the remedy."""


@dataclass
class Report:
    """What an import did. ``refused`` pairs line numbers, from 1, with reasons."""

    added: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_history(*, lines: Iterable[bytes], source: str) -> Report:
    """Import JSON lines (contracts, section 8) as the history of ``source``.

    Each batch is a transaction, in which every search gets its own entry in the record; one more
    entry tells of the import. Returns a report; raises LineError only for a source that is not a
    slug of at most 80 characters.
    """
    if len(source) > _NAME_LIMIT or not _SLUG.fullmatch(source):
        raise LineError("--source takes lower-case words joined by hyphens, at most 80 characters.")
    report = Report()
    batch: dict[str, tuple[int, EarlierSearch]] = {}
    for number, search in _read(lines, source, report):
        if search.key in batch:
            _keep(list(batch.values()), source, report)
            batch = {}
        batch[search.key] = (number, search)
        if len(batch) == _BATCH:
            _keep(list(batch.values()), source, report)
            batch = {}
    _keep(list(batch.values()), source, report)
    if report.added:
        _conclude(source, report.added)
    report.refused.sort()
    return report


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long, only enough to see that it is."""
    while line := file.readline(_LINE_LIMIT + 1):
        yield line
        while len(line) > _LINE_LIMIT and not line.endswith(b"\n"):
            line = file.readline(_LINE_LIMIT + 1) or b"\n"


def _read(
    lines: Iterable[bytes], source: str, report: Report
) -> Iterator[tuple[int, EarlierSearch]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, read_line(line, source)
        except LineError as error:
            report.refused.append((number, str(error)))


@transaction.atomic
def _keep(batch: list[tuple[int, EarlierSearch]], source: str, report: Report) -> None:
    keys = [search.key for _, search in batch]
    known = {e.key: e for e in EarlierSearch.objects.filter(source=source, key__in=keys)}
    fresh = []
    for number, search in batch:
        there = known.get(search.key)
        if there is None:
            fresh.append(search)
        elif _told(there) == _told(search):
            report.known += 1
        else:
            reason = f"id: {search.key!r} was imported before and said something else"
            report.refused.append((number, reason))
    if fresh:
        EarlierSearch.objects.bulk_create(fresh)
        _record(fresh)
        report.added += len(fresh)


def _record(fresh: Sequence[EarlierSearch]) -> None:
    """One entry for each search: it can be proven, compared and sealed without the others."""
    told = EarlierSearch.objects.filter(pk__in=[search.pk for search in fresh]).order_by("pk")
    public = {"agency": settings.AGENCY, "day": timezone.localdate().isoformat()}
    at = timezone.now().isoformat()
    append_entries(
        event=events.EARLIER_SEARCH_IMPORTED,
        entries=[
            (public, {"search": pk, "told": what, "at": at})
            for pk, what in told.values_list("pk", events.EARLIER_SEARCH_TOLD)
        ],
    )


@transaction.atomic
def _conclude(source: str, searches: int) -> None:
    append_entry(
        event=events.EARLIER_SEARCHES_IMPORTED,
        public={"agency": settings.AGENCY, "day": timezone.localdate().isoformat()},
        committed={"source": source, "searches": searches, "at": timezone.now().isoformat()},
    )


def _told(search: EarlierSearch) -> dict[str, Any]:
    return {name: getattr(search, name) for name in ("source", "key", *_PLAIN, *_SUBJECT)}


def read_line(line: bytes, source: str) -> EarlierSearch:
    """Return one line as a row that is not saved yet; raises LineError."""
    told = _object(line)
    subject = _mapping(told, "subject")
    requested_at = _moment(told, "requested_at")
    if requested_at is None:
        raise LineError("requested_at: without it the search belongs to no period; give a time")
    search = EarlierSearch(
        source=source,
        key=_text(told, "id", 80) or _missing("id"),
        day=requested_at.date(),
        requested_at=requested_at,
        agency=_matching(told, "agency", _SLUG, 64),
        unit=_text(told, "unit", 200),
        purpose=_code(told, "purpose", _PURPOSES),
        nibrs=_code(told, "nibrs", _NIBRS),
        probe_source=_code(told, "probe_source", _PROBE_SOURCES),
        decision=_code(told, "decision", _DECISIONS) or "unknown",
        rules=_rules(told),
        signed_off_at=_moment(told, "signed_off_at"),
        run_at=_moment(told, "run_at"),
        candidates=_count(told, "candidates"),
        lead=_truth(told, "lead"),
        outcome=_text(told, "outcome", 200),
        **{name: _text(subject, name, 40) for name in _SUBJECT},
    )
    if search.lead and search.candidates == 0:
        raise LineError("lead: true, but candidates is 0; correct one of them, or give null")
    return search


def _object(line: bytes) -> Mapping[str, Any]:
    if len(line) > _LINE_LIMIT:
        raise LineError(f"the line has more than {_LINE_LIMIT} bytes")
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        raise LineError("the line is not a JSON object in UTF-8") from None
    if not isinstance(told, dict):
        raise LineError("the line is not a JSON object")
    if unknown := sorted(set(told) - _KEYS):
        raise LineError(f"{unknown[0]}: unknown key; take it out")
    return told


def _missing(name: str) -> str:
    raise LineError(f"{name}: missing; every line needs one")


def _mapping(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = told.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict) or set(value) - set(_SUBJECT):
        raise LineError(f"{name}: give an object with race, sex and age_band, or null")
    return value


def _text(told: Mapping[str, Any], name: str, limit: int) -> str | None:
    value = told.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        value = str(value)
    if not isinstance(value, str) or len(value) > limit or not value.isprintable():
        raise LineError(f"{name}: give one line of text of at most {limit} characters, or null")
    return value


def _matching(told: Mapping[str, Any], name: str, form: re.Pattern[str], limit: int) -> str | None:
    value = _text(told, name, limit)
    if value is not None and not form.fullmatch(value):
        raise LineError(f"{name}: {value!r} is no slug; use lower-case words joined by hyphens")
    return value


def _code(told: Mapping[str, Any], name: str, known: frozenset[str]) -> str | None:
    value = _text(told, name, 40)
    if value is not None and value not in known:
        raise LineError(f"{name}: {value!r} is not a known code; use one, or null")
    return value


def _rules(told: Mapping[str, Any]) -> list[str]:
    value = told.get("rules") or []
    if not isinstance(value, list) or not all(_is_rule(rule) for rule in value):
        raise LineError("rules: give a list of rule names of at most 80 characters")
    return value


def _is_rule(rule: object) -> bool:
    return isinstance(rule, str) and 0 < len(rule) <= _NAME_LIMIT and rule.isprintable()


def _moment(told: Mapping[str, Any], name: str) -> datetime | None:
    value = _text(told, name, 40)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise LineError(f"{name}: {value!r} is no RFC 3339 time with an offset")
    if moment.year not in _YEARS:
        raise LineError(f"{name}: {value!r} is not in the years {_YEARS[0]} to {_YEARS[-1]}")
    return moment


def _count(told: Mapping[str, Any], name: str) -> int | None:
    value = told.get(name)
    if value is None or (type(value) is int and 0 <= value <= _MAX_CANDIDATES):
        return value
    raise LineError(f"{name}: give a whole number, or null")


def _truth(told: Mapping[str, Any], name: str) -> bool | None:
    value = told.get(name)
    if value is None or type(value) is bool:
        return value
    raise LineError(f"{name}: give true or false, or null")
