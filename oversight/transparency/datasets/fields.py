"""Columns that several files share."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.transparency.datasets.columns import Column

MONTH: Final = Column("month", "yearmonth", _("Month of the requests, such as 2026-03"))
AGENCY: Final = Column("agency", "string", _("Short name of the agency that asked"))
USE: Final = Column("use_type", "string", _("Purpose; 'unknown' where the source is silent"))
REQUESTS: Final = Column(
    "requests", "integer", _("Requests sent; empty where withheld"), required=False
)
REFUSED: Final = Column(
    "refused",
    "integer",
    _("Refused by the rules or by a supervisor; empty where withheld"),
    required=False,
)
RUN: Final = Column("run", "integer", _("Searches that ran; empty where withheld"), required=False)
NOBODY: Final = Column(
    "no_candidate",
    "integer",
    _("Searches that returned nobody; empty where withheld"),
    required=False,
)
LEADS: Final = Column(
    "leads", "integer", _("Searches that gave a lead; empty where withheld"), required=False
)
BEFORE: Final = Column(
    "before_adoption",
    "integer",
    _("How many requests are from before adoption, as departments told; empty where withheld"),
    required=False,
)
UNIT: Final = Column(
    "unit", "string", _("Name of the unit; 'unknown' if it is not one that the agency lists")
)
AREA: Final = Column(
    "area", "string", _("Area that the unit serves; 'all' for all of the city, or 'unknown'")
)
SUPPRESSED: Final = Column(
    "suppressed",
    "string",
    _("Names of the withheld columns, separated by spaces"),
    required=False,
)
SEARCHES: Final = (
    MONTH,
    AGENCY,
    *(USE, REQUESTS, REFUSED, RUN, NOBODY, LEADS, SUPPRESSED),
)
SEARCHES_KEY: Final = ("month", "agency", "use_type")
