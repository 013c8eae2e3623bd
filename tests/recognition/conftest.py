"""Fixtures of the machine's tests."""

import pytest

from tests.recognition.engines import photographs


@pytest.fixture(scope="session")
def pack():
    """The folder of the embedded pack."""
    return photographs.embedded_pack()


@pytest.fixture(scope="session")
def engine():
    """The embedded engine."""
    return photographs.embedded_engine()
