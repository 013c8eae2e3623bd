"""Facts documents as text: JSON read strictly, so that nothing is dropped in silence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oversight.policy.engine.fields import FactsError, join, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_DOCUMENT = 1_000_000


@dataclass(frozen=True, slots=True)
class _Fault:
    """Stands in a document where JSON was broken, until its path is known."""

    message: str
    remedy: str


def parse_document(text: str | bytes) -> Any:
    """One JSON value, from text or UTF-8 (a byte order mark is passed over).

    Raises `FactsError` for bad JSON, and, with the path, for a repeated key, NaN and infinities.
    """
    if len(text) > LARGEST_DOCUMENT:
        raise FactsError("", "is larger than a million characters", "Send one request's facts.")
    faults: list[_Fault] = []
    try:
        document = json.loads(
            _decoded(text),
            object_pairs_hook=lambda pairs: _object(pairs, faults),
            parse_constant=lambda name: _constant(name, faults),
        )
        if faults:
            path, fault = next(_places(document, ""))
            raise FactsError(path, fault.message, fault.remedy)
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
    return document


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FactsError(
            "", f"is not UTF-8 text: {error.reason}, at byte {error.start}", "Save it as UTF-8."
        ) from error


def _object(pairs: list[tuple[str, Any]], faults: list[_Fault]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for key, value in pairs:
        if key in document:
            faults.append(_Fault("is given twice", "Keep one of them."))
            document[key] = faults[-1]
        else:
            document[key] = value
    return document


def _constant(name: str, faults: list[_Fault]) -> _Fault:
    faults.append(_Fault(f"{name} is not a number in JSON", "Give a number, or null."))
    return faults[-1]


def _places(node: Any, path: str) -> Iterator[tuple[str, _Fault]]:
    if isinstance(node, _Fault):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _places(value, join(path, printable(key)))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _places(value, f"{path}[{index}]")
