"""The gallery of the lock's tests."""

import pytest

from tests.recognition import scene as scenes


@pytest.fixture
def scene(fresh_database):
    return scenes.build(fresh_database)


@pytest.fixture
def worker(scene):
    with scene.connect("worker") as session:
        yield session
