"""The supervisor's three answers, the officer's withdrawal, and the report after a search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import Form, ProseField
from oversight.requests.models import ReturnReason


class ApproveForm(Form):
    """Approving takes one statement, never ticked beforehand."""

    statement = forms.BooleanField(
        label=_("I have read the facts, seen the image, and take responsibility for this search.")
    )


class ReturnForm(Form):
    """Why the request goes back, so that the officer can mend it."""

    reasons = forms.MultipleChoiceField(
        label=_("What should be mended?"),
        choices=ReturnReason.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that apply."),
    )
    note = ProseField(label=_("Explanation"), max_length=2000, rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        """Another reason must be explained."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if ReturnReason.OTHER in cleaned.get("reasons", []) and not cleaned.get("note"):
            self.add_error("note", _("Explain the other reason."))
        return cleaned


class RefuseForm(ReturnForm):
    """Why the request ends here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for reasons in the words of a refusal."""
        super().__init__(*args, **kwargs)
        self.fields["reasons"].label = _("Why is it refused?")


class WithdrawForm(Form):
    """A last look before a request is taken back."""

    note = ProseField(label=_("Why"), max_length=500, rows=2, required=False)


class ReportForm(Form):
    """The account of a search that the rules demand afterwards; ``duty`` is what it is owed for."""

    duty = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = ProseField(
        label=_("Report"),
        min_length=40,
        max_length=4000,
        rows=8,
        help_text=_(
            "What the emergency was, who authorised the search, what it gave, and what was done"
            " with it. It cannot be changed later."
        ),
    )
