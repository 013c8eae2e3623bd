"""The list of entries that an auditor searches."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.interface.tables import Column, Table
from oversight.ledger.registry import RecordError, kind_of


def _number(row: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("ledger:read", args=[row.index]), row.index)


def _sentence(row: Any) -> object:
    try:
        return kind_of(row.kind).sentence
    except RecordError:
        return row.document["event"]


def _public(name: str) -> Any:
    return lambda row: row.document["public"].get(name)


class EntryTable(Table):
    """Entries with what anyone may read of them."""

    caption = _("Entries of the record")
    default_sort = "-index"
    downloadable = True
    empty = _("The record is empty")
    index = Column(
        header=_("Entry"), value="index", row_header=True, sort="index", cell=_number, numeric=True
    )
    happened = Column(header=_("What happened"), value=_sentence)
    day = Column(header=_("Day"), value=_public("day"))
    agency = Column(header=_("Agency"), value=_public("agency"))
    effect = Column(header=_("Decision"), value=_public("effect"))
    rules = Column(
        header=_("Rules that refused"), value=lambda row: ", ".join(_public("rules")(row) or ())
    )
