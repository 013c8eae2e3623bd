"""Entries that reports write into the record."""

from django.utils.translation import gettext_lazy as _

from oversight.ledger.facts import FactTable, declare
from oversight.ledger.registry import EventKind, register

_PUBLIC = ("agency", "day", "edition", "document")
_COMMITTED = ("report", "pack", "from_edition", "period_from", "period_to", "filer", "at")

STATEMENT_WRITTEN = register(
    EventKind(
        number=820,
        slug="report-statement-written",
        sentence=_("Someone wrote a part of a report."),
        public=("agency", "day", "document"),
        committed=("statement", "pack", "item", "author", "at"),
    )
)
REPORT_FILED = register(
    EventKind(
        number=821,
        slug="report-filed",
        sentence=_("A report that an instrument asks for was filed."),
        public=_PUBLIC,
        committed=_COMMITTED,
    )
)
NIL_REPORT_FILED = register(
    EventKind(
        number=822,
        slug="nil-report-filed",
        sentence=_("A report of zero was filed: nothing was asked for in its period."),
        public=_PUBLIC,
        committed=_COMMITTED,
    )
)
REPORT_CORRECTED = register(
    EventKind(
        number=823,
        slug="report-corrected",
        sentence=_("A report was filed again, corrected."),
        public=(*_PUBLIC, "basis"),
        committed=(*_COMMITTED, "corrects"),
    )
)
FILE_SET = register(
    EventKind(
        number=824,
        slug="publication-set",
        sentence=_("A publication was set as a file to read and print."),
        public=_PUBLIC,
        committed=("file", "language", "at"),
    )
)
REMINDER_SENT = register(
    EventKind(
        number=825,
        slug="report-reminder-sent",
        sentence=_("Those who file reports were reminded of one."),
        public=("agency", "day"),
        committed=("reminder", "pack", "period_from", "period_to", "due", "recipients", "at"),
    )
)

# Facts that the nightly audit matches with their entries, both ways.
declare(FactTable("transparency.Statement", (STATEMENT_WRITTEN,), "statement"))
declare(
    FactTable(
        "transparency.Report",
        (REPORT_FILED, NIL_REPORT_FILED, REPORT_CORRECTED),
        "report",
        told=[("filer", "filed_by_id")],
    )
)
declare(FactTable("transparency.TypesetFile", (FILE_SET,), "file"))
declare(FactTable("transparency.Reminder", (REMINDER_SENT,), "reminder"))
