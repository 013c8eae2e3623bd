"""Complaints and what became of them; requests for records.

The entries of a complaint are the same whether or not a search was found, so that none tells.
"""

from django.utils.translation import gettext_lazy as _

from oversight.ledger.facts import FactTable, declare
from oversight.ledger.registry import EventKind, register

COMPLAINT_RECEIVED = register(
    EventKind(
        number=720,
        slug="complaint-received",
        sentence=_("A complaint was received."),
        public=("day",),
        committed=("complaint", "subject", "text", "at"),
    )
)
COMPLAINT_ACKNOWLEDGED = register(
    EventKind(
        number=721,
        slug="complaint-acknowledged",
        sentence=_("The oversight board acknowledged a complaint."),
        public=("day",),
        committed=("complaint", "person", "at"),
    )
)
COMPLAINT_COMPARED = register(
    EventKind(
        number=722,
        slug="complaint-compared",
        sentence=_("A complaint was compared with the record of searches."),
        public=("day",),
        committed=("comparison", "complaint", "request", "person", "at"),
    )
)
COMPLAINT_ANSWERED = register(
    EventKind(
        number=723,
        slug="complaint-answered",
        sentence=_("The oversight board answered a complaint with its finding."),
        public=("day",),
        committed=("complaint", "outcome", "content", "person", "at"),
    )
)
COMPLAINT_CONTACT_REMOVED = register(
    EventKind(
        number=724,
        slug="complaint-contact-removed",
        sentence=_("The contact details of a complaint were removed."),
        public=("day",),
        committed=("complaint", "person", "at"),
    )
)
COMPLAINT_OPENED = register(
    EventKind(
        number=725,
        slug="complaint-opened",
        sentence=_("Someone of the board, or an auditor, opened a complaint."),
        public=("day",),
        committed=("reader", "complaint", "at"),
    )
)
RECORDS_REQUEST_ENTERED = register(
    EventKind(
        number=730,
        slug="records-request-entered",
        sentence=_("A request for public records was entered."),
        public=("day",),
        committed=("records_request", "person", "content", "at"),
    )
)
RECORDS_ANSWER_ENTERED = register(
    EventKind(
        number=731,
        slug="records-answer-entered",
        sentence=_("How a request for public records ended was entered."),
        public=("day",),
        committed=("records_request", "person", "content", "at"),
    )
)

declare(FactTable("council.Complaint", (COMPLAINT_RECEIVED,), "complaint"))
declare(FactTable("council.Acknowledgement", (COMPLAINT_ACKNOWLEDGED,), "complaint"))
declare(FactTable("council.Comparison", (COMPLAINT_COMPARED,), "comparison"))
declare(FactTable("council.Finding", (COMPLAINT_ANSWERED,), "complaint"))
declare(FactTable("council.RecordsRequest", (RECORDS_REQUEST_ENTERED,), "records_request"))
declare(FactTable("council.RecordsAnswer", (RECORDS_ANSWER_ENTERED,), "records_request"))
