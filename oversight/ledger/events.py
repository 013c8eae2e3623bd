"""What the record room itself writes into the record."""

from django.utils.translation import gettext_lazy as _

from oversight.ledger.registry import EventKind, register

HEARTBEAT = register(
    EventKind(
        number=1,
        slug="heartbeat",
        sentence=_("The record reported that it is running; what happened since is counted in it."),
        public=("day",),
        committed=("at", "entries", "counts"),
    )
)

ENTRY_SEALED = register(
    EventKind(
        number=2,
        slug="entry-sealed",
        sentence=_("Two people destroyed the key to an entry, on a stated legal basis."),
        public=("day", "entry", "basis"),
        committed=("at", "proposed_by", "confirmed_by"),
    )
)

ENTRY_READ = register(
    EventKind(
        number=3,
        slug="entry-read",
        sentence=_("Someone read the committed part of an entry."),
        public=("day",),
        committed=("at", "reader", "entry", "fields", "purpose"),
    )
)

SELF_AUDIT = register(
    EventKind(
        number=4,
        slug="self-audit",
        sentence=_("The record was checked in full against what was signed and what happened."),
        public=("day", "findings", "document"),
        committed=("at", "entries", "sentences"),
    )
)

KEY_CHANGED = register(
    EventKind(
        number=5,
        slug="key-changed",
        sentence=_("The key that signs the record was replaced."),
        public=("day", "document"),
        committed=("at", "old_key", "new_key", "reason"),
    )
)

HOLD_PLACED = register(
    EventKind(
        number=6,
        slug="hold-placed",
        sentence=_("An entry was put under a legal hold: its key may not be destroyed."),
        public=("day", "entry"),
        committed=("at", "person", "reference"),
    )
)

HOLD_LIFTED = register(
    EventKind(
        number=7,
        slug="hold-lifted",
        sentence=_("A legal hold on an entry was lifted."),
        public=("day", "entry"),
        committed=("at", "person", "proposed_by", "reference"),
    )
)

SEALING_WITHDRAWN = register(
    EventKind(
        number=8,
        slug="sealing-withdrawn",
        sentence=_("A proposal to destroy the key to an entry was withdrawn or refused."),
        public=("day", "entry"),
        committed=("at", "person", "proposed_by", "basis"),
    )
)
