"""Each room has the same furniture, used the same way (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from oversight.site.paths import BASE_DIR
from tests.architecture.sources import Function, functions, modules, shown, tree

_ROOMS = [path for path in modules("oversight") if "site" not in path.parts]


def _part_of(name: str) -> list[Path]:
    return [path for path in _ROOMS if name in (path.stem, path.parent.name)]


def _public(path: Path) -> list[Function]:
    """Functions that other rooms may call: of a folder, those that its front names."""
    front = path.with_name("__init__.py")
    offered = front.read_text(encoding="utf-8") if path.parent.name == "services" else None
    return [
        node
        for node in tree(path).body
        if isinstance(node, Function)
        and not node.name.startswith("_")
        and (offered is None or f'"{node.name}"' in offered)
    ]


@pytest.mark.parametrize("path", _part_of("services"), ids=shown)
def test_services_take_keywords_only(path):
    wrong = [
        f"{function.name}({argument.arg})"
        for function in _public(path)
        for argument in function.args.posonlyargs + function.args.args
    ]
    assert wrong == []


@pytest.mark.parametrize("path", _part_of("services"), ids=shown)
def test_services_are_named_by_what_they_do(path):
    nouns = [function.name for function in _public(path) if "_" not in function.name]
    assert nouns == [], "verb_noun"


@pytest.mark.parametrize(
    "path", [path for path in _part_of("views") if path.name != "__init__.py"], ids=shown
)
def test_views_do_not_write(path):
    """Views call services; a write in a view would have no transaction and no record."""
    writes = {"save", "create", "update", "delete", "bulk_create", "get_or_create", "raw"}
    wrong = [
        f"{node.func.attr} in line {node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writes
        and "objects" in ast.dump(node.func)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", modules("oversight", "recognition"), ids=shown)
def test_models_have_no_side_effects(path):
    """No ``save()`` of our own, no signal handlers that write: a fact is written by a service."""
    saves = [
        f"{node.name}.save"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(item, Function) and _saves(item) for item in node.body)
        and any(_is_model(base) for base in node.bases)
    ]
    assert saves == []


def _saves(function: Function) -> bool:
    """A ``save`` that does something; one that only refuses is a lock."""
    return function.name == "save" and not isinstance(function.body[-1], ast.Raise)


def _is_model(base: ast.expr) -> bool:
    return isinstance(base, ast.Attribute) and ast.unparse(base) == "models.Model"


def test_every_public_module_says_what_it_is_for():
    silent = [
        shown(path)
        for path in modules("oversight", "recognition")
        if path.name != "apps.py"
        and path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def _registered_in(path: Path) -> list[str]:
    """What a module gives to another room while it is imported."""
    called = [
        node.value.func.id
        for node in tree(path).body
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
    ]
    own = {function.name for function in functions(path)}
    return [
        name for name in called if name.startswith(("register_", "connect")) and name not in own
    ]


def test_rooms_are_connected_in_their_seams_and_nowhere_else():
    elsewhere = {shown(path): _registered_in(path) for path in _ROOMS if path.stem != "seams"}
    assert {name: found for name, found in elsewhere.items() if found} == {}
    starting = [
        shown(path)
        for path in _part_of("apps")
        for function in functions(path)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]
    assert starting == [], "an import at the start belongs into seams.py"


def test_every_seam_is_loaded():
    seams = {path.parent for path in modules("oversight", "recognition") if path.stem == "seams"}
    assert seams, "rooms are connected somewhere"
    assert seams <= {Path(app.path) for app in apps.get_app_configs()}


def test_no_room_is_reached_through_django_admin():
    named = [path for path in _ROOMS if path.stem == "admin"]
    assert named == []
    urls = (BASE_DIR / "oversight/site/urls.py").read_text(encoding="utf-8")
    assert "admin.site" not in urls
