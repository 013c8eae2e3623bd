"""Which earlier editions bear on a new one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from oversight.transparency.models import Edition


@dataclass(frozen=True)
class Neighbours:
    """The editions that bear on a new one: those inside it, and the one it corrects.

    ``inner`` are those inside that lie within no other, ``inside`` are all. ``closed``: an earlier edition cuts across the period or encloses it, so that a table of this
    one, subtracted from that one, would tell of few people. What corrects an edition that was
    closed is closed as well: others may have been printed around it since.
    """

    inner: tuple[Edition, ...] = ()
    corrected: Edition | None = None
    closed: bool = False
    inside: tuple[Edition, ...] = ()

    @classmethod
    def of(
        cls, start: date, end: date, current: Iterable[Edition], corrected: Edition | None
    ) -> "Neighbours":
        near = [
            edition
            for edition in current
            if edition != corrected
            and edition.document["tables_printed"]
            and edition.period_from < end
            and start < edition.period_to
        ]
        inner = [e for e in near if start <= e.period_from and e.period_to <= end]
        around = [e for e in near if e not in inner and not _encloses_later(e, corrected)]
        widest = [e for e in inner if not any(_inside(e, other) for other in inner)]
        closed = bool(around) or _was_closed(corrected)
        return cls(tuple(widest), corrected, closed=closed, inside=tuple(inner))

    def covering(self, day: date) -> frozenset[int]:
        """The numbers of the editions inside that cover a day."""
        return frozenset(e.number for e in self.inside if e.period_from <= day < e.period_to)


def _was_closed(corrected: Edition | None) -> bool:
    return corrected is not None and not corrected.document["tables_printed"]


def _inside(edition: Edition, other: Edition) -> bool:
    return (
        edition != other
        and other.period_from <= edition.period_from
        and edition.period_to <= other.period_to
    )


def _encloses_later(edition: Edition, corrected: Edition | None) -> bool:
    """An edition that was made around the corrected one has taken it into account already."""
    return (
        corrected is not None
        and edition.number > corrected.number
        and edition.period_from <= corrected.period_from
        and corrected.period_to <= edition.period_to
    )
