"""Entries that the policy room writes into the record."""

from django.utils.translation import gettext_lazy as _

from oversight.ledger.facts import FactTable, declare
from oversight.ledger.registry import EventKind, register

_VOTE = ("adoption", "proposal", "proposer", "adopter", "body", "voted_on", "ayes", "noes")

PROPOSED = register(
    EventKind(
        number=200,
        slug="instrument-proposed",
        sentence=_("An administrator proposed a change of the rules."),
        public=("day", "document"),
        committed=("proposal", "proposer", "instrument", "at"),
    )
)
ADOPTED = register(
    EventKind(
        number=201,
        slug="instrument-adopted",
        sentence=_("An instrument was adopted by recorded vote; two people entered it."),
        public=("day", "document", "basis"),
        committed=(*_VOTE, "signed_document", "at"),
    )
)
ENDED = register(
    EventKind(
        number=202,
        slug="instrument-ended",
        sentence=_("The end of an instrument was adopted by recorded vote; two people entered it."),
        public=("day", "document", "basis"),
        committed=(*_VOTE, "signed_document", "at"),
    )
)
SUSPENDED = register(
    EventKind(
        number=203,
        slug="use-suspended",
        sentence=_("The oversight board suspended every use of face recognition."),
        public=("day", "basis"),
        committed=("suspension", "person", "at"),
    )
)
LIFTED = register(
    EventKind(
        number=204,
        slug="suspension-lifted",
        sentence=_("The oversight board lifted a suspension."),
        public=("day", "basis"),
        committed=("lifting", "suspension", "person", "at"),
    )
)
REPLAY_ASKED = register(
    EventKind(
        number=205,
        slug="replay-asked",
        sentence=_("The oversight board had past requests decided again."),
        public=("day", "document"),
        committed=("run", "person", "since", "until", "at"),
    )
)

# Facts that the nightly audit matches with their entries, both ways.
declare(FactTable("policy.Proposal", (PROPOSED,), "proposal"))
declare(FactTable("policy.Adoption", (ADOPTED, ENDED), "adoption"))
declare(FactTable("policy.Suspension", (SUSPENDED,), "suspension"))
declare(FactTable("policy.Lifting", (LIFTED,), "lifting"))
declare(FactTable("policy.ReplayRun", (REPLAY_ASKED,), "run"))
