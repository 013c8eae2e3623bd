"""The project's own files, and their syntax trees, for the tests that read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from oversight.site.paths import BASE_DIR

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def committed() -> tuple[Path, ...]:
    """Return every file that git knows or would take, without what it ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=BASE_DIR,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(sorted(BASE_DIR / name for name in names if name and (BASE_DIR / name).is_file()))


@cache
def modules(*roots: str) -> tuple[Path, ...]:
    """Return the Python files below folders of the checkout, migrations apart."""
    return tuple(
        path
        for path in committed()
        if path.suffix == ".py"
        and path.relative_to(BASE_DIR).parts[0] in roots
        and "migrations" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Yield every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def templates() -> tuple[Path, ...]:
    """Return every page and component template."""
    return tuple(path for path in committed() if path.suffix in {".html", ".txt"} and _is_one(path))


def _is_one(path: Path) -> bool:
    parts = path.relative_to(BASE_DIR).parts
    return "templates" in parts and parts[0] != "tests"


def shown(path: Path) -> str:
    """Return a file's name as a reader of the checkout knows it."""
    return str(path.relative_to(BASE_DIR))
