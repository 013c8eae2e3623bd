"""The worker's two calls to the lock on the gallery, each in a transaction of its own."""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.db.transaction import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    import numpy as np
    import numpy.typing as npt


class Answer(StrEnum):
    """Why the lock refused: its own states, as in ``migrations/sql/lock.sql``."""

    UNKNOWN = "RC001"
    EXPIRED = "RC002"
    OTHER_PROBE = "RC003"
    UNFIT_VECTOR = "RC004"
    ALREADY_OPENED = "RC005"
    OVER = "RC006"
    RECALLED = "RC007"
    NOT_OPENED = "RC010"
    NOT_COMMITTED = "RC011"


class LockRefused(Exception):  # noqa: N818  # an answer, not a fault
    """The database refused. ``answer`` is None where another room's rule did."""

    def __init__(self, answer: Answer | None, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.answer = answer


def open_search(
    *, authorization_id: UUID, probe_sha256: str, vector: npt.NDArray[np.float32]
) -> None:
    """Consume the authorization and bind the vector to it. Raises LockRefused."""
    written = "[" + ",".join(f"{value:.9g}" for value in vector.tolist()) + "]"
    with answers(), atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            "SELECT open_search(%s, %s, %s::halfvec)", [authorization_id, probe_sha256, written]
        )


def run_search(*, authorization_id: UUID) -> UUID:
    """Compare, or find what was compared before; the run's id. Raises LockRefused."""
    with answers(), atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT run_search(%s)", [authorization_id])
        run: UUID = cursor.fetchone()[0]
    return run


@contextmanager
def answers() -> Iterator[None]:
    """Errors that a rule raised become LockRefused; lost connections and the like stay."""
    try:
        yield
    except DatabaseError as error:
        sqlstate = getattr(error.__cause__, "sqlstate", None)
        if sqlstate in set(Answer):
            raise LockRefused(Answer(sqlstate), sqlstate) from error
        if sqlstate is not None and sqlstate.startswith(_RULES):
            raise LockRefused(None, sqlstate) from error
        raise


_RULES = ("RC", "P0001", "23", "42501")
"""Ours; RAISE EXCEPTION; constraints; insufficient privilege."""
