"""Figures that a room above this one counts (``transparency.sources``)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.transparency.definitions.definition import Definition

_BOARD = _("What the oversight board and the city's clerk record")

SUPPLIED: Final = {
    definition.name: definition
    for definition in (
        Definition(
            "complaints",
            _("Complaints"),
            _("Complaints about face recognition that were received in the period."),
            _BOARD,
        ),
        Definition(
            "complaints_open",
            _("Complaints without a finding yet"),
            _("Of the complaints received in the period: still being looked into."),
            _BOARD,
        ),
        Definition(
            "complaints_sustained",
            _("Complaints found justified"),
            _(
                "Of the complaints received in the period: the finding is that the rules were broken."
            ),
            _BOARD,
        ),
        Definition(
            "complaints_not_sustained",
            _("Complaints that could not be decided"),
            _(
                "Of the complaints received in the period: there was not enough evidence either way."
            ),
            _BOARD,
        ),
        Definition(
            "complaints_unfounded",
            _("Complaints found not justified"),
            _("Of the complaints received in the period: the finding is that no rule was broken."),
            _BOARD,
        ),
        Definition(
            "audits",
            _("Audits"),
            _("Samples of searches that the board drew in the period to check them."),
            _BOARD,
        ),
        Definition(
            "audit_findings",
            _("Findings of audits"),
            _("What the board found wrong in the period, and asked the department to answer."),
            _BOARD,
        ),
        Definition(
            "audit_answers_overdue",
            _("Overdue answers to audits"),
            _("Findings whose answer was due by the end of the period and had not been given."),
            _BOARD,
        ),
        Definition(
            "technologies",
            _("Surveillance technologies on the inventory"),
            _("Technologies on the city's public inventory at the end of the period."),
            _BOARD,
        ),
        Definition(
            "records_requests",
            _("Requests for public records"),
            _("Requests for records about face recognition that were received in the period."),
            _BOARD,
        ),
        Definition(
            "violations",
            _("Violations of the rules"),
            _("Breaches of the rules on face recognition that were found in the period."),
            _BOARD,
        ),
        Definition(
            "cost",
            _("Cost, in dollars"),
            _("What the city spent on face recognition in the period: purchase, upkeep and staff."),
            _BOARD,
        ),
    )
}
"""Figures that a room above counts (``sources``); not yet recorded until it does."""
