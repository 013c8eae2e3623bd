"""What was done to get, keep or end a surveillance technology."""

from django.utils.translation import gettext_lazy as _

from oversight.ledger.facts import FactTable, declare
from oversight.ledger.registry import EventKind, register

_PUBLIC = ("system", "day")

TECHNOLOGY_ADDED = register(
    EventKind(
        number=700,
        slug="technology-added",
        sentence=_("A surveillance technology was put on the public inventory."),
        public=_PUBLIC,
        committed=("technology", "person", "content", "at"),
    )
)
ACQUISITION_PROPOSED = register(
    EventKind(
        number=701,
        slug="acquisition-proposed",
        sentence=_("A department proposed to get or keep a surveillance technology."),
        public=_PUBLIC,
        committed=("acquisition", "person", "content", "at"),
    )
)
DOCUMENT_ADDED = register(
    EventKind(
        number=702,
        slug="technology-document-added",
        sentence=_("A document about a surveillance technology was published."),
        public=(*_PUBLIC, "document"),
        committed=("document_row", "acquisition", "kind", "person", "at"),
    )
)
HEARING_ENTERED = register(
    EventKind(
        number=703,
        slug="technology-hearing-entered",
        sentence=_("A public hearing on a surveillance technology was entered."),
        public=_PUBLIC,
        committed=("hearing", "acquisition", "person", "content", "at"),
    )
)
VOTE_ENTERED = register(
    EventKind(
        number=704,
        slug="technology-vote-entered",
        sentence=_("A vote on a surveillance technology was entered; a second person confirms it."),
        public=(*_PUBLIC, "document"),
        committed=("vote", "acquisition", "person", "content", "at"),
    )
)
VOTE_CONFIRMED = register(
    EventKind(
        number=705,
        slug="technology-vote-confirmed",
        sentence=_("A second person confirmed the vote on a surveillance technology."),
        public=(*_PUBLIC, "basis"),
        committed=("vote", "person", "at"),
    )
)
STANDING_CHANGED = register(
    EventKind(
        number=706,
        slug="technology-standing-changed",
        sentence=_("A surveillance technology was suspended, reinstated or retired."),
        public=(*_PUBLIC, "basis"),
        committed=("change", "act", "person", "at"),
    )
)
COST_ENTERED = register(
    EventKind(
        number=707,
        slug="technology-cost-entered",
        sentence=_("The yearly cost of a surveillance technology was entered."),
        public=_PUBLIC,
        committed=("cost", "person", "content", "at"),
    )
)
ACQUISITION_JUDGED = register(
    EventKind(
        number=708,
        slug="technology-judged",
        sentence=_("The gate judged the approval of a surveillance technology under the law."),
        public=(*_PUBLIC, "effect", "rules", "policy_set"),
        committed=("vote", "facts", "document", "at"),
    )
)

# Facts that the nightly audit matches with their entries, both ways.
declare(FactTable("council.Technology", (TECHNOLOGY_ADDED,), "technology"))
declare(FactTable("council.Acquisition", (ACQUISITION_PROPOSED,), "acquisition"))
declare(FactTable("council.Document", (DOCUMENT_ADDED,), "document_row"))
declare(FactTable("council.Hearing", (HEARING_ENTERED,), "hearing"))
declare(FactTable("council.Vote", (VOTE_ENTERED,), "vote"))
declare(FactTable("council.VoteConfirmation", (VOTE_CONFIRMED,), "vote"))
declare(FactTable("council.Judgement", (ACQUISITION_JUDGED,), "vote"))
declare(FactTable("council.StandingChange", (STANDING_CHANGED,), "change"))
declare(FactTable("council.YearlyCost", (COST_ENTERED,), "cost"))
