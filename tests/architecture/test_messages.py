"""Texts in Python that people read are marked for translation."""

import ast

import pytest

from tests.architecture.sources import modules, shown, tree

_TEXT_ARGUMENTS = {"label", "help_text", "verbose_name", "empty_label", "caption", "header"}
_RAISED = {"ValidationError"}
# Commands and the read API have one language: English, which programs and their writers share.
_IN_ENGLISH = {"site", "management", "api"}
_ROOMS = [
    path
    for path in modules("oversight")
    if not _IN_ENGLISH & set(path.parts) and path.stem != "style_guide"
]


def _plain_texts(path):
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        for keyword in node.keywords:
            if keyword.arg in _TEXT_ARGUMENTS and _is_text(keyword.value):
                yield f"{shown(path)}:{node.lineno} {keyword.arg}"
        name = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func)
        if name in _RAISED and node.args and _is_text(node.args[0]):
            yield f"{shown(path)}:{node.lineno} {name}"
        if _is_messages(node.func) and any(_is_text(argument) for argument in node.args):
            yield f"{shown(path)}:{node.lineno} messages.{name}"


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _is_messages(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and _name(node.value) == "messages"


def _is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


@pytest.mark.parametrize("path", _ROOMS, ids=shown)
def test_text_for_people_is_marked(path):
    assert list(_plain_texts(path)) == []


def test_a_marked_text_is_never_put_together_first():
    """``_(f"...")`` cannot be found by the message catalogue."""
    wrong = [
        f"{shown(path)}:{node.lineno}"
        for path in _ROOMS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and _name(node.func) in {"_", "gettext", "gettext_lazy", "ngettext"}
        and any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]
    assert wrong == []
