"""Requests behind figures, supervisors, and what is unusual."""

from django.utils.translation import gettext_lazy as _

from oversight.council.board.anomalies import Hit
from oversight.council.board.figures import time_text
from oversight.council.board.rows import Row, ending_label, offence_label, outcome_label
from oversight.interface.tables import Column, Table


class Rows(Table):
    """The requests behind a figure."""

    caption = _("Requests behind this figure")
    default_sort = "-day"
    downloadable = True
    empty = _("No request stands behind this figure")
    number = Column(header=_("Request"), row_header=True, sort="number", numeric=True)
    day = Column(header=_("Day"), sort="day")
    unit = Column(header=_("Unit"), sort="unit")
    use_type = Column(header=_("Purpose"), sort="use_type")
    offence = Column(
        header=_("Offense"), value=lambda row: str(offence_label(row.offence)), sort="offence"
    )
    ending = Column(
        header=_("What became of it"),
        value=lambda row: str(ending_label(row.ending)),
        sort="ending",
    )
    outcome = Column(
        header=_("Result"), value=lambda row: str(outcome_label(row.outcome)), sort="outcome"
    )
    rules = Column(header=_("Rules that refused"), sort="rules")
    waited = Column(header=_("Minutes to verdict"), sort="waited", numeric=True)
    read = Column(header=_("Seconds looked at"), sort="read", numeric=True)

    @property
    def shown_numbers(self) -> list[int]:
        """Numbers of the requests on this page, or of all of them in a download."""
        rows: list[Row] = list(self.ordered if self.csv_wanted else self.pages.page)
        return [row.number for row in rows if row.number is not None]


class Supervisors(Table):
    """How each supervisor decides."""

    caption = _("Supervisors")
    default_sort = "name"
    downloadable = True
    empty = _("No verdict was given in this period")
    name = Column(header=_("Supervisor"), row_header=True, sort="name")
    unit = Column(header=_("Unit"), sort="unit")
    verdicts = Column(header=_("Verdicts"), sort="verdicts", numeric=True)
    approved = Column(header=_("Approved"), sort="approved", numeric=True)
    share = Column(header=_("Share approved, percent"), sort="share", numeric=True)
    waited = Column(
        header=_("Middle time to verdict"),
        value=lambda row: time_text(round(row.waited)),
        numeric=True,
    )
    read = Column(
        header=_("Middle time looked at"),
        value=lambda row: time_text(round(row.read)),
        numeric=True,
    )
    quick = Column(header=_("Signed within a minute"), sort="quick", numeric=True)

    @property
    def filtered(self) -> bool:
        """The period is no filter: without verdicts there is nothing, whatever is chosen."""
        return False


def _some(hit: Hit) -> str:
    shown = ", ".join(str(number) for number in hit.requests[:12])
    return shown + (", …" if len(hit.requests) > 12 else "")  # noqa: PLR2004  (as many as fit a line)


class Hits(Table):
    """What a rule about unusual use found."""

    caption = _("What it found")
    caption_hidden = True
    empty = _("Nothing unusual by this rule")
    about = Column(header=_("About"), row_header=True)
    found = Column(header=_("Found"), numeric=True)
    compared = Column(header=_("Compared with"))
    requests = Column(header=_("Requests"), value=_some)
