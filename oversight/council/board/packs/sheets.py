"""The parts of a pack: words and tables, and who may read them."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first ``words`` columns hold words, the others numbers."""

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of the pack, and whether it is for everyone."""

    title: str
    public: bool
    lines: Sequence[str] = ()
    tables: Sequence[Grid] = field(default_factory=tuple)


def sheet_of(title: str, *, public: bool, grid: Grid, nothing: str) -> Sheet:
    """A sheet with one table, or where it has no rows the words that say so."""
    if grid.rows:
        return Sheet(title, public=public, tables=[grid])
    return Sheet(title, public=public, lines=[nothing])
