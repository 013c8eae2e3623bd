"""From a database role to an address: the environment's, else the embedded server's."""

import os
from urllib.parse import quote, urlsplit, urlunsplit

from oversight.site.database.bootstrap import DATABASE
from oversight.site.embedded import services
from oversight.site.embedded.postgres import ADMIN
from oversight.site.roles import OWNER, database_user
from oversight.site.secrets import secret


def address_of(role: str) -> str:
    """Return the ``postgresql://`` address with which a process of ``role`` connects.

    ``DATABASE_URL_<ROLE>`` wins. Else ``DATABASE_URL`` is the administrator's address, and
    service roles connect to the same place under their own name and secret. With neither,
    the embedded server is found, or started. An address without a user is a place: the role's
    own name (``postgres`` for the owner) and secret are put in.

    Raises:
        ValueError: ``role`` is unknown.
        ServicesUnavailableError: the embedded server did not come up.
    """
    database_user(role)  # refuses an unknown one
    if own := os.environ.get(f"DATABASE_URL_{role.upper()}"):
        return own if urlsplit(own).username else _as_role(own, role)
    admin = os.environ.get("DATABASE_URL") or _embedded()
    if role != OWNER or not urlsplit(admin).username:
        return _as_role(admin, role)
    return admin


def _embedded() -> str:
    port = services().postgres_port
    return f"postgresql://postgres:{secret('db-admin')}@127.0.0.1:{port}/{DATABASE}"


def _as_role(admin: str, role: str) -> str:
    parts = urlsplit(admin)
    place = parts.netloc.rpartition("@")[2]
    user, name = (ADMIN, "db-admin") if role == OWNER else (database_user(role), f"db-{role}")
    password = quote(secret(name), safe="")
    return urlunsplit(parts._replace(netloc=f"{user}:{password}@{place}"))
