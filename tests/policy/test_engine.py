"""The engine is pure, and Cedar has one door."""

import ast
from pathlib import Path

from oversight.policy import gate

ROOM = gate.PACKS.parent
ENGINE = sorted((ROOM / "engine").glob("*.py"))
REPOSITORY = ROOM.parents[1]


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def calls_of(path: Path) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }


def test_cedarpy_is_imported_in_exactly_one_module():
    modules = [*REPOSITORY.glob("oversight/**/*.py"), *REPOSITORY.glob("recognition/**/*.py")]
    importers = [path.name for path in modules if "cedarpy" in imports_of(path)]
    assert importers == ["cedar.py"]


def test_the_engine_asks_no_clock():
    clocks = {"now", "utcnow", "today", "time", "time_ns", "perf_counter", "monotonic"}
    assert [path.name for path in ENGINE if clocks & calls_of(path)] == []


def test_only_the_loader_of_the_engine_reads_files():
    readers = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "glob"}
    assert [path.name for path in ENGINE if readers & calls_of(path)] == ["loader.py"]


def test_the_engine_knows_no_chance_and_no_environment():
    barred = {"random", "secrets", "os", "uuid", "django", "subprocess", "socket", "time"}
    assert [path.name for path in ENGINE if barred & imports_of(path)] == []
