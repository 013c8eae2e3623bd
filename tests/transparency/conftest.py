"""Fixtures of the transparency room."""

import json

import pytest

from oversight.transparency.history import import_history
from tests.transparency.rows import Office


@pytest.fixture
def office(db):
    return Office()


@pytest.fixture
def told(db):
    """Import lines as the history of a source."""

    def tell(lines, source="old-system"):
        return import_history(lines=[json.dumps(line).encode() for line in lines], source=source)

    return tell
