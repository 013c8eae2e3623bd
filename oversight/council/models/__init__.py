"""Facts of the council's room, a module a subject. Rows are inserted once and never changed."""

from oversight.council.models.comment import (
    Comment,
    CommentAuthor,
    ConsentWithdrawal,
    Consultation,
    Grouping,
    Moderation,
    SourceCount,
)
from oversight.council.models.complaints import (
    Acknowledgement,
    Comparison,
    Complaint,
    ComplaintContact,
    Finding,
)
from oversight.council.models.records import RecordsAnswer, RecordsRequest
from oversight.council.models.technologies import (
    Acquisition,
    Document,
    DocumentContent,
    Hearing,
    Judgement,
    StandingChange,
    Technology,
    Vote,
    VoteConfirmation,
    YearlyCost,
)

__all__ = [
    "Acknowledgement",
    "Acquisition",
    "Comment",
    "CommentAuthor",
    "Comparison",
    "Complaint",
    "ComplaintContact",
    "ConsentWithdrawal",
    "Consultation",
    "Document",
    "DocumentContent",
    "Finding",
    "Grouping",
    "Hearing",
    "Judgement",
    "Moderation",
    "RecordsAnswer",
    "RecordsRequest",
    "SourceCount",
    "StandingChange",
    "Technology",
    "Vote",
    "VoteConfirmation",
    "YearlyCost",
]
