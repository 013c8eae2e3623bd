"""Validation of a pack that is proposed for adoption: all of it is right, or none of it is taken."""

from __future__ import annotations

import re
from typing import Final

from oversight.policy.engine.loader import Library, read_toml, with_instrument
from oversight.policy.engine.packs import Instrument, PackError
from oversight.policy.engine.parse import parse_instrument
from oversight.policy.engine.policyset import HOUSE, Policy
from oversight.policy.engine.selftest import check_instrument

LARGEST_PACK: Final = 500_000
SLUG: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}[a-z0-9]")


def validate_pack(text: bytes, library: Library) -> Instrument:
    """The instrument that a pack describes, after every check; `PackError` names place and remedy.

    Beyond its form: it holds no broad permits, binds governments that are known, every text passes
    strict validation against the vocabulary, and every rule does in its cases what it says.
    """
    if len(text) > LARGEST_PACK:
        raise PackError("pack", f"is {len(text):,} bytes long", "Keep it under 500,000 bytes.")
    instrument = parse_instrument(read_toml("pack", text))
    _check_names(instrument, library)
    check_instrument(Policy(with_instrument(library, instrument)), instrument)
    return instrument


def _check_names(instrument: Instrument, library: Library) -> None:
    for name in (instrument.slug, *(rule.id.partition("/")[2] for rule in instrument.rules)):
        if not SLUG.fullmatch(name):
            raise PackError(name, "is not a slug", "Use a-z, 0-9, dots and hyphens.")
    if instrument.permits or instrument.slug == HOUSE:
        raise PackError(
            instrument.slug, "would permit by itself", "Only the house holds broad permits."
        )
    if not instrument.rules:
        raise PackError(instrument.slug, "has no rules", "Add at least one.")
    for slug in instrument.binds:
        if slug not in library.reference.governments:
            raise PackError(f"{instrument.slug}.binds", f"“{slug}” is not known", "Correct it.")
