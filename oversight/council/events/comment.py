"""What the public was asked and said."""

from django.utils.translation import gettext_lazy as _

from oversight.ledger.facts import FactTable, declare
from oversight.ledger.registry import EventKind, register

CONSULTATION_OPENED = register(
    EventKind(
        number=710,
        slug="consultation-opened",
        sentence=_("Everyone was asked to comment on a proposal."),
        public=("day",),
        committed=("consultation", "person", "content", "opens_at", "closes_at", "at"),
    )
)
COMMENT_RECEIVED = register(
    EventKind(
        number=711,
        slug="comment-received",
        sentence=_("A public comment was received."),
        public=("day",),
        # The text is committed to by its digest, so that none can be changed or slipped in.
        committed=("comment", "consultation", "stance", "text", "at"),
    )
)
CONSENT_WITHDRAWN = register(
    EventKind(
        number=712,
        slug="comment-consent-withdrawn",
        sentence=_("Somebody had their name removed from their comment."),
        public=("day",),
        committed=("comment", "at"),
    )
)
COMMENT_MODERATED = register(
    EventKind(
        number=713,
        slug="comment-moderated",
        sentence=_("The text of a comment was withheld or shown again, for a stated reason."),
        public=("day", "use_type"),
        committed=("moderation", "comment", "act", "person", "at"),
    )
)

declare(FactTable("council.Consultation", (CONSULTATION_OPENED,), "consultation"))
declare(FactTable("council.Comment", (COMMENT_RECEIVED,), "comment"))
declare(FactTable("council.ConsentWithdrawal", (CONSENT_WITHDRAWN,), "comment"))
declare(FactTable("council.Moderation", (COMMENT_MODERATED,), "moderation"))
