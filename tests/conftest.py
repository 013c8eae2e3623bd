"""Fixtures for every room: the database as each role sees it."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from django.conf import settings as site
from django.db import connection, connections
from django.db.backends.base.creation import TEST_DATABASE_PREFIX

from oversight.policy.standing import files_only
from oversight.site.database.address import address_of
from oversight.site.database.bootstrap import database_address
from oversight.site.roles import OWNER, WEB, database_user

# No property depends on how fast a machine is. Where CI is set, Hypothesis draws the same examples
# in each run of the same tests; elsewhere new ones.
hypothesis.settings.register_profile(
    "house",
    parent=hypothesis.settings.get_profile(hypothesis.settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """While tests are collected there is no database: the packs in files are all the law."""
    with files_only():
        return (yield)


@contextmanager
def acting_as(role: str, *, using: str = "default") -> Iterator[None]:
    """Let the database hold us to the privileges of a service role, or to the owner's."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user")
        (before,) = cursor.fetchone()
        cursor.execute(f"SET ROLE {database_user(role)}")
    try:
        yield
    finally:
        if not connections[using].needs_rollback:
            with connections[using].cursor() as cursor:
                cursor.execute(f"SET ROLE {before}")


@pytest.fixture
def as_role():
    """``with as_role("worker"):`` what that role may not do fails as it would in service."""
    return acting_as


@pytest.fixture(autouse=True)
def _as_the_web(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that use the database act as the web's role, so that a missing grant shows."""
    marked = request.node.get_closest_marker("django_db")
    if marked is None and "db" not in request.fixturenames:
        # Without a database, the packs in files are all the law.
        real = {"live_database", "shared_database"} & set(request.fixturenames)
        with nullcontext() if real else files_only():
            yield
        return
    request.getfixturevalue("db")
    with acting_as(WEB):
        yield


IN_PROCESS: Final[dict[str, Any]] = {
    # Pages in process need no collected files; the stack's tests use the real manifest.
    "STORAGES": {
        **site.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    # As cheap as Django can: the slow hash is Django's to test, and costs seconds here.
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}
"""Settings of every test; fixtures of a module or a session need them said."""


@pytest.fixture(autouse=True)
def _in_process(settings) -> None:
    for name, value in IN_PROCESS.items():
        setattr(settings, name, value)


@dataclass(frozen=True)
class FreshDatabase:
    """A migrated database of its own, for tests that commit or use several connections."""

    name: str

    def url(self, role: str) -> str:
        """Address for ``role``; ``owner`` is the administrator, who may SET ROLE."""
        return database_address(address_of(role), self.name)

    def connect(self, role: str, *, autocommit: bool = True) -> psycopg.Connection:
        """Connect as ``role`` really does: under its own name and password."""
        connection = psycopg.connect(self.url(role), autocommit=autocommit)
        if role == OWNER:
            connection.execute(f"SET ROLE {database_user(OWNER)}")
        return connection


@pytest.fixture(scope="session")
def database_template(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A copy of the migrated test database, to which nobody ever connects."""
    with django_db_blocker.unblock():
        if not connection.settings_dict["NAME"].startswith(TEST_DATABASE_PREFIX):
            # pytest-django makes none for a run in which no test asks for it by marker.
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        name = f"{connection.settings_dict['NAME']}_template"
        connection.close()
        _administer(
            f"DROP DATABASE IF EXISTS {name}",
            f"CREATE DATABASE {name} TEMPLATE {connection.settings_dict['NAME']}"
            f" OWNER {database_user(OWNER)}",
        )
        yield name
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def fresh_database(database_template: str, django_db_blocker) -> Iterator[FreshDatabase]:
    """A database that only this test sees. Django's default connection is not on it."""
    with _copied(database_template) as database:
        yield database


@contextmanager
def _copied(database_template: str) -> Iterator[FreshDatabase]:
    name = f"fresh_{uuid4().hex[:12]}"
    _administer(
        f"CREATE DATABASE {name} TEMPLATE {database_template} OWNER {database_user(OWNER)}",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
    )
    users = ", ".join(
        database_user(role)
        for role in ("web", "worker", "relay", "enroller", "checkpointer", "public")
    )
    _administer(f"GRANT CONNECT ON DATABASE {name} TO {users}")
    yield FreshDatabase(name)
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def live_database(fresh_database: FreshDatabase, django_db_blocker) -> Iterator[FreshDatabase]:
    """As ``fresh_database``, with Django's own connections pointed at it: commits are real.

    Django connects as the owner here; use ``as_role`` to act as a service.
    """
    with _pointed_at(fresh_database, django_db_blocker):
        yield fresh_database


@pytest.fixture(scope="module")
def shared_database(database_template: str, django_db_blocker) -> Iterator[FreshDatabase]:
    """As ``live_database``, for all tests of a module: fill it once, and only read then."""
    with _copied(database_template) as database, _pointed_at(database, django_db_blocker):
        yield database


@contextmanager
def _pointed_at(database: FreshDatabase, django_db_blocker) -> Iterator[None]:
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock():
        _point_at(database.name)
        yield
        for alias, name in before.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name


def _point_at(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _administer(*statements: str) -> None:
    with psycopg.connect(database_address(address_of(OWNER), "postgres"), autocommit=True) as admin:
        for statement in statements:
            admin.execute(statement)


__all__ = ["FreshDatabase", "acting_as"]
