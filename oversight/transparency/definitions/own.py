"""Figures that are counted from what this system itself holds."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.transparency.definitions.definition import Definition

_SUBMISSIONS = _("Requests as sent, and the decisions, verdicts and withdrawals that followed")
_COMPARISONS = _("Searches that ran, and the results of their examination")

RECORDED: Final = (
    Definition(
        "requests",
        _("Requests"),
        _(
            "Each request for a search is counted once, on the day it was first sent, by the clock"
            " of its agency. Everything else says what became of these requests by the time the"
            " edition was made."
        ),
        _SUBMISSIONS,
    ),
    Definition(
        "refused_by_gate",
        _("Refused by the rules"),
        _("The rules in force on that day did not allow the request. It ended there."),
        _SUBMISSIONS,
    ),
    Definition(
        "returned",
        _("Returned to the officer"),
        _("A supervisor sent the request back at least once. The officer could send it again."),
        _SUBMISSIONS,
    ),
    Definition(
        "refused_by_supervisor",
        _("Refused by a supervisor"),
        _("The rules allowed the request, and a supervisor refused it. It ended there."),
        _SUBMISSIONS,
    ),
    Definition(
        "approved",
        _("Approved"),
        _("A supervisor signed the request off at least once."),
        _SUBMISSIONS,
    ),
    Definition(
        "withdrawn",
        _("Withdrawn"),
        _("The officer took the request back before a search ran."),
        _SUBMISSIONS,
    ),
    Definition(
        "expired",
        _("Expired"),
        _("The request was signed off, but no search ran before the sign-off expired."),
        _SUBMISSIONS,
    ),
    Definition(
        "stopped",
        _("Stopped before the search"),
        _("The request was signed off, but the rules no longer allowed it when it was to run."),
        _SUBMISSIONS,
    ),
    Definition(
        "failed",
        _("Failed"),
        _("The search was begun and could not be completed."),
        _SUBMISSIONS,
    ),
    Definition(
        "open",
        _("Still open"),
        _("Nothing final had happened to the request when the edition was made."),
        _SUBMISSIONS,
    ),
    Definition(
        "run",
        _("Searches run"),
        _("The picture was compared with the gallery."),
        _COMPARISONS,
    ),
    Definition(
        "no_candidate",
        _("Nobody returned"),
        _("The search ran and returned nobody to look at."),
        _COMPARISONS,
    ),
    Definition(
        "no_lead",
        _("No lead"),
        _("The search returned candidates, and the examiners did not agree on any of them."),
        _COMPARISONS,
    ),
    Definition(
        "leads",
        _("Leads"),
        _(
            "Trained examiners, working apart, agreed on one candidate. A lead is a hint for an"
            " investigation. It does not identify anyone and is no reason to arrest anyone."
        ),
        _COMPARISONS,
    ),
    Definition(
        "undecided",
        _("Result not known yet"),
        _(
            "The search returned candidates, and the examiners were still at work. For searches"
            " from before adoption: the source does not say."
        ),
        _COMPARISONS,
    ),
    Definition(
        "run_for_earlier_requests",
        _("Searches run for requests of earlier periods"),
        _(
            "Searches that ran in this period for requests sent before it. They are not among the"
            " searches above, and are told here so that none is left out."
        ),
        _COMPARISONS,
    ),
    Definition(
        "refused_before_adoption",
        _("Refused before adoption"),
        _("Refused before this system was in use, as the department told it. Not run."),
        _("Imported searches"),
    ),
    Definition(
        "not_run_before_adoption",
        _("Not run, or not known to have run, before adoption"),
        _("Sent before this system was in use, with no trace of a search in what was handed over."),
        _("Imported searches"),
    ),
    Definition(
        "run_although_refused",
        _("Run although refused, before adoption"),
        _("The department's own records say that the request was refused, and that it was run."),
        _("Imported searches"),
    ),
    Definition(
        "people_with_access",
        _("People with access"),
        _("Active accounts of officers, supervisors and examiners when the edition was made."),
        _("Accounts and the roles they hold"),
    ),
    Definition(
        "templates_held",
        _("Face templates held"),
        _("Faces in all galleries that a search can be compared with, when the edition was made."),
        _("Templates of all galleries"),
    ),
    Definition(
        "templates_purged",
        _("Face templates removed"),
        _("Faces that were taken out of the galleries in the period, by an order or a rule."),
        _("Expungements"),
    ),
)

ENDINGS: Final = (
    "refused_by_gate",
    "refused_by_supervisor",
    "withdrawn",
    "expired",
    "stopped",
    "failed",
    "open",
    "run",
    "refused_before_adoption",
    "not_run_before_adoption",
)
"""Each request has exactly one of these: together they are all requests."""

RESULTS: Final = ("no_candidate", "no_lead", "leads", "undecided")
"""Each search that ran has exactly one of these: together they are all searches run."""
