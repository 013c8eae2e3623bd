"""Fixtures of the requests room."""

import pytest

from tests import world


@pytest.fixture(autouse=True)
def _published(settings):
    settings.POLICY_PUBLISHED = True


@pytest.fixture
def city(db) -> world.City:
    """The city of the tests."""
    return world.make_city()
