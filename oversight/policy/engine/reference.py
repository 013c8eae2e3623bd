"""Reference tables that come with the packs: agencies, governments, and named exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Government:
    """A government that instruments bind, and the larger ones that it belongs to."""

    slug: str
    name: str
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: the governments it answers to directly, and the clock it keeps."""

    slug: str
    name: str
    within: tuple[str, ...]
    time_zone: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Who is known, who belongs to whom, and which exceptions the instruments name.

    ``inventory`` holds the systems and galleries that R08 lets be searched, where it is on.
    """

    agencies: Mapping[str, Agency]
    governments: Mapping[str, Government]
    exceptions: frozenset[str]
    inventory: frozenset[str]

    def governments_of(self, agency: str) -> frozenset[str]:
        """Every government whose instruments bind the agency, near and far."""
        found: set[str] = set()
        open_ends = list(self.agencies[agency].within)
        while open_ends:
            slug = open_ends.pop()
            if slug not in found:
                found.add(slug)
                open_ends.extend(self.governments[slug].within)
        return frozenset(found)
