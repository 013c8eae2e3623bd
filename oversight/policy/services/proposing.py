"""Proposing: a pack, or the end of one, validated as a whole and kept as it is."""

import hashlib
from datetime import date

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from oversight.ledger.services import append_entry
from oversight.policy import events
from oversight.policy.dead_ends import check_reach
from oversight.policy.engine.adoption import validate_pack
from oversight.policy.engine.packs import Instrument, PackError
from oversight.policy.engine.policyset import HOUSE
from oversight.policy.gate import standing_library
from oversight.policy.models import Proposal
from oversight.policy.services.errors import held_to_the_rules
from oversight.policy.standing import BOARD

_OURS = frozenset({"gate", BOARD, HOUSE})


def propose_instrument(
    *, text: str, proposer: AbstractBaseUser, replaces: str = "", note: str = ""
) -> Proposal:
    """Keep a pack as a proposal.

    Args:
        text: the pack, as it would be adopted; never changed afterwards.
        replaces: slug of another instrument that ends on the day on which this one begins.

    Raises:
        PackError: the pack is not valid; it names the place and the remedy, and nothing is kept.
        NotAllowedError: ``proposer`` is not an administrator.
    """
    instrument = check_pack(text=text)
    if replaces and (replaces in _OURS or replaces not in standing_library().instruments):
        raise PackError("replaces", f"“{replaces}” cannot be replaced", "Choose another.")
    return _keep(
        Proposal(
            kind=Proposal.Kind.INSTRUMENT,
            slug=instrument.slug,
            replaces="" if replaces == instrument.slug else replaces,
            takes_effect=first_day(instrument),
            text=text,
            note=note,
        ),
        proposer,
    )


def propose_sunset(
    *, slug: str, ends_on: date, proposer: AbstractBaseUser, note: str = ""
) -> Proposal:
    """Propose that an instrument ends; ``ends_on`` is the first day on which it no longer applies.

    Raises:
        PackError: no such instrument, one of the system's own, or a day that has passed.
        NotAllowedError: ``proposer`` is not an administrator.
    """
    instrument = standing_library().instruments.get(slug)
    if instrument is None or slug in _OURS or instrument.in_force_from is None:
        raise PackError(slug, "cannot be ended", "Choose an adopted instrument.")
    _check_day(slug, ends_on)
    text = f'sunset = "{slug}"\nends_on = {ends_on.isoformat()}\n'
    kind = Proposal.Kind.SUNSET
    return _keep(
        Proposal(kind=kind, slug=slug, takes_effect=ends_on, text=text, note=note), proposer
    )


def check_pack(*, text: str) -> Instrument:
    """The instrument that a pack describes, if it could be adopted today; else `PackError`."""
    instrument = validate_pack(text.encode(), standing_library())
    if instrument.slug in _OURS:
        raise PackError(instrument.slug, "is a name of the system's own", "Choose another slug.")
    _check_day(f"{instrument.slug}.in_force_from", first_day(instrument))
    check_reach(instrument, standing_library(), settings.AGENCY)
    return instrument


def first_day(instrument: Instrument) -> date:
    """The day on which an instrument begins; `PackError` for one that never does."""
    if instrument.in_force_from is None:
        raise PackError(
            f"{instrument.slug}.status",
            "is `proposed`, which never comes into force",
            "Write the pack as it is to apply: `in_force`, with the day on which it begins.",
        )
    return instrument.in_force_from


def _check_day(place: str, day: date) -> None:
    if day < timezone.localdate():
        raise PackError(
            place,
            f"{day} has passed, and no law is made for the past",
            "Give today or a later day; what was decided before stays as it was decided.",
        )


def _keep(proposal: Proposal, proposer: AbstractBaseUser) -> Proposal:
    now = timezone.localtime()
    proposal.digest = f"sha256:{hashlib.sha256(proposal.text.encode()).hexdigest()}"
    proposal.proposed_by_id = proposer.pk
    proposal.proposed_at = now
    with held_to_the_rules(), transaction.atomic():
        proposal.save(force_insert=True)
        append_entry(
            event=events.PROPOSED,
            public={"day": now.date().isoformat(), "document": proposal.digest},
            committed={
                "proposal": proposal.pk,
                "proposer": proposer.pk,
                "instrument": proposal.slug,
                "at": now.isoformat(),
            },
        )
    return proposal
