"""Step 1: the case, what the search is for, and the offence."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import ComboSelect, MemorableDateField
from oversight.requests import codes
from oversight.requests.forms.steps import Answers, StepForm


class CaseForm(StepForm):
    """The case number is needed for every search; a valid one is not yet a lawful purpose."""

    case_number = forms.CharField(
        label=_("Case number"), max_length=64, help_text=_("As in the case file.")
    )
    case_opened_on = MemorableDateField(label=_("Case opened on"))
    purpose = forms.ChoiceField(
        label=_("What is the search for?"),
        choices=[("", _("- Choose a purpose -")), *codes.choices(codes.PURPOSES)],
    )
    nibrs = forms.ChoiceField(
        label=_("Offence"),
        required=False,
        widget=ComboSelect,
        choices=[
            ("", _("- No offence -")),
            *((code, f"{code} {label}") for code, label in codes.NIBRS.items()),
        ],
        help_text=_("NIBRS offence code. Leave empty where no crime is suspected."),
    )
    severity = forms.ChoiceField(
        label=_("Severity of the offence"),
        required=False,
        choices=[("", _("- Choose -")), *codes.choices(codes.SEVERITIES)],
    )
    listed = forms.MultipleChoiceField(
        label=_("The offence is on a statutory list"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As the law of your state names it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for statutory lists only where the city says that its law has some."""
        super().__init__(*args, **kwargs)
        field = self.fields["listed"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (narrows the type)
        field.choices = [(code, codes.STATUTORY_LISTS[code]) for code in settings.STATUTORY_LISTS]
        if not settings.STATUTORY_LISTS:
            del self.fields["listed"]

    def clean_case_opened_on(self) -> Any:
        """A case cannot be opened tomorrow."""
        opened = self.cleaned_data["case_opened_on"]
        if opened > timezone.localdate():
            raise forms.ValidationError(
                _("The case cannot have been opened in the future. Check the date.")
            )
        return opened

    def clean(self) -> Answers:
        """An offence has a severity."""
        cleaned: Answers = super().clean() or self.cleaned_data
        if cleaned.get("nibrs") and not cleaned.get("severity"):
            self.add_error("severity", _("Choose the severity of the offence."))
        return cleaned
