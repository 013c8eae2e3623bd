"""Files and functions stay small enough to be read at one sitting."""

import statistics

from tests.architecture.sources import Function, functions, modules, shown

CODE = ("oversight", "recognition")
FILE_CAP, FUNCTION_CAP = 400, 50
# Handed to outsiders as one file that runs alone, with nothing of ours beside it.
STANDS_ALONE = {"oversight/ledger/verifier.py": 500}


def _lines(function: Function) -> int:
    first = function.decorator_list[0].lineno if function.decorator_list else function.lineno
    return (function.end_lineno or first) - first + 1


def test_no_file_is_over_its_cap():
    over = {
        shown(path): lines
        for path in modules(*CODE, "tests")
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > STANDS_ALONE.get(shown(path), FILE_CAP)
    }
    assert over == {}, f"split these (cap {FILE_CAP} lines): {over}"


def test_no_function_is_over_its_cap():
    over = {
        f"{shown(path)}:{function.lineno} {function.name}": _lines(function)
        for path in modules(*CODE)
        for function in functions(path)
        if _lines(function) > FUNCTION_CAP
    }
    assert over == {}, f"split these (cap {FUNCTION_CAP} lines): {over}"


def test_the_whole_is_made_of_small_things():
    files = [len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*CODE)]
    lengths = [_lines(function) for path in modules(*CODE) for function in functions(path)]
    assert statistics.quantiles(files, n=10)[-1] < 250, "90% of files are under 250 lines"
    assert statistics.median(lengths) <= 9, "half of all functions have 9 lines or fewer"
    assert statistics.quantiles(lengths, n=10)[-1] <= 25, "90% of functions have 25 or fewer"


def test_no_file_is_a_drawer_for_everything():
    drawers = {"utils", "helpers", "common", "misc", "lib", "tools"}
    assert [shown(path) for path in modules(*CODE, "tests") if path.stem in drawers] == []


def test_no_package_is_a_drawer_for_everything():
    drawers = {"utils", "helpers", "common", "misc", "lib", "tools"}
    assert [shown(path) for path in modules(*CODE, "tests") if drawers & set(path.parts)] == []
