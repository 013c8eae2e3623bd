"""Facts of the board's work. Rows are inserted once and never changed; what follows is derived."""

from oversight.council.board.models.meetings import Meeting, Pack, Publication
from oversight.council.board.models.notices import (
    Dispatch,
    Notice,
    Office,
    RecipientChange,
    RecipientConfirmation,
)
from oversight.council.board.models.reviews import UsageReview
from oversight.council.board.models.sampling import Answer, Draw, Finding, Resolution, Sample

__all__ = [
    "Answer",
    "Dispatch",
    "Draw",
    "Finding",
    "Meeting",
    "Notice",
    "Office",
    "Pack",
    "Publication",
    "RecipientChange",
    "RecipientConfirmation",
    "Resolution",
    "Sample",
    "UsageReview",
]
