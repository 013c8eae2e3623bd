"""Writes of the board's desk: each an act, with its entry in the record, in one transaction."""

from oversight.council.board.services.calling import call_meeting
from oversight.council.board.services.drawing import announce_sample, draw_announced_samples
from oversight.council.board.services.freezing import freeze_pack
from oversight.council.board.services.noticing import send_due_notices
from oversight.council.board.services.reading import open_case, open_rows
from oversight.council.board.services.recipients import (
    confirm_change,
    propose_ending,
    propose_recipient,
)
from oversight.council.board.services.reviewing import (
    answer_finding,
    record_finding,
    resolve_finding,
)
from oversight.council.board.services.watching import owe_halt_notices, review_use
from oversight.policy.services.errors import NotAllowedError

__all__ = [
    "NotAllowedError",
    "announce_sample",
    "answer_finding",
    "call_meeting",
    "confirm_change",
    "draw_announced_samples",
    "freeze_pack",
    "open_case",
    "open_rows",
    "owe_halt_notices",
    "propose_ending",
    "propose_recipient",
    "record_finding",
    "resolve_finding",
    "review_use",
    "send_due_notices",
]
