"""Why a line of a manifest was not enrolled, with what cures it. The wording stands here once."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from recognition import probes
from recognition.exchange import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class LineProblem(StrEnum):
    """Codes are stable: they stand in reports. Those of ``probes.Refusal`` may stand there too."""

    NOT_A_RECORD = "not_a_record"
    MISSING = "missing"
    UNUSABLE_TEXT = "unusable_text"
    BAD_DATE = "bad_date"
    OUTSIDE_ROOT = "outside_root"
    NO_SUCH_FILE = "no_such_file"
    OTHER_SUBJECT = "other_subject"
    ALREADY_ENROLLED = "already_enrolled"


_TEXTS: dict[LineProblem, tuple[StrPromise, StrPromise]] = {
    LineProblem.NOT_A_RECORD: (
        _("The line is not a record with the columns of the manifest."),
        _("Write one JSON object, or one value for each column of the first line."),
    ),
    LineProblem.MISSING: (_("The column %(column)s is empty."), _("Fill it in.")),
    LineProblem.UNUSABLE_TEXT: (
        _("The column %(column)s is too long or holds control characters."),
        _("Shorten it to %(limit)s printable characters."),
    ),
    LineProblem.BAD_DATE: (
        _("captured_on is not a date."),
        _("Write it as YYYY-MM-DD, or leave it empty."),
    ),
    LineProblem.OUTSIDE_ROOT: (
        _("The image's path leads out of the root folder."),
        _("Give a path below the root folder; links that lead out of it are not followed."),
    ),
    LineProblem.NO_SUCH_FILE: (
        _("There is no readable file at the image's path."),
        _("Check the path and the rights of the file."),
    ),
    LineProblem.OTHER_SUBJECT: (
        _("The same photograph is already enrolled for another subject of this gallery."),
        _("Find out whose photograph it is; expunge the wrong one."),
    ),
    LineProblem.ALREADY_ENROLLED: (
        _("The photograph is already enrolled for this subject and model."),
        _("Nothing needs to be done."),
    ),
}


class LineRefused(Exception):  # noqa: N818  # a decision about a line, not a fault
    """One line is not enrolled. As a string it is the code alone."""

    def __init__(self, code: LineProblem, **facts: object) -> None:
        """``facts`` fill the places in the texts; no personal data among them."""
        self.code = code
        self.facts = facts
        super().__init__(code.value)


def describe_line(code: str, facts: dict[str, object]) -> Refusal:
    """The refusal in the language of the moment. Raises ValueError for an unknown code."""
    if code in set(LineProblem):
        message, remedy = _TEXTS[LineProblem(code)]
        return Refusal(code, str(message) % facts, str(remedy) % facts)
    refused = probes.ProbeRefused(probes.Refusal(code), **facts)
    return Refusal(code, refused.message, refused.remedy)
