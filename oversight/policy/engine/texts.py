"""What the Cedar text of a rule may hold, checked before the rule is ever evaluated."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from oversight.policy.engine import cedar
from oversight.policy.engine.packs import Effect, PackError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oversight.policy.engine.reference import Reference

TOKEN: Final = re.compile(r"\s+|//[^\n]*|\"(?:[^\"\\]|\\.)*\"|\w+|::|&&|\|\||[=!<>]=|.", re.DOTALL)
QUOTED: Final = re.compile(r"[`']([^`']+)[`']")
ARITHMETIC: Final = frozenset({"+", "-", "*", "neg"})
OURS: Final = re.compile(r"^for policy `policy0`[:,]\s*")
LONGEST: Final = 20_000
DEEPEST: Final = 50
"""Brackets within brackets."""
UNFINISHED: Final = "unexpected end of input"


def read_policy(text: str, place: str) -> dict[str, Any]:
    """The policy in Cedar's JSON form; `PackError` with line and column for bad syntax."""
    if len(text) > LONGEST:
        raise PackError(place, "is longer than 20,000 characters", "Divide the rule.")
    if _depth(text) > DEEPEST:
        # Cedar's parser would exhaust the stack, which ends the process.
        raise PackError(place, "is nested too deeply", "Divide the rule.")
    try:
        return cedar.parse_policy(text)
    except cedar.TemplateError as error:
        raise PackError(
            place, "is a template, which would never apply", "Name what the slots stand for."
        ) from error
    except cedar.CedarError as error:
        line, column = _position(text, str(error))
        raise PackError(
            place,
            f"line {line}, column {column} of the Cedar text: {error}",
            "Correct the Cedar text.",
            within=(line, column),
        ) from error


def check_text(
    text: str, effect: Effect, place: str, world: cedar.World, reference: Reference
) -> None:
    """Raise `PackError` unless the text is one that can be trusted to speak when it must.

    It forbids (a prohibition) or permits (an obligation), passes strict validation, names no
    government or agency that is not known, and does no arithmetic, which could overflow.
    """
    policy = read_policy(text, place)
    expected = "forbid" if effect == "forbid" else "permit"
    if policy["effect"] != expected:
        raise PackError(
            place,
            f"its text says `{policy['effect']}` where `{expected}` belongs",
            "A rule that refuses forbids; one with `requires` or a duty permits.",
        )
    try:
        cedar.compile_policies({place: policy})
    except cedar.CedarError as error:
        raise PackError(place, "is nested too deeply", "Divide the rule.") from error
    for node in _nodes(policy):
        _check_node(node, place, reference)
    for slip in cedar.validation_errors(text, world):
        raise PackError(place, OURS.sub("", slip), "Correct the Cedar text.")


def _check_node(node: dict[str, Any], place: str, reference: Reference) -> None:
    known = {"Government": reference.governments, "Agency": reference.agencies}
    kind, slug = node.get("type"), node.get("id")
    if kind in known and slug not in known[kind]:
        raise PackError(
            place, f"names an unknown {kind}, “{slug}”", "Correct it, or add it to agencies.toml."
        )
    if node.keys() & ARITHMETIC:
        raise PackError(
            place,
            "does arithmetic, which can overflow and silence the rule",
            "Compare with a constant instead.",
        )


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for item in node.values():
            yield from _nodes(item)
    elif isinstance(node, list):
        for item in node:
            yield from _nodes(item)


def _depth(text: str) -> int:
    """How deeply brackets stand within brackets, those in strings and comments left out."""
    deepest = depth = 0
    for token in TOKEN.finditer(text):
        depth += (token[0] in set("([{")) - (token[0] in set(")]}"))
        deepest = max(deepest, depth)
    return deepest


def _position(text: str, message: str) -> tuple[int, int]:
    """Line and column of what Cedar's message is about.

    Cedar names a token but not its place. The text goes wrong at the first token with which it can
    no longer become a policy; what the message quotes is that token or the last of its kind before.
    """
    tokens = [token for token in TOKEN.finditer(text) if not token[0].isspace()]
    # Once a beginning can become no policy, no longer one can.
    wrong = bisect_left(tokens, x=True, key=lambda token: not _may_go_on(text[: token.end()]))
    read = tokens[: wrong + 1]
    quoted = set(QUOTED.findall(message))
    meant = next((token for token in reversed(read) if token[0] in quoted), None)
    found = meant or (read[-1] if read else None)
    at = found.start() if found else 0
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _may_go_on(beginning: str) -> bool:
    try:
        cedar.parse_policy(beginning)
    except cedar.CedarError as error:
        return UNFINISHED in str(error)
    return True
