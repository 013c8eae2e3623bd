"""Lists of entries: what an auditor searches, what is to be sealed, what is held."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.interface.display import moment_tag
from oversight.interface.tables import Column, Table
from oversight.ledger.models import Hold, Sealing
from oversight.ledger.registry import RecordError, kind_of
from oversight.ledger.selectors import name_of


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
    day = Column(header=_("Day"), value="day", sort="day")
    agency = Column(header=_("Agency"), value="agency")
    effect = Column(header=_("Decision"), value=_public("effect"))
    rules = Column(
        header=_("Rules that refused"), value=lambda row: ", ".join(_public("rules")(row) or ())
    )


def _to_sealing(row: Sealing) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("ledger:seal", args=[row.entry]), row.entry)


def _to_holds(row: Hold) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("ledger:hold", args=[row.entry]), row.entry)


def _outcome(row: Sealing) -> SafeString:
    told = row.sealed_by or row.withdrawn_by
    if told is None:
        return format_html("{}", _("Waiting for a second person"))
    what = _("Sealed, entry %(index)d") if row.sealed_by else _("Withdrawn, entry %(index)d")
    address = reverse("ledger:entry", args=[told])
    return format_html('<a href="{}">{}</a>', address, what % {"index": told})


class SealingTable(Table):
    """Proposals to seal, and what was sealed."""

    caption = _("Proposed, sealed and withdrawn")
    default_sort = "-proposed"
    empty = _("Nothing was proposed for sealing")
    entry = Column(header=_("Entry"), row_header=True, cell=_to_sealing, numeric=True)
    basis = Column(header=_("Legal basis"))
    proposer = Column(header=_("Proposed by"), value=lambda row: name_of(row.proposed_by))
    proposed = Column(
        header=_("Proposed"),
        value="proposed_at",
        sort="proposed_at",
        cell=lambda row: moment_tag(row.proposed_at),
    )
    done = Column(header=_("What became of it"), value="sealed_by", cell=_outcome)


class HoldTable(Table):
    """Legal holds in force."""

    caption = _("Legal holds in force")
    empty = _("No entry is under a legal hold")
    entry = Column(header=_("Entry"), row_header=True, cell=_to_holds)
    reference = Column(header=_("Reference"))
    lifting = Column(
        header=_("Lifting proposed by"),
        value=lambda row: name_of(row.lift_proposed_by) if row.lift_proposed_by else "",
    )
