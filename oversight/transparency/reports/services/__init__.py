"""Writes: statements, reports as filed, the files they are read as, and reminders."""

from oversight.transparency.reports.services.filing import REASON_LIMIT, file_report
from oversight.transparency.reports.services.reminding import send_reminders
from oversight.transparency.reports.services.setting import set_files, set_waiting_files
from oversight.transparency.reports.services.shared import ReportRefusedError
from oversight.transparency.reports.services.writing import TEXT_LIMIT, write_statement

__all__ = [
    "REASON_LIMIT",
    "TEXT_LIMIT",
    "ReportRefusedError",
    "file_report",
    "send_reminders",
    "set_files",
    "set_waiting_files",
    "write_statement",
]
