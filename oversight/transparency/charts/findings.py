"""Sentences about counts, computed from them: true of whatever was counted, or not said.

A withheld count (None) may be anything, so nothing is said that depends on it.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.transparency.presenting import count

Named = tuple[str, int | None]


def most(counts: Sequence[Named], total: int | None = None) -> str:
    """Say which is the greatest, or that several are; ``total`` adds of how many.

    Where a count was withheld, only those that were not are compared, and the sentence says so.
    """
    known = [(name, value) for name, value in counts if value is not None]
    top = max((value for _name, value in known), default=0)
    if not top:
        return _nothing(counts)
    names = [name for name, value in known if value == top]
    told = {"names": "; ".join(names), "count": count(top), "total": count(total)}
    if len(known) < len(counts):
        return (
            _("Of the numbers that are not withheld, the highest is %(count)s: %(names)s.") % told
        )
    if total is not None:
        return _("The highest number is %(count)s of %(total)s: %(names)s.") % told
    return _("The highest number is %(count)s: %(names)s.") % told


def change(counts: Sequence[Named], what: str) -> str:
    """Say how the last of a series of times differs from the one before."""
    told = [(name, value) for name, value in counts if value is not None]
    if len(told) < 2 or len(told) < len(counts):  # noqa: PLR2004  (two make a change)
        return most(counts)
    (before, earlier), (last, later) = told[-2:]
    words = {"what": what, "last": last, "later": count(later), "earlier": count(earlier)}
    words |= {"before": before}
    if later > earlier:
        return _("%(what)s rose from %(earlier)s in %(before)s to %(later)s in %(last)s.") % words
    if later < earlier:
        return _("%(what)s fell from %(earlier)s in %(before)s to %(later)s in %(last)s.") % words
    return _("%(what)s stayed at %(later)s from %(before)s to %(last)s.") % words


def part(some: int, whole: int, sentence: str) -> str:
    """Fill a sentence with ``%(some)s`` and ``%(whole)s``."""
    return sentence % {"some": count(some), "whole": count(whole)}


def lowest_and_highest(counts: Sequence[Named]) -> str:
    """Say between which values all lie; only for series without a withheld count."""
    values = [value for _name, value in counts if value is not None]
    if len(values) < len(counts) or not values:
        return most(counts)
    if min(values) == max(values):
        return _("Every number is %(count)s.") % {"count": count(values[0])}
    told = {"low": count(min(values)), "high": count(max(values))}
    return _("The numbers lie between %(low)s and %(high)s.") % told


def _nothing(counts: Sequence[Named]) -> str:
    hidden = sum(value is None for _name, value in counts)
    if not hidden:
        return _("Nothing was counted.")
    return ngettext(
        "%(count)s number is withheld; all others are zero.",
        "%(count)s numbers are withheld; all others are zero.",
        hidden,
    ) % {"count": count(hidden)}
