"""How often a rule refused: told by publications, which lie above this room.

A room that publishes such figures registers where they are read. Until then a page says that
nothing is published, never that nothing was refused.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusals:
    """Requests that a rule refused in a published period.

    ``count`` is None where the publication withheld it; ``url`` leads to the publication.
    """

    count: int | None
    period: str
    url: str


Source = Callable[[str], Refusals | None]

_sources: list[Source] = []


def register_refusals(source: Source) -> None:
    """Let pages of rules read from ``source``: a rule's id gives its figure, None if unpublished."""
    _sources[:] = [source]


def published_refusals(rule_id: str) -> Refusals | None:
    """The published figure of a rule; None if there is none."""
    return _sources[0](rule_id) if _sources else None
