"""Types of PostgreSQL and pgvector that Django does not know. Values are written in SQL only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Field = models.Field[Any, Any]
else:
    _Field = models.Field


class HalfVectorField(_Field):
    """pgvector's ``halfvec``, of any dimension: models of several dimensions share a table."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        del connection
        return "halfvec"


class TransactionIdField(_Field):
    """``xid8``: a transaction's number, which never wraps around."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        del connection
        return "xid8"


class SnapshotField(_Field):
    """``pg_snapshot``: which transactions a statement could see."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        del connection
        return "pg_snapshot"


class CurrentTransaction(models.Func):
    """The number of the transaction that inserts the row."""

    function = "pg_current_xact_id"
    template = "%(function)s()"
    output_field = TransactionIdField()


class ClockTime(models.Func):
    """The time of the clock, not of the transaction's start."""

    function = "clock_timestamp"
    template = "%(function)s()"
    output_field = models.DateTimeField()


class SealedFields(models.Model):
    """A sealed image (``recognition.sealing``), kept in the row that it belongs to."""

    key_id = models.TextField()
    wrapped_key = models.BinaryField()
    nonce = models.BinaryField()
    ciphertext = models.BinaryField()

    class Meta:
        abstract = True
