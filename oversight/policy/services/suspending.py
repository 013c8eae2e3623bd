"""The board's halt, and its end: one act each, in force with its commit."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.ledger.services import append_entry, ask_for_checkpoint
from oversight.policy import events
from oversight.policy.models import Lifting, Suspension
from oversight.policy.selectors import suspension_in_force
from oversight.policy.services.errors import NotAllowedError, held_to_the_rules

# Serialises suspensions and liftings: there is one halt at a time.
_LOCK = 0x0D0C_0002


def suspend_use(*, person: AbstractBaseUser, reason: str) -> Suspension:
    """Stop every use at once: from the commit on, every decision of the gate refuses.

    Args:
        reason: one line of at most 300 characters; it is public.

    Raises:
        NotAllowedError: suspended already, or ``person`` is not of the board.
    """
    with held_to_the_rules(), transaction.atomic():
        _one_at_a_time()
        now = timezone.localtime()
        if suspension_in_force():
            raise NotAllowedError(_("Use is suspended already."))
        suspension = Suspension.objects.create(
            reason=reason, suspended_by_id=person.pk, suspended_at=now
        )
        append_entry(
            event=events.SUSPENDED,
            public={"day": now.date().isoformat(), "basis": reason},
            committed={
                "suspension": suspension.pk,
                "person": person.pk,
                "at": now.isoformat(),
            },
        )
        ask_for_checkpoint()
    return suspension


def lift_suspension(*, person: AbstractBaseUser, reason: str) -> Lifting:
    """End the suspension in force; the rules decide again.

    Raises:
        NotAllowedError: nothing is suspended, or ``person`` is not of the board.
    """
    with held_to_the_rules(), transaction.atomic():
        _one_at_a_time()
        now = timezone.localtime()
        suspension = suspension_in_force()
        if suspension is None:
            raise NotAllowedError(_("Nothing is suspended."))
        lifting = Lifting.objects.create(
            suspension=suspension, reason=reason, lifted_by_id=person.pk, lifted_at=now
        )
        append_entry(
            event=events.LIFTED,
            public={"day": now.date().isoformat(), "basis": reason},
            committed={
                "lifting": lifting.pk,
                "suspension": suspension.pk,
                "person": person.pk,
                "at": now.isoformat(),
            },
        )
        ask_for_checkpoint()
    return lifting


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
