"""What an auditor searches the record by, what they say before they read, sealing and holds."""

from typing import Any, cast

from django.core.validators import RegexValidator
from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    IntegerField,
    MultipleChoiceField,
    Textarea,
)
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from oversight.interface import forms
from oversight.ledger.registry import EventKind, kinds


def _choices() -> list[tuple[str, Any]]:
    return [("", _("All")), *((str(kind.number), kind.sentence) for kind in kinds())]


class EntryFilters(forms.Form):
    """Filters of the auditor's search; all optional."""

    mark_optional = False
    kind = ChoiceField(label=_("What happened"), required=False, choices=lazy(_choices, list))
    agency = CharField(label=_("Agency"), required=False, max_length=80)
    day = CharField(
        label=_("Day"),
        required=False,
        help_text=_("Such as 2026-03-04, or 2026-03 for a month."),
        validators=[
            RegexValidator(
                r"^\d{4}(-\d{2}){0,2}$", _("Write the day as 2026-03-04, or the month as 2026-03.")
            )
        ],
    )

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set and well-formed."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReadingForm(forms.Form):
    """Which committed fields are to be read, and what for; both are recorded."""

    fields_to_read = MultipleChoiceField(
        label=_("Fields to read"), widget=forms.CheckboxTiles, choices=()
    )
    purpose = CharField(
        label=_("What for"),
        help_text=_("This is recorded with your name, for as long as the record lasts."),
        widget=Textarea(attrs={"rows": 3}),
        max_length=500,
    )

    def __init__(self, *args: Any, kind: EventKind, **kwargs: Any) -> None:
        """Offer the committed fields of this kind of event."""
        super().__init__(*args, **kwargs)
        offered = [(name, name.replace("_", " ").capitalize()) for name in kind.committed]
        cast("MultipleChoiceField", self.fields["fields_to_read"]).choices = offered


class FindForm(forms.Form):
    """Which entry is to be sealed or held."""

    mark_optional = False
    entry = IntegerField(
        label=_("Number of the entry"),
        min_value=0,
        max_value=2**53,
        help_text=_("As on its public page, or in an auditor's search."),
    )


class SealingForm(forms.Form):
    """On what basis the key to an entry is to be destroyed."""

    basis = CharField(
        label=_("Legal basis"),
        help_text=_(
            "The law or the order that demands it, in one line. Everyone can read it for as long as "
            "the record lasts: name no person and no case."
        ),
        max_length=300,
    )


class ConfirmingForm(forms.Form):
    """The second person's word."""

    sure = BooleanField(
        label=_("I have read the legal basis, and it demands that this entry be closed for good")
    )


class HoldForm(forms.Form):
    """What demands that an entry stay open."""

    reference = CharField(
        label=_("Reference"),
        help_text=_("The case, order or letter that demands it. It is not public."),
        max_length=200,
    )
