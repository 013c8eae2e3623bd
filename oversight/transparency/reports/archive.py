"""The archive: every publication as a row, with what became of it since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from oversight.transparency.models import Edition
from oversight.transparency.presenting import period_text
from oversight.transparency.reports import presenting
from oversight.transparency.reports.models import Report


@dataclass(frozen=True)
class Archived:
    """A publication: its name and page, the days it is about, when it came, and what to know of it."""

    name: str
    address: str
    period: str
    at: datetime
    remarks: Sequence[str]


def archived(publication: Edition | Report) -> Archived:
    """An edition or a filed report as a row of the archive."""
    number, document = publication.number, publication.document
    remarks = list(_remarks(publication))
    if isinstance(publication, Report):
        name = f"{presenting.title(document)} ({number})"
        address = reverse("transparency:filed", args=[number])
        return Archived(name, address, presenting.period(document), publication.filed_at, remarks)
    name = _("Edition %(number)s") % {"number": number}
    address = reverse("transparency:report", args=[number])
    return Archived(name, address, period_text(publication), publication.created_at, remarks)


def _remarks(publication: Edition | Report) -> Iterator[str]:
    filed = isinstance(publication, Report)
    if publication.corrects is not None:
        text = _("Corrects report %(number)s.") if filed else _("Corrects edition %(number)s.")
        yield text % {"number": publication.corrects_id}
    if hasattr(publication, "correction"):
        corrected = _("Corrected by report %(number)s.")
        text = corrected if filed else _("Corrected by edition %(number)s.")
        yield text % {"number": publication.correction.number}
    if publication.document["nil_return"]:
        yield _("A return of zero.")
    if publication.document.get("late"):
        yield _("Filed late.")
