"""Entries that the people room writes into the record."""

from django.utils.translation import gettext_lazy as _

from oversight.ledger.facts import FactTable, declare
from oversight.ledger.registry import EventKind, register

ACCOUNT_CREATED = register(
    EventKind(
        number=100,
        slug="account-created",
        sentence=_("An account was created."),
        public=("agency",),
        committed=("person", "username"),
    )
)
ROLE_GRANTED = register(
    EventKind(
        number=101,
        slug="role-granted",
        sentence=_("A person was given a role."),
        public=("agency",),
        committed=("person", "role", "grant", "until"),
    )
)
TRAINING_RECORDED = register(
    EventKind(
        number=102,
        slug="training-recorded",
        sentence=_("Completed training was recorded for a person."),
        public=("agency",),
        committed=("person", "certificate", "level", "completed_on", "expires_on"),
    )
)
ACCOUNT_SUSPENDED = register(
    EventKind(
        number=103,
        slug="account-suspended",
        sentence=_("A person was suspended: they may read, but not ask or decide."),
        public=("agency",),
        committed=("person", "reason"),
    )
)
ACCOUNT_REINSTATED = register(
    EventKind(
        number=104,
        slug="account-reinstated",
        sentence=_("A suspended person was reinstated."),
        public=("agency",),
        committed=("person", "reason"),
    )
)
ACCOUNT_CLOSED = register(
    EventKind(
        number=105,
        slug="account-closed",
        sentence=_("An account was closed: its roles ended with it."),
        public=("agency",),
        committed=("person", "reason"),
    )
)
PASSWORD_RESET = register(
    EventKind(
        number=106,
        slug="password-reset",
        sentence=_("A person was given a new first password."),
        public=("agency",),
        committed=("person", "reason"),
    )
)

# Facts that the nightly audit matches with their entries, both ways.
declare(FactTable("people.Person", (ACCOUNT_CREATED,), "person"))
declare(
    FactTable(
        "people.RoleGrant",
        (ROLE_GRANTED,),
        "grant",
        told=[("person", "person_id"), ("role", "role"), ("until", "held_until")],
    )
)
declare(
    FactTable(
        "people.Certificate",
        (TRAINING_RECORDED,),
        "certificate",
        told=[
            ("person", "person_id"),
            ("level", "level"),
            ("completed_on", "completed_on"),
            ("expires_on", "expires_on"),
        ],
    )
)
