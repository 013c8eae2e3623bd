"""Entries that the board writes into the record: numbers 750 to 799."""

from django.utils.translation import gettext_lazy as _

from oversight.ledger.facts import INDEX, FactTable, declare
from oversight.ledger.registry import EventKind, register

_READING = ("reader", "what", "rows", "at")

SAMPLE_ANNOUNCED = register(
    EventKind(
        number=750,
        slug="sample-announced",
        sentence=_("The oversight board announced a sample, before it could be drawn."),
        public=("agency", "day", "document"),
        committed=("sample", "person", "at"),
    )
)
SAMPLE_AWAITED = register(
    EventKind(
        number=751,
        slug="sample-awaited",
        sentence=_("The record was extended, so that an announced sample can be drawn."),
        public=("day", "entry"),
        committed=("at",),
    )
)
SAMPLE_DRAWN = register(
    EventKind(
        number=752,
        slug="sample-drawn",
        sentence=_("An announced sample was drawn."),
        public=("day", "entry", "document"),
        committed=("sample", "at"),
    )
)
FOUND = register(
    EventKind(
        number=753,
        slug="finding-recorded",
        sentence=_("A reviewer recorded a finding about a search in a sample."),
        public=("day",),
        committed=("finding", "sample", "place", "kind", "safeguard", "person", "at"),
    )
)
ANSWERED = register(
    EventKind(
        number=754,
        slug="finding-answered",
        sentence=_("The department answered a finding."),
        public=("day",),
        committed=("finding", "person", "at"),
    )
)
RESOLVED = register(
    EventKind(
        number=755,
        slug="finding-resolved",
        sentence=_("The oversight board closed a finding."),
        public=("day",),
        committed=("finding", "outcome", "person", "at"),
    )
)
RECIPIENT_PROPOSED = register(
    EventKind(
        number=756,
        slug="recipient-proposed",
        sentence=_("A change of the recipients of notices was proposed."),
        public=("day",),
        committed=("change", "office", "ends", "person", "at"),
    )
)
RECIPIENT_CONFIRMED = register(
    EventKind(
        number=757,
        slug="recipient-confirmed",
        sentence=_("A second person confirmed a change of the recipients of notices."),
        public=("day",),
        committed=("change", "person", "at"),
    )
)
NOTICE_OWED = register(
    EventKind(
        number=758,
        slug="notice-owed",
        sentence=_("A notice to a named office became due."),
        public=("day", "basis"),
        committed=("notice", "office", "due", "at"),
    )
)
NOTICE_SENT = register(
    EventKind(
        number=759,
        slug="notice-sent",
        sentence=_("A notice was sent to a named recipient."),
        public=("day",),
        committed=("dispatch", "notice", "recipient", "at"),
    )
)
MEETING_CALLED = register(
    EventKind(
        number=760,
        slug="meeting-called",
        sentence=_("A meeting of the oversight board was called."),
        public=("day",),
        committed=("meeting", "person", "at"),
    )
)
PACK_FROZEN = register(
    EventKind(
        number=761,
        slug="meeting-pack-frozen",
        sentence=_("The papers of a meeting of the oversight board were frozen."),
        public=("day", "document"),
        committed=("pack", "meeting", "person", "at"),
    )
)
PUBLISHED = register(
    EventKind(
        number=762,
        slug="board-published",
        sentence=_("The oversight board published a document."),
        public=("day", "document", "use_type"),
        committed=("publication", "subject", "sequence", "at"),
    )
)
ROWS_OPENED = register(
    EventKind(
        number=763,
        slug="board-rows-opened",
        sentence=_("Someone opened rows of the board's dashboard that can identify officers."),
        public=("day",),
        committed=_READING,
    )
)
CASE_OPENED = register(
    EventKind(
        number=764,
        slug="sampled-case-opened",
        sentence=_("Someone opened a request that was drawn in a sample."),
        public=("day",),
        committed=("reader", "sample", "place", "request", "at"),
    )
)
USE_REVIEWED = register(
    EventKind(
        number=765,
        slug="use-reviewed",
        sentence=_("The use of face recognition was looked at for what is unusual."),
        public=("day",),
        committed=("review", "since", "until", "hits", "at"),
    )
)

# Facts that the nightly audit matches with their entries, both ways.
declare(FactTable("board.Sample", (SAMPLE_ANNOUNCED,), INDEX, "entry"))
declare(FactTable("board.Draw", (SAMPLE_DRAWN,), "sample"))
declare(FactTable("board.Finding", (FOUND,), "finding"))
declare(FactTable("board.Answer", (ANSWERED,), "finding"))
declare(FactTable("board.Resolution", (RESOLVED,), "finding"))
declare(FactTable("board.RecipientChange", (RECIPIENT_PROPOSED,), "change"))
declare(FactTable("board.RecipientConfirmation", (RECIPIENT_CONFIRMED,), "change"))
declare(FactTable("board.Notice", (NOTICE_OWED,), "notice"))
declare(FactTable("board.Dispatch", (NOTICE_SENT,), "dispatch"))
declare(FactTable("board.Meeting", (MEETING_CALLED,), "meeting"))
declare(FactTable("board.Pack", (PACK_FROZEN,), "pack"))
declare(FactTable("board.Publication", (PUBLISHED,), "publication"))
declare(FactTable("board.UsageReview", (USE_REVIEWED,), "review"))
