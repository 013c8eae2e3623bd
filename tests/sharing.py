"""How pytest-xdist shares the suite out over processes. Loaded with ``tests.environment``.

A file's tests stay together, since they share what was made for the file. So do those of a few
folders, which share something dearer: all whole stacks are started by one process, one after the
other, while the others run what needs none. What takes longest begins first, so that no process
is left alone with it at the end.
"""

from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling, Scheduling

_TOGETHER: Final = {
    "tests/journeys/": "stacks",
    "tests/faults/": "stacks",
    "tests/site/test_embedded.py": "stacks",
    "tests/site/test_stack.py": "stacks",
    "tests/accessibility/": "public site",
}
"""What a process runs as a whole, by how addresses of its tests begin; in this order, first."""


class _Shares(LoadFileScheduling):
    """As ``--dist loadfile``, with some files taken together."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(super()._split_scope(nodeid))


def group_of(file: str) -> str:
    """Name what a file belongs to: a group of those above, or itself alone."""
    return next((name for start, name in _TOGETHER.items() if file.startswith(start)), file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what takes long; the rest follows as it was collected."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    starts = list(_TOGETHER)
    return next((n for n, start in enumerate(starts) if nodeid.startswith(start)), len(starts))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Share out by groups, in the order of the collection, where files are to stay together."""
    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return _Shares(config, log)
