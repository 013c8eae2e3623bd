"""From a pack's TOML table to an `Instrument`; every slip is named with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from oversight.policy.engine import vocabulary as v
from oversight.policy.engine.duties import duty_form
from oversight.policy.engine.packs import (
    FIRST_DAY,
    Case,
    Effect,
    Instrument,
    NamedException,
    PackError,
    Rule,
)

T = TypeVar("T")
Table = Mapping[str, Any]

STATUSES = frozenset({"in_force", "sunset", "proposed", "voluntary"})
EVIDENCE = frozenset({"S", "K", "?"})

INSTRUMENT_KEYS = frozenset(
    {
        *("slug", "title", "summary", "citation", "jurisdiction", "authority_level", "status"),
        *("adopted", "sources", "last_verified", "in_force_from", "in_force_until", "binds"),
        *("awaits_counsel", "rule", "exception", "permit", "base"),
    }
)
RULE_KEYS = frozenset(
    {
        *("id", "safeguard", "title", "citation", "evidence", "sources", "last_verified"),
        *("message", "remedy", "in_force_from", "in_force_until", "cedar", "requires", "duty"),
        *("must", "must_not"),
    }
)
CASE_KEYS = frozenset({"name", "set"})
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
CODE = re.compile(r"[a-z0-9_]{2,64}")


def parse_instrument(table: Table, *, text_digest: str = "") -> Instrument:
    """Build an instrument; raise `PackError` with the place and the remedy if it is malformed."""
    slug = _get(table, "slug", str, "pack")
    _no_others(table, INSTRUMENT_KEYS, slug)
    status = _one_of(_get(table, "status", str, slug), STATUSES, f"{slug}.status")
    starts = _day(table, "in_force_from", slug)
    if (starts is None) != (status == "proposed"):
        raise PackError(
            f"{slug}.in_force_from",
            "must be given, except for a proposal",
            "State the first day in force, or set the status to `proposed`.",
        )
    ends = _day(table, "in_force_until", slug)
    _in_order(starts, ends, slug)
    verified = _required_day(table, "last_verified", slug)
    rules = tuple(
        _rule(row, slug, (starts or FIRST_DAY, ends), verified)
        for row in _tables(table, "rule", slug)
    )
    return Instrument(
        slug=slug,
        title=_get(table, "title", str, slug),
        summary=_get(table, "summary", str, slug),
        citation=_get(table, "citation", str, slug),
        jurisdiction=_get(table, "jurisdiction", str, slug),
        authority_level=_get(table, "authority_level", str, slug),
        status=status,
        adopted=_get(table, "adopted", str, slug),
        sources=_texts(table, "sources", slug),
        last_verified=verified,
        in_force_from=starts,
        in_force_until=ends,
        binds=_texts(table, "binds", slug),
        awaits_counsel=_optional_text(table, "awaits_counsel", slug),
        rules=_distinct(rules, slug),
        exceptions=tuple(_exception(row, slug) for row in _tables(table, "exception", slug)),
        permits=dict(_permit(row, slug) for row in _tables(table, "permit", slug)),
        base=_table(table, "base", slug) if "base" in table else {},
        text_digest=text_digest,
    )


def _rule(row: Table, slug: str, span: tuple[date, date | None], verified: date) -> Rule:
    name = _get(row, "id", str, f"{slug}, a rule")
    place = f"{slug}/{name}"
    _no_others(row, RULE_KEYS, place)
    starts = _day(row, "in_force_from", place) or span[0]
    ends = _day(row, "in_force_until", place) or span[1]
    _in_order(starts, ends, place)
    if starts < span[0] or (span[1] and ends and ends > span[1]):
        raise PackError(place, "is in force outside its instrument's days", "Correct the days.")
    return Rule(
        id=place,
        instrument=slug,
        effect=_effect(row),
        safeguard=_one_of(_get(row, "safeguard", str, place), v.SAFEGUARDS, f"{place}.safeguard"),
        title=_get(row, "title", str, place),
        citation=_get(row, "citation", str, place),
        evidence=_one_of(_get(row, "evidence", str, place), EVIDENCE, f"{place}.evidence"),
        sources=_texts(row, "sources", place) if "sources" in row else (),
        last_verified=_day(row, "last_verified", place) or verified,
        message=_get(row, "message", str, place),
        remedy=_optional_text(row, "remedy", place),
        in_force_from=starts,
        in_force_until=ends,
        cedar=_get(row, "cedar", str, place).strip(),
        requires=_requires(row, place),
        duty=duty_form(_table(row, "duty", place), place) if "duty" in row else None,
        must=_cases(row, "must", place),
        must_not=_cases(row, "must_not", place),
    )


def _effect(row: Table) -> Effect:
    if "requires" in row:
        return "require"
    if "duty" in row and row.get("cedar", "").lstrip().startswith("permit"):
        return "duty"
    return "forbid"


def _requires(row: Table, place: str) -> str | None:
    if "requires" not in row:
        return None
    return _one_of(
        _get(row, "requires", str, place), frozenset(v.REQUIREMENTS), f"{place}.requires"
    )


def _cases(row: Table, key: str, place: str) -> tuple[Case, ...]:
    cases = _tables(row, key, place)
    if not cases:
        raise PackError(
            f"{place}.{key}",
            "has no case",
            "Give at least one request that the rule must meet and one that it must not.",
        )
    return tuple(_case(case, f"{place}.{key}") for case in cases)


def _case(case: Table, place: str) -> Case:
    _no_others(case, CASE_KEYS, place)
    changes = _table(case, "set", place)
    name = _get(case, "name", str, place)
    return Case(name, {path: None if v == "null" else v for path, v in changes.items()})


def _exception(row: Table, slug: str) -> NamedException:
    place = f"{slug}, an exception"
    code, citation = _get(row, "code", str, place), _get(row, "citation", str, place)
    if not CODE.fullmatch(code):
        raise PackError(f"{place}.code", "is not a code", "Use a-z, 0-9 and underscores.")
    return NamedException(code, slug, citation, _get(row, "message", str, place))


def _permit(row: Table, slug: str) -> tuple[str, str]:
    place = f"{slug}, a permit"
    return f"{slug}/{_get(row, 'id', str, place)}", _get(row, "cedar", str, place)


def _table(table: Table, key: str, place: str) -> Table:
    value = table.get(key)
    if not isinstance(value, Mapping):
        raise PackError(f"{place}.{key}", "must be a table", f"Write {key} = {{ … }}.")
    return value


def _tables(table: Table, key: str, place: str) -> list[Table]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise PackError(f"{place}.{key}", "must be a list of tables", f"Correct the {key}.")
    return value


def _optional_text(table: Table, key: str, place: str) -> str | None:
    return _get(table, key, str, place) if key in table else None


def _get(table: Table, key: str, kind: type[T], place: str) -> T:
    value = table.get(key)
    if not isinstance(value, kind) or (isinstance(value, str) and not value.strip()):
        raise PackError(f"{place}.{key}", "is missing or empty", f"Give the {key}.")
    if isinstance(value, str) and CONTROL.search(value):
        raise PackError(f"{place}.{key}", "holds a control character", "Remove it.")
    return value


def _texts(table: Table, key: str, place: str) -> tuple[str, ...]:
    value = table.get(key)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise PackError(f"{place}.{key}", "must be a list of texts", f"Give the {key}.")
    return tuple(value)


def _day(table: Table, key: str, place: str) -> date | None:
    value = table.get(key)
    if value is not None and type(value) is not date:
        raise PackError(f"{place}.{key}", "is not a day", "Write it as 2026-03-02, unquoted.")
    return value


def _required_day(table: Table, key: str, place: str) -> date:
    value = _day(table, key, place)
    if value is None:
        raise PackError(f"{place}.{key}", "is missing", f"Give the {key}.")
    return value


def _one_of(value: str, known: frozenset[str], place: str) -> str:
    if value not in known:
        raise PackError(place, f"“{value}” is not known", f"Use one of {', '.join(sorted(known))}.")
    return value


def _no_others(table: Table, known: frozenset[str], place: str) -> None:
    for key in table:
        if key not in known:
            raise PackError(f"{place}.{key}", "is not a known key", "Correct or remove it.")


def _in_order(starts: date | None, ends: date | None, place: str) -> None:
    if starts and ends and ends <= starts:
        raise PackError(place, "ends before it starts", "Correct the days in force.")


def _distinct(rules: tuple[Rule, ...], slug: str) -> tuple[Rule, ...]:
    """Versions of one rule may follow one another, but no two may be in force on one day."""
    ordered = tuple(sorted(rules, key=lambda rule: (rule.id, rule.in_force_from)))
    for one, other in pairwise(ordered):
        if one.id == other.id and one.in_force_from == other.in_force_from:
            raise PackError(one.id, "appears twice", f"Rename one of the rules of {slug}.")
        if one.id == other.id and other.in_force_from < (one.in_force_until or date.max):
            raise PackError(
                one.id,
                f"has two versions in force on {other.in_force_from}",
                "End the first on the day on which the second begins.",
            )
    return ordered
