"""The record's tables as the rest of the code reads them.

The tables, their triggers and ``ledger_append`` are made by the first migration in SQL; nothing
here can write. The committed fields and the keys have no model: no service may read their table.
"""

import json
from typing import Any, ClassVar, Never

from django.db import models


class ReadOnlyError(TypeError):
    """The record was to be written otherwise than through ``services.append_entry``."""


class _ReadOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *_: object, **__: object) -> Never:
        """Refuse: the record is appended to by ``services.append_entry`` alone."""
        raise ReadOnlyError("the record is written through services.append_entry alone")

    def delete(self, *_: object, **__: object) -> Never:
        """Refuse: the record only grows."""
        raise ReadOnlyError("the record only grows; nothing in it can be deleted")


class Head(_ReadOnly):
    """One row: the number of entries."""

    single = models.BooleanField(primary_key=True, default=True)
    size = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "ledger_head"


class Entry(_ReadOnly):
    """An entry as anyone may read it: canonical JSON bytes and their leaf hash (32 bytes).

    ``day`` and ``agency`` are the public fields of these names, for finding; the database makes them.
    """

    index = models.BigIntegerField(primary_key=True)
    kind = models.IntegerField()
    entry = models.BinaryField()
    leaf = models.BinaryField()
    day = models.TextField(null=True)
    agency = models.TextField(null=True)

    class Meta:
        managed = False
        db_table = "ledger_entry"
        ordering: ClassVar = ["index"]

    @property
    def document(self) -> dict[str, Any]:
        """What the entry says, read from its bytes."""
        document: dict[str, Any] = json.loads(bytes(self.entry))
        return document


class Sealing(_ReadOnly):
    """A proposal to destroy the key to an entry, and its confirmation by a second person or its end.

    ``sealed_by`` and ``withdrawn_by`` are the indexes of the entries that tell of either.
    """

    id = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField()
    basis = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.TextField(null=True)
    sealed_by = models.BigIntegerField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "ledger_sealing"


class Hold(_ReadOnly):
    """A legal hold on an entry: while it is open, the entry cannot be sealed. Two people lift it."""

    id = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField()
    reference = models.TextField()
    placed_by = models.BigIntegerField()
    lift_proposed_by = models.TextField(null=True)
    lifted_by = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "ledger_hold"
