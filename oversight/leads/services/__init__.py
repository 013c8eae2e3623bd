"""What may happen after a search, one file a verb: check, act, record, in one transaction."""

from oversight.leads.findings import Findings
from oversight.leads.services.acknowledging import acknowledge_notice
from oversight.leads.services.bundling import Content, NothingToGiveError, give_search_file
from oversight.leads.services.concluding import (
    Closing,
    close_empty_comparison,
    close_empty_comparisons,
    conclude_examination,
)
from oversight.leads.services.errors import (
    AlreadyRecordedError,
    ClosedError,
    NotAllowedError,
    NotComparedError,
    NotShownError,
)
from oversight.leads.services.judging import record_judgement
from oversight.leads.services.releasing import release_examination
from oversight.leads.services.starting import start_examination
from oversight.leads.services.viewing import is_looking, view_candidate, view_result

__all__ = [
    "AlreadyRecordedError",
    "ClosedError",
    "Closing",
    "Content",
    "Findings",
    "NotAllowedError",
    "NotComparedError",
    "NotShownError",
    "NothingToGiveError",
    "acknowledge_notice",
    "close_empty_comparison",
    "close_empty_comparisons",
    "conclude_examination",
    "give_search_file",
    "is_looking",
    "record_judgement",
    "release_examination",
    "start_examination",
    "view_candidate",
    "view_result",
]
