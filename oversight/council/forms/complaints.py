"""Complaining, asking how it stands, and the board's answers."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.council.forms.offering import offer
from oversight.council.forms.writing import words_of
from oversight.council.models import Complaint, Finding
from oversight.council.selectors.complaints import request_keyed, requests_of_case
from oversight.council.services.complaints import Told
from oversight.interface.forms import Form, ProseField, RadioTiles
from oversight.requests.models import SearchRequest


class ComplaintForm(Form):
    """What somebody complains about."""

    subject = forms.ChoiceField(
        label=_("What is it about?"), choices=Complaint.Subject.choices, widget=RadioTiles
    )
    text = ProseField(
        label=_("What happened?"),
        max_length=10_000,
        rows=10,
        help_text=_("When and where, and what you know. Only the oversight board reads it."),
    )
    case_number = forms.CharField(
        label=_("Case number"),
        max_length=40,
        required=False,
        help_text=_("If you know one."),
    )
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    reach = forms.CharField(
        label=_("How to reach you"),
        max_length=200,
        required=False,
        help_text=_(
            "E-mail or telephone. You can leave it out: the receipt code shows the answer."
        ),
    )

    def clean_text(self) -> str:
        """Something that can be read."""
        return words_of(self.cleaned_data["text"], or_else=_("Say in words what happened."))

    @property
    def told(self) -> Told:
        """The complaint, when valid."""
        return Told(**self.cleaned_data)


class CodeForm(Form):
    """A receipt code."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Sixteen letters and digits. Capitals and hyphens do not matter."),
    )


class CompareForm(Form):
    """What was found when a complaint was compared with the searches."""

    found = forms.ChoiceField(label=_("What was found"), widget=RadioTiles)
    key = forms.CharField(
        label=_("Id of the search request"),
        max_length=36,
        required=False,
        help_text=_("Only if you chose “A search with this id”."),
    )
    note = forms.CharField(
        label=_("How it was looked for"),
        max_length=300,
        help_text=_("Which case numbers, days and units were looked through."),
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        """Offer the searches that bear the case number."""
        super().__init__(*args, **kwargs)
        self.offered = {str(each.key): each for each in requests_of_case(complaint.case_number)}
        choices = [
            ("none", _("No search was found")),
            *[(key, _("Search request %(key)s") % {"key": key}) for key in self.offered],
            ("key", _("A search with this id")),
        ]
        offer(self, "found", choices)

    def clean(self) -> dict[str, Any]:
        """The search that is meant, or None."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        found = data.get("found")
        data["request"] = self.offered.get(found or "")
        if found == "key":
            data["request"] = self._keyed(data.get("key", ""))
        return data

    def _keyed(self, key: str) -> SearchRequest | None:
        try:
            found = request_keyed(str(UUID(key.strip())))
        except ValueError:
            found = None
        if found is None:
            self.add_error("key", _("No search request has this id. Copy it from its page."))
        return found


class AnswerForm(Form):
    """The end of a complaint."""

    outcome = forms.ChoiceField(
        label=_("Finding"), choices=Finding.Outcome.choices, widget=RadioTiles
    )
    action = forms.CharField(
        label=_("What was done about it"),
        max_length=300,
        required=False,
        help_text=_("For the board's own file."),
    )
    answer = ProseField(
        label=_("Answer to who complained"),
        max_length=5000,
        rows=8,
        help_text=_(
            "Do not say whether there was a search: the answer must read the same either way."
        ),
    )

    def clean_answer(self) -> str:
        """Something that can be read."""
        return words_of(self.cleaned_data["answer"], or_else=_("Write the answer in words."))
