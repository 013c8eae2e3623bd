"""Where processes connect, and what happens when a secret is not there."""

import os

import pytest

from oversight.site.broker import broker_address
from oversight.site.database.address import address_of
from oversight.site.secrets import SecretMissingError, secret


@pytest.fixture(autouse=True)
def given(monkeypatch):
    for name in ("db-web", "db-admin", "broker"):
        monkeypatch.setenv(f"OVERSIGHT_SECRET_{name.upper().replace('-', '_')}", f"{name}/1")
    for name in ("DATABASE_URL", "DATABASE_URL_WEB", "BROKER_URL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_a_place_gets_the_roles_own_name_and_secret(given):
    given.setenv("DATABASE_URL_WEB", "postgresql://database:5432/oversight")
    assert address_of("web") == "postgresql://oversight_web:db-web%2F1@database:5432/oversight"


def test_a_whole_address_is_taken_as_it_is(given):
    given.setenv("DATABASE_URL_WEB", "postgresql://pooler:secret@database/oversight")
    assert address_of("web") == "postgresql://pooler:secret@database/oversight"


def test_the_administrators_address_gives_the_place_of_all(given):
    given.setenv("DATABASE_URL", "postgresql://admin:x@database/oversight")
    assert address_of("web") == "postgresql://oversight_web:db-web%2F1@database/oversight"
    assert address_of("owner") == "postgresql://admin:x@database/oversight"


def test_the_administrator_of_a_place_is_postgres(given):
    given.setenv("DATABASE_URL", "postgresql://database/oversight")
    assert address_of("owner") == "postgresql://postgres:db-admin%2F1@database/oversight"


def test_an_unknown_role_is_refused(given):
    with pytest.raises(ValueError, match="must be one of"):
        address_of("mayor")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://broker:6379/0", "redis://:broker%2F1@broker:6379/0"),
        ("redis://:own@broker:6379/0", "redis://:own@broker:6379/0"),
        ("redis://:@broker/0", "redis://:@broker/0"),
    ],
)
def test_the_brokers_address_gets_its_password(given, url, address):
    given.setenv("BROKER_URL", url)
    assert broker_address() == address


def test_a_secret_is_made_once_and_kept_private(tmp_path):
    made = secret("fresh", folder=tmp_path / "secrets")
    assert secret("fresh", folder=tmp_path / "secrets") == made
    assert len(made) >= 50
    assert (tmp_path / "secrets" / "fresh").stat().st_mode & 0o077 == 0


def test_a_secret_from_an_editor_may_end_its_line(tmp_path):
    (tmp_path / "given").write_text("value\n")
    assert secret("given", folder=tmp_path) == "value"


def test_a_secret_that_cannot_be_made_is_named(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(SecretMissingError, match="OVERSIGHT_SECRET_DB_NONE"):
        secret("db-none", folder=in_the_way / "secrets")
    assert "OVERSIGHT_SECRET_DB_NONE" not in os.environ
