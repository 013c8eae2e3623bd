"""Tables of the board's desk."""

from oversight.council.board.tables.findings import (
    Answers,
    Findings,
    FindingsAbout,
    Members,
    Samples,
    Violations,
    finding_state,
    sample_state,
)
from oversight.council.board.tables.notices import (
    Changes,
    Meetings,
    Notices,
    Reviews,
    change_state,
    notice_state,
    told,
)
from oversight.council.board.tables.requests import Hits, Rows, Supervisors

__all__ = [
    "Answers",
    "Changes",
    "Findings",
    "FindingsAbout",
    "Hits",
    "Meetings",
    "Members",
    "Notices",
    "Reviews",
    "Rows",
    "Samples",
    "Supervisors",
    "Violations",
    "change_state",
    "finding_state",
    "notice_state",
    "sample_state",
    "told",
]
