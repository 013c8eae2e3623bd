"""What an entry says, in the words of its pages."""

from collections.abc import Mapping
from datetime import date

from django.utils.html import format_html
from django.utils.translation import gettext as _

from oversight.interface.components import SummaryRow
from oversight.interface.display import date_tag


def public_rows(public: Mapping[str, object]) -> list[SummaryRow]:
    """The public fields of an entry, as the lines of a summary."""
    return [SummaryRow(name_of_field(name), _shown(name, value)) for name, value in public.items()]


def _shown(name: str, value: object) -> object:
    """Days in words; codes as they stand in the record, in every language."""
    if name == "day" and isinstance(value, str):
        return date_tag(date.fromisoformat(value))
    if isinstance(value, list):
        return [_shown(name, each) for each in value] or None
    if isinstance(value, str) and name != "basis":
        return format_html("<code>{}</code>", value)
    return value


def name_of_field(name: str) -> str:
    """What a field is called; one without a name of its own by its own words."""
    names = {
        "agency": _("Agency"),
        "day": _("Day"),
        "effect": _("Decision"),
        "rules": _("Rules that refused"),
        "policy_set": _("Fingerprint of the rules in force"),
        "system": _("System"),
        "use_type": _("Use"),
        "offence_class": _("Class of offence"),
        "entry": _("Earlier entry"),
        "basis": _("Legal basis"),
        "edition": _("Edition"),
        "document": _("Fingerprint of the document"),
        "findings": _("What did not match"),
    }
    return names.get(name) or name.replace("_", " ").capitalize()
