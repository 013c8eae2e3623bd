"""Numbers, periods and purposes in words."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from oversight.interface.display import date_text
from oversight.policy.translations import wording
from oversight.requests import codes
from oversight.transparency.models import Edition

Json = Mapping[str, Any]

DASH: Final = "\u2013"
"""What stands in a cell for which there is nothing to say."""


def count(value: int | None) -> str:
    """A published count; None was withheld."""
    return _("withheld") if value is None else number_format(value, force_grouping=True)


def figure_text(value: int | str | None) -> str:
    """A published figure: a count, an amount with its cents, or that there is none."""
    if isinstance(value, str):
        return number_format(Decimal(value), decimal_pos=2, force_grouping=True)
    return _("not yet recorded") if value is None else count(value)


def period_text(edition: Edition) -> str:
    """The period in words, both days included."""
    last = edition.period_to - timedelta(days=1)
    if edition.period_from == last:
        return date_text(last)
    return _("%(first)s to %(last)s") % {
        "first": date_text(edition.period_from),
        "last": date_text(last),
    }


def value_of(document: Json, name: str) -> Any:
    """A figure's value: a whole number, or money as text; None where it is not recorded."""
    figure = document["figures"].get(name)
    return None if figure is None else figure["value"]


def use_label(use_type: str) -> str:
    """The words for a purpose."""
    return str(codes.PURPOSES.get(use_type, _("Not stated")))


def rule_text(rule: Json) -> str:
    """A rule by the message that it gave when it refused, else by its name."""
    said = wording(rule["rule"], rule["message"] or "")
    return f"{said} ({rule['rule']})" if rule["message"] else str(rule["rule"])
