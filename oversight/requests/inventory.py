"""What the governing body has approved: told by a room above, which registers when it starts.

The gate's facts say of each gallery whether it is approved (R08). Only the inventory of
technologies knows, and it lies in a room that this one may not import. Without a source nothing
is approved, so the gate refuses.
"""

from collections.abc import Callable
from datetime import datetime

ApprovedSource = Callable[[datetime], frozenset[tuple[str, str]]]
"""At a moment: pairs of a system and a gallery that it may search, both approved."""

_sources: list[ApprovedSource] = []


def register_inventory(source: ApprovedSource) -> None:
    """Let a later room tell what is approved. Called once, at start-up."""
    _sources[:] = [source]


def is_approved(system: str, gallery: str, at: datetime) -> bool:
    """Whether this system may search this gallery at a moment; False where nobody can tell."""
    return any((system, gallery) in source(at) for source in _sources)
