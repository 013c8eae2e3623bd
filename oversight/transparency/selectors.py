"""Reads for the public pages: editions and nothing else, under the public's own database role."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import connections
from django.db.models import QuerySet

from oversight.transparency.models import Edition

ALIAS: Final = "public"

_SHORTER: Final = 0.9  # February against January

# Nothing of it is ever changed or removed, so the newest of each tells.
_STATE: Final = """
SELECT concat_ws(' ',
    (SELECT number || digest FROM transparency_edition ORDER BY number DESC LIMIT 1), '-',
    (SELECT number || digest FROM transparency_report ORDER BY number DESC LIMIT 1), '-',
    (SELECT max(id) FROM transparency_typesetfile), '-',
    (SELECT max(id) FROM policy_suspension), '-', (SELECT max(id) FROM policy_lifting))
"""


def editions() -> QuerySet[Edition]:
    """Return every edition ever published, newest first; of those that correct it, no document."""
    return (
        Edition.objects.using(ALIAS)
        .select_related("corrects", "correction")
        .defer("corrects__document", "correction__document")
        .order_by("-created_at", "-number")
    )


def edition_numbered(number: int) -> Edition:
    """Return an edition; raises Edition.DoesNotExist."""
    return editions().get(number=number)


def current_editions() -> list[Edition]:
    """Return the editions that no other corrects, the latest period first, long before short."""
    found = Edition.objects.using(ALIAS).filter(correction__isnull=True)
    return _latest_first(found)


def listed_editions() -> list[Edition]:
    """As ``current_editions``, for a list: their documents are read only when asked for."""
    found = Edition.objects.using(ALIAS).filter(correction__isnull=True).defer("document")
    return _latest_first(found)


def latest_edition() -> Edition | None:
    """Return the edition that the front page tells of: of the latest period."""
    return next((edition_numbered(each.number) for each in listed_editions()), None)


def edition_before(edition: Edition, listed: Sequence[Edition]) -> Edition | None:
    """Return the edition to compare with: of the period just before, about as long."""
    for each in listed:
        as_long = _SHORTER <= _days(each) / _days(edition) <= 1 / _SHORTER
        if each.kind == edition.kind and each.period_to == edition.period_from and as_long:
            return each
    return None


def state_of_publication() -> str:
    """Return a text that changes with all that public pages show of publications, in one query.

    That is with each edition, report and file, and when all use is halted or the halt lifted.
    """
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_STATE)
        return str(cursor.fetchone()[0])


def side_by_side(current: Sequence[Edition]) -> list[Edition]:
    """Return editions whose periods do not overlap, so that their rows may be added up.

    Those with tables come before those without, and long periods before short ones.
    """
    chosen: list[Edition] = []
    for edition in sorted(
        current, key=lambda e: (not e.document["tables_printed"], -_days(e), -e.number)
    ):
        if not any(_overlap(edition, other) for other in chosen):
            chosen.append(edition)
    return sorted(chosen, key=lambda e: e.period_from)


def _latest_first(found: Iterable[Edition]) -> list[Edition]:
    return sorted(found, key=lambda e: (e.period_to, _days(e), e.number), reverse=True)


def _days(edition: Edition) -> int:
    return (edition.period_to - edition.period_from).days


def _overlap(one: Edition, other: Edition) -> bool:
    return one.period_from < other.period_to and other.period_from < one.period_to
