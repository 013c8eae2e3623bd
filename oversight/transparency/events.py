"""Entries that the transparency room writes into the record; those of reports are beside them."""

from typing import Final

from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from oversight.ledger.facts import FactTable, declare
from oversight.ledger.registry import EventKind, register
from oversight.transparency.reports import events as of_reports

__all__ = [
    "CORRECTION_PUBLISHED",
    "EARLIER_SEARCHES_IMPORTED",
    "EARLIER_SEARCH_IMPORTED",
    "EARLIER_SEARCH_TOLD",
    "EDITION_PUBLISHED",
    "NIL_RETURN_PUBLISHED",
    "of_reports",
]

EDITION_PUBLISHED = register(
    EventKind(
        number=800,
        slug="edition-published",
        sentence=_("The figures of a period were published."),
        public=("agency", "day", "edition", "document"),
        committed=("number", "period_from", "period_to", "at"),
    )
)
NIL_RETURN_PUBLISHED = register(
    EventKind(
        number=801,
        slug="nil-return-published",
        sentence=_("A return of zero was published: nothing was asked for in a period."),
        public=("agency", "day", "edition", "document"),
        committed=("number", "period_from", "period_to", "at"),
    )
)
CORRECTION_PUBLISHED = register(
    EventKind(
        number=802,
        slug="correction-published",
        sentence=_("A correction of earlier figures was published as a new edition."),
        public=("agency", "day", "edition", "document", "basis"),
        committed=("number", "corrects", "period_from", "period_to", "at"),
    )
)
EARLIER_SEARCHES_IMPORTED = register(
    EventKind(
        number=810,
        slug="earlier-searches-imported",
        sentence=_("Searches from before adoption were imported."),
        public=("agency", "day"),
        committed=("source", "searches", "at"),
    )
)
EARLIER_SEARCH_IMPORTED = register(
    EventKind(
        number=811,
        slug="earlier-search-imported",
        sentence=_("A search from before adoption was taken over, as a department told of it."),
        public=("agency", "day"),
        committed=("search", "told", "at"),
    )
)

_EARLIER: Final = (
    *("source", "key", "day", "requested_at", "agency", "unit", "purpose", "nibrs", "probe_source"),
    *("race", "sex", "age_band", "decision", "rules", "signed_off_at", "run_at", "candidates"),
    *("lead", "outcome"),
)
EARLIER_SEARCH_TOLD: Final = JSONObject(**{name: name for name in _EARLIER})
"""Every column of an imported search, as the database writes it."""

# Facts that the nightly audit matches with their entries, both ways.
declare(
    FactTable(
        "transparency.Edition",
        (EDITION_PUBLISHED, NIL_RETURN_PUBLISHED, CORRECTION_PUBLISHED),
        "number",
    )
)
declare(
    FactTable(
        "transparency.EarlierSearch",
        (EARLIER_SEARCH_IMPORTED,),
        "search",
        told=[("told", EARLIER_SEARCH_TOLD)],
    )
)
