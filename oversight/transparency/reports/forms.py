"""What people fill in for a report."""

from django.core.validators import MaxLengthValidator
from django.forms import CharField
from django.utils.translation import gettext_lazy as _

from oversight.interface import forms
from oversight.transparency.reports.services import REASON_LIMIT, TEXT_LIMIT


class StatementForm(forms.Form):
    """The words for one item. An empty text takes back what stood before."""

    text = forms.ProseField(
        label=_("Text"),
        required=False,
        max_length=TEXT_LIMIT,
        help_text=_(
            "Plain text; an empty line begins a paragraph. Everyone will read it: write no names, no"
            " case numbers, and no counts of persons below 5."
        ),
    )


class FilingForm(forms.Form):
    """Nothing to say for a first report."""


class CorrectionForm(forms.Form):
    """Why a report is filed again."""

    because = CharField(
        label=_("What was wrong in the report that was filed"),
        help_text=_("One line. It stands in the public record for ever."),
        validators=[MaxLengthValidator(REASON_LIMIT)],
    )
