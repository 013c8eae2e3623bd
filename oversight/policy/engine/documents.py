"""Facts documents as text: JSON read strictly, so that nothing is dropped in silence."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from oversight.policy.engine.fields import FactsError

LARGEST_DOCUMENT = 1_000_000


def parse_document(text: str) -> Any:
    """One JSON value; raises `FactsError` for bad JSON, a repeated key, NaN and infinities."""
    if len(text) > LARGEST_DOCUMENT:
        raise FactsError("", "is larger than a million characters", "Send one request's facts.")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise FactsError(
            "",
            f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})",
            "Correct it.",
        ) from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, FactsError):
            raise
        raise FactsError(
            "", "is nested too deeply or holds a number too long", "Correct it."
        ) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise FactsError(twice, "is given twice", "Keep one of them.")
    return document


def _no_constant(name: str) -> NoReturn:
    raise FactsError("", f"{name} is not a number in JSON", "Give a number, or null.")
