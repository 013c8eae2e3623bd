"""Who was searched for, where a source says so: this system neither asks nor infers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oversight.council.board.counting import tally_of
from oversight.council.board.periods import Period
from oversight.interface.components import Text
from oversight.transparency.breakdowns import ABOUT_SUBJECTS, TITLES, row_label
from oversight.transparency.counting import Counted

_LEAD = "lead"
_RUN = ("no_candidate", "no_lead", _LEAD)


@dataclass(frozen=True, slots=True)
class Group:
    """Requests about persons of one description, searches run, and leads.

    ``code`` chooses the rows behind it, such as ``race:Black``.
    """

    code: str
    label: Text
    requests: int
    run: int
    leads: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One description: race, sex or age as the source wrote it."""

    title: Text
    groups: Sequence[Group]


def demography(period: Period) -> list[Breakdown]:
    """Return what is recorded of a period, whole: the board's, never to be published as it is."""
    tables = tally_of(period.start, period.end).tables
    found = []
    for name in ABOUT_SUBJECTS:
        counts: Mapping[tuple[str, str], int] = tables.get(name, {})
        rows = sorted({row for row, _column in counts})
        groups = [_group(name, row, counts) for row in rows]
        if groups:
            found.append(Breakdown(TITLES[name], groups))
    return found


def descriptions(period: Period) -> list[tuple[str, str]]:
    """Return every description of a period, as a choice: its code and its words."""
    return [
        (group.code, f"{breakdown.title}: {group.label}")
        for breakdown in demography(period)
        for group in breakdown.groups
    ]


def fits(counted: Counted, code: str) -> bool:
    """Tell whether a request is about a person of a description."""
    name, _colon, row = code.partition(":")
    if counted.subject is None:
        return False
    told = dict(zip(ABOUT_SUBJECTS, counted.subject, strict=True))
    return (told.get(name) or "unknown") == row


def _group(name: str, row: str, counts: Mapping[tuple[str, str], int]) -> Group:
    own = {column: count for (each, column), count in counts.items() if each == row}
    return Group(
        code=f"{name}:{row}",
        label=row_label(name, row),
        requests=sum(own.values()),
        run=sum(own.get(column, 0) for column in _RUN),
        leads=own.get(_LEAD, 0),
    )
