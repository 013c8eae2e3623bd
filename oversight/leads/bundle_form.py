"""What an auditor says before the file of a search is given to them."""

from django.core.validators import RegexValidator
from django.forms import CharField, ChoiceField, Textarea
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import Form, RadioTiles
from oversight.leads.services.bundling import Content


class SearchFileForm(Form):
    """Which search, how much of it, and what for; all of it is recorded."""

    reference = CharField(
        label=_("Request"),
        help_text=_("Its number, or its key as an entry of the record gives it."),
        max_length=36,
        validators=[
            RegexValidator(r"^[0-9a-fA-F-]+$", _("Write a number, or a key of digits and hyphens."))
        ],
    )
    content = ChoiceField(
        label=_("What you need"),
        widget=RadioTiles,
        initial=Content.SEARCH,
        choices=[
            (Content.SEARCH, _("Everything that the record holds of the search")),
            (Content.RECEIPT, _("Only the proof that the search ran, for the defense")),
        ],
    )
    purpose = CharField(
        label=_("What for"),
        help_text=_("This is recorded with your name, for as long as the record lasts."),
        widget=Textarea(attrs={"rows": 3}),
        max_length=500,
    )
