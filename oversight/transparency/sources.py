"""Figures of an edition that rooms above this one count (docs/decisions/0100).

The room ``council`` stands above the publications and supplies what it records: complaints,
audits, technologies, cost, records requests, violations. It registers in its ``seams.py``::

    from oversight.transparency.sources import Period, register_figures

    def complaint_figures(period: Period) -> dict[str, int | None]:
        return {"complaints": ..., "complaints_sustained": ...}

    register_figures(("complaints", "complaints_sustained"), complaint_figures)

Each name has its label and definition in ``definitions.SUPPLIED``; a further figure needs a line
there first. Such figures tell of institutions and are published exactly: never register a count of
persons searched for. A name without a source stays "not yet recorded", and so does a figure whose
source returns None for a period: neither is zero.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from oversight.transparency.definitions import SUPPLIED

Value = int | Decimal | None
"""A count; an amount of money in dollars; None where it was not recorded in that period."""


@dataclass(frozen=True)
class Period:
    """Days from ``start`` to before ``end``, by the clock of the city."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"A period ends after it begins: {self.start} to {self.end}.")


Source = Callable[[Period], Mapping[str, Value]]

_SOURCES: Final[dict[str, Source]] = {}


class SourceError(RuntimeError):
    """A source or its registration is wrong. Nothing is published until it is mended."""


def register_figures(names: Iterable[str], source: Source) -> None:
    """Let ``source`` supply the figures of these names to every edition made from now on.

    Args:
        names: of ``definitions.SUPPLIED``, each registered once only.
        source: from a period to exactly these names. It reads the database in the transaction of
            the publication, and an exception in it stops the publication.

    Raises:
        SourceError: no name, a name without a definition, or one that has a source already.
    """
    given = tuple(names)
    if isinstance(names, str) or not given or len(set(given)) < len(given):
        raise SourceError("Register a source under at least one name, each given once.")
    for name in given:
        if name not in SUPPLIED:
            raise SourceError(f"{name!r} has no definition: add it to definitions.SUPPLIED.")
        if name in _SOURCES:
            raise SourceError(f"{name!r} has a source already: {_SOURCES[name].__qualname__}.")
    _SOURCES.update(dict.fromkeys(given, source))


def supplied_figures(period: Period) -> dict[str, Value]:
    """Ask each source once, and return the figures that were recorded or are None.

    Names without a source are not in the answer.

    Raises:
        SourceError: a source gave other names than it was registered for, or no such value.
        Exception: whatever a source raises goes through; nothing is left out in silence.
    """
    found: dict[str, Value] = {}
    for source in dict.fromkeys(_SOURCES.values()):
        told = source(period)
        names = {name for name, own in _SOURCES.items() if own is source}
        if told.keys() != names:
            raise SourceError(
                f"{source.__qualname__} gave {sorted(told)}; it is registered for {sorted(names)}."
            )
        found |= {name: _checked(name, value) for name, value in told.items()}
    return found


def _checked(name: str, value: Value) -> Value:
    whole = type(value) is int and value >= 0
    money = isinstance(value, Decimal) and value.is_finite() and value >= 0
    if value is None or whole or money:
        return value
    raise SourceError(f"{name} is {value!r}: give a number from 0, a Decimal, or None.")
