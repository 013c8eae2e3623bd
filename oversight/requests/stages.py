"""What comes after a search has run belongs to other rooms; this is where they say how it stands.

Requests may not import leads (they lie above), yet the officer's own list shows one line from
draft to result. So leads registers a source when the application starts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Stage:
    """How a request stands after its search: words for people, since when, and where to look.

    ``address`` is None while there is nothing for the officer to open.
    """

    label: str | Promise
    since: datetime
    address: str | None


StageSource = Callable[[Sequence[UUID]], Mapping[UUID, Stage]]
"""From authorizations to the stage of each; one query or few for all, absent where unknown."""

_sources: list[StageSource] = []


def register_stage_source(source: StageSource) -> None:
    """Let a later room tell how requests stand after their search. Called once, at start-up."""
    if source not in _sources:
        _sources.append(source)


def stages_of(authorizations: Sequence[UUID]) -> dict[UUID, Stage]:
    """Return the stage of each authorization that a later room knows of."""
    found: dict[UUID, Stage] = {}
    for source in _sources:
        found.update(source(authorizations))
    return found
