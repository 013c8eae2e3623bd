"""What may happen to a request, one file a verb: check, act, record, in one transaction."""

from oversight.requests.services.accounting import (
    NothingOwedError,
    file_report,
    note_overdue_duties,
)
from oversight.requests.services.drafting import (
    add_probe,
    choose_face,
    save_answers,
    start_request,
)
from oversight.requests.services.receipting import (
    NoReceiptError,
    give_sign_off_receipt,
    give_submission_receipt,
)
from oversight.requests.services.signing import (
    NotAllowedError,
    open_sheet,
    sign_off_submission,
)
from oversight.requests.services.submitting import (
    NotEditableError,
    StaleDraftError,
    check_editable,
    submit_request,
)
from oversight.requests.services.withdrawing import withdraw_request

__all__ = [
    "NoReceiptError",
    "NotAllowedError",
    "NotEditableError",
    "NothingOwedError",
    "StaleDraftError",
    "add_probe",
    "check_editable",
    "choose_face",
    "file_report",
    "give_sign_off_receipt",
    "give_submission_receipt",
    "note_overdue_duties",
    "open_sheet",
    "save_answers",
    "sign_off_submission",
    "start_request",
    "submit_request",
    "withdraw_request",
]
