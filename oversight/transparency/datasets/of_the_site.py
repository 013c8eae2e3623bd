"""The open-data files of the whole site."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.transparency import opendata
from oversight.transparency.datasets.columns import Column, Dataset, Row
from oversight.transparency.datasets.fields import SEARCHES, SEARCHES_KEY
from oversight.transparency.models import Edition

_DIGEST: Final = r"sha256:[0-9a-f]{64}"


def _editions(every: Sequence[Edition]) -> Iterator[Row]:
    for edition in sorted(every, key=lambda each: each.number):
        correction = getattr(edition, "correction", None)
        yield {
            "number": edition.number,
            "kind": edition.kind,
            "period_from": edition.period_from,
            "period_to": edition.period_to,
            "published_at": f"{edition.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "digest": edition.digest,
            "complete": edition.document["complete"],
            "nil_return": edition.nil_return,
            "corrects": edition.corrects_id,
            "corrected_by": correction.number if correction else None,
            "because": edition.because,
        }


SEARCHES_BY_MONTH: Final = Dataset(
    "searches-by-month",
    _("Searches by month, agency and purpose"),
    _("One row for each month, agency and purpose that occurs, from reports that do not overlap"),
    SEARCHES,
    SEARCHES_KEY,
    opendata.searches_by_month,
)
EDITIONS: Final = Dataset(
    "editions",
    _("All reports"),
    _("One row for each report ever published, corrected ones too"),
    (
        Column("number", "integer", _("Number of the report")),
        Column("kind", "string", _("Kind of report")),
        Column("period_from", "date", _("First day of the period")),
        Column("period_to", "date", _("Day after the last day of the period")),
        Column("published_at", "datetime", _("When it was published (UTC)")),
        Column("digest", "string", _("Digest of the frozen document"), pattern=_DIGEST),
        Column("complete", "boolean", _("Whether the period was over")),
        Column(
            "nil_return",
            "boolean",
            _("Whether nothing was asked for; empty: all that is told is from before adoption"),
            required=False,
        ),
        Column("corrects", "integer", _("Number of the report that it corrects"), required=False),
        Column(
            "corrected_by", "integer", _("Number of the report that corrects it"), required=False
        ),
        Column("because", "string", _("What the correction mends"), required=False),
    ),
    ("number",),
    _editions,
)
OF_THE_SITE: Final = (SEARCHES_BY_MONTH, EDITIONS)
"""Files of all editions; the first is made from the current ones, the second from every one."""
