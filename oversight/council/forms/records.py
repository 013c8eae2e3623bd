"""Entering requests for public records."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.council.models import RecordsAnswer
from oversight.interface.forms import Form, MemorableDateField, RadioTiles


class RecordsRequestForm(Form):
    """A request, by the department's own number."""

    number = forms.CharField(
        label=_("Number"), max_length=40, help_text=_("The department's own. It names nobody.")
    )
    received_on = MemorableDateField(label=_("Received on"))


class RecordsAnswerForm(Form):
    """How a request ended."""

    outcome = forms.ChoiceField(
        label=_("How it ended"), choices=RecordsAnswer.Outcome.choices, widget=RadioTiles
    )
    answered_on = MemorableDateField(label=_("Answered on"))
    exemption = forms.CharField(
        label=_("Exemption cited"),
        max_length=200,
        required=False,
        help_text=_("Where records were kept back: the section of the law."),
    )
