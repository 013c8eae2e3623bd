"""The suite is shared out so that whole stacks never run side by side (tests/sharing.py)."""

from oversight.site.paths import BASE_DIR
from tests.architecture.sources import committed, shown
from tests.sharing import group_of


def test_everything_that_starts_a_whole_stack_is_run_by_one_process():
    starting = {
        shown(path)
        for path in committed()
        if path.is_relative_to(BASE_DIR / "tests")
        and path.suffix == ".py"
        and " Stack(" in path.read_text(encoding="utf-8")
    } - {"tests/architecture/test_sharing.py"}
    assert len(starting) > 3
    assert {group_of(file) for file in starting} == {"stacks"}


def test_what_shares_nothing_stays_a_file():
    file = "tests/transparency/test_pages.py"
    assert group_of(file) == file
