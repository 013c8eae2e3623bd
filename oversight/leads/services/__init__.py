"""What may happen after a search, one file a verb: check, act, record, in one transaction.

``bundling`` is imported by its own name: it builds on what is read here.
"""

from oversight.leads.findings import Findings
from oversight.leads.services.acknowledging import acknowledge_notice
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
    "Findings",
    "NotAllowedError",
    "NotComparedError",
    "NotShownError",
    "acknowledge_notice",
    "close_empty_comparison",
    "close_empty_comparisons",
    "conclude_examination",
    "is_looking",
    "record_judgement",
    "release_examination",
    "start_examination",
    "view_candidate",
    "view_result",
]
