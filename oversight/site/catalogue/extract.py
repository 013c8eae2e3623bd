"""Finds the texts that are marked for translation, in templates and in Python."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation.template import templatize

from oversight.site.paths import BASE_DIR

# Name of the function -> which of its arguments are context, text and plural.
_MARKS: Final[dict[str, tuple[int | None, int, int | None]]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_TEXT: Final = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_MARKED: Final = re.compile(
    rf"(?<!\w)(n?p?gettext|_)\(((?:{_TEXT})(?:\s*,\s*{_TEXT})*)(?:\s*,\s*count)?\)"
)


@dataclass(frozen=True)
class Message:
    """A text as gettext knows it, and where it stands (the place is no part of what it is)."""

    text: str
    plural: str = ""
    context: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a translation is found by."""
        return self.context, self.text


class UnreadableError(ValueError):
    """A marked text is put together at run time, so that no catalogue can hold it."""


def messages_in(paths: Iterable[Path]) -> dict[tuple[str, str], Message]:
    """Every marked text by its key; the plural is kept if any place has one.

    Raises:
        UnreadableError: a text is not a constant; the message names the file and the line.
    """
    found: dict[tuple[str, str], Message] = {}
    for path in paths:
        read = _in_template if path.suffix == ".html" else _in_python
        place = str(path.relative_to(BASE_DIR))
        for message in read(path.read_text(encoding="utf-8"), place):
            if message.text and (message.key not in found or message.plural):
                found[message.key] = message
    return found


def _in_template(source: str, place: str) -> Iterator[Message]:
    # Django writes the template as code that GNU's xgettext could read; we read the same.
    for match in _MARKED.finditer(templatize(source)):
        message = _message(match[1], ast.literal_eval(f"({match[2]},)"), place)
        if message.text.endswith("\\"):
            raise UnreadableError(f"{place}: {message.text!r} is cut off. Write “ ” for quotes.")
        yield message


def _in_python(source: str, place: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        name = _function(node)
        if name not in _MARKS or not isinstance(node, ast.Call):
            continue
        wanted = [position for position in _MARKS[name] if position is not None]
        given = _constants(node.args[: max(wanted) + 1], f"{place}:{node.lineno}")
        if len(given) > max(wanted):
            yield _message(name, given, place)


def _function(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    named = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return str(named).removesuffix("_lazy")


def _constants(arguments: Iterable[ast.expr], place: str) -> list[str]:
    """The texts; fewer than asked for where a variable holds one that is marked elsewhere."""
    found = []
    for node in arguments:
        if isinstance(node, ast.JoinedStr | ast.BinOp):
            raise UnreadableError(
                f"{place}: a marked text is put together. Mark the whole sentence."
            )
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


def _message(name: str, given: Iterable[str], place: str) -> Message:
    texts = list(given)
    context, text, plural = _MARKS[name]
    return Message(
        text=texts[text],
        plural="" if plural is None else texts[plural],
        context="" if context is None else texts[context],
        place=place,
    )
