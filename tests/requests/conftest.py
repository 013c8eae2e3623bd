"""Fixtures of the requests room."""

import pytest

from tests import world


@pytest.fixture(autouse=True)
def _published(settings):
    """The use policy stands on the city's site."""
    settings.POLICY_PUBLISHED = True
    # No checkpointer runs here; that the worker demands a proof is tested with the gateway.
    settings.RECOGNITION_PROOF_VERIFIER = None


@pytest.fixture
def city(db) -> world.City:
    """The city of the tests."""
    return world.make_city()
