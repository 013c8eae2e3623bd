"""A database with a city and a gallery, made once and copied for each test; commits are real."""

from uuid import uuid4

import pytest
from django.db import connections

from oversight.leads.selectors import places_of
from oversight.site.roles import OWNER, WEB, database_user
from tests.conftest import IN_PROCESS, _administer, _point_at, acting_as
from tests.leads import scene as scenes


@pytest.fixture(autouse=True)
def _published(settings):
    for name, value in scenes.settings_for_searching().items():
        setattr(settings, name, value)


@pytest.fixture(scope="session")
def prepared(database_template, django_db_blocker, tmp_path_factory):
    """The name of a database with the scene in it, and the scene."""
    from django.test import override_settings

    name = f"leads_{uuid4().hex[:12]}"
    _administer(_copy(name, database_template))
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    quickly = override_settings(**IN_PROCESS, **scenes.settings_for_searching())
    with django_db_blocker.unblock(), quickly:
        _point_at(name)
        scene = scenes.build(tmp_path_factory.mktemp("gallery"))
        for alias, earlier in before.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = earlier
    yield name, scene
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def scene(prepared, django_db_blocker):
    """The scene in a database of this test's own; Django acts as the web's role in it."""
    template, scene = prepared
    name = f"leads_{uuid4().hex[:12]}"
    _administer(_copy(name, template))
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock():
        _point_at(name)
        with acting_as(WEB):
            yield scene
        for alias, earlier in before.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = earlier
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


def _copy(name, template):
    return f"CREATE DATABASE {name} TEMPLATE {template} OWNER {database_user(OWNER)}"


@pytest.fixture
def comparison(scene):
    """A search of today that returned three candidates."""
    return scene.search()


@pytest.fixture
def candidates(scene, comparison):
    """The candidates of that search, in no order."""
    examination = scenes.begin(comparison, scene.first)
    return [place.candidate for place in places_of(examination)]
