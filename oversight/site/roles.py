"""The database roles, and which process acts under which.

A role is what the database itself lets a process do (docs/decisions/0002-database-roles.md);
a person's role in the city is another thing and lives in ``oversight.people``.
"""

from collections.abc import Sequence
from typing import Final

OWNER: Final = "owner"
WEB: Final = "web"
WORKER: Final = "worker"
RELAY: Final = "relay"
ENROLLER: Final = "enroller"
CHECKPOINTER: Final = "checkpointer"
PUBLIC: Final = "public"

SERVICE_ROLES: Final = (WEB, WORKER, RELAY, ENROLLER, CHECKPOINTER, PUBLIC)
"""Roles that may log in. The owner may not: migrations take its place with SET ROLE."""

ROLES: Final = (OWNER, *SERVICE_ROLES)

_ROLE_OF_COMMAND: Final = {
    "runserver": WEB,
    "publish": WEB,
    "history": WEB,
    "bundle": WEB,
    "relay": RELAY,
    "gallery": ENROLLER,
    "models": ENROLLER,
    "checkpointer": CHECKPOINTER,
    "ledger": CHECKPOINTER,
}


def database_user(role: str) -> str:
    """Return the PostgreSQL role name that stands for ``role``.

    Raises:
        ValueError: ``role`` is none of ``ROLES``.
    """
    if role not in ROLES:
        raise ValueError(f"OVERSIGHT_ROLE is {role!r}; it must be one of {', '.join(ROLES)}.")
    return f"oversight_{role}"


def role_of_command(arguments: Sequence[str]) -> str:
    """Return the role under which a management command runs; the owner's unless listed."""
    return _ROLE_OF_COMMAND.get(arguments[0], OWNER) if arguments else OWNER
