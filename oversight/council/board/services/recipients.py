"""The named recipients of notices: an administrator proposes, a member of the board confirms."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from oversight.council.board import events
from oversight.council.board.models import RecipientChange, RecipientConfirmation
from oversight.council.board.selectors import recipients_now
from oversight.council.board.services.acting import acting, one_at_a_time, tell
from oversight.policy.services.errors import NotAllowedError


def propose_recipient(
    *, person: AbstractBaseUser, office: str, name: str, address: str
) -> RecipientChange:
    """Propose that someone is told on behalf of an office.

    Raises:
        NotAllowedError: ``person`` is not an administrator.
    """
    return _propose(RecipientChange(office=office, name=name, address=address), person)


def propose_ending(*, person: AbstractBaseUser, recipient: RecipientChange) -> RecipientChange:
    """Propose that a named recipient is told no longer.

    Raises:
        NotAllowedError: they are not named now, or ``person`` is not an administrator.
    """
    if recipient not in recipients_now().get(recipient.office, ()):
        raise NotAllowedError(_("This recipient is not named now."))
    ending = RecipientChange(
        office=recipient.office, name=recipient.name, address=recipient.address, ends=recipient
    )
    return _propose(ending, person)


def confirm_change(*, person: AbstractBaseUser, change: RecipientChange) -> RecipientConfirmation:
    """Confirm a change as the second person; it holds from now on.

    Raises:
        NotAllowedError: confirmed already, proposed by the same person, or ``person`` is not of
            the board.
    """
    with acting() as now:
        one_at_a_time()
        if RecipientConfirmation.objects.filter(change=change).exists():
            raise NotAllowedError(_("This change has been confirmed already."))
        if change.proposed_by_id == person.pk:
            raise NotAllowedError(_("A change takes two people: you proposed this one."))
        confirmation = RecipientConfirmation.objects.create(
            change=change, confirmed_by_id=person.pk, confirmed_at=now
        )
        committed = {"change": change.pk, "person": person.pk}
        tell(events.RECIPIENT_CONFIRMED, now, committed)
    return confirmation


def _propose(change: RecipientChange, person: AbstractBaseUser) -> RecipientChange:
    with acting() as now:
        change.proposed_by_id, change.proposed_at = person.pk, now
        change.save(force_insert=True)
        tell(
            events.RECIPIENT_PROPOSED,
            now,
            {
                "change": change.pk,
                "office": change.office,
                "ends": change.ends_id,
                "person": person.pk,
            },
        )
    return change
