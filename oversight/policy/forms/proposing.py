"""Proposing a pack or the end of one, and recording the vote on it."""

import hashlib
import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import Form, MemorableDateField, ProseField, offer
from oversight.policy.engine.adoption import LARGEST_PACK
from oversight.policy.gate import Catalogue
from oversight.policy.presenting.lawbook import HOUSE
from oversight.policy.services.adopting import Vote

_LARGEST_DOCUMENT: Final = 50 * 1024 * 1024
_HEX: Final = re.compile(r"(?:sha256:)?([0-9a-f]{64})", re.IGNORECASE)


class ProposeForm(Form):
    """A pack: its text, edited here or read from a file."""

    text = ProseField(
        label=_("Text of the instrument"),
        max_length=LARGEST_PACK,
        rows=30,
        widget=forms.Textarea(attrs={"rows": 30, "class": "law-editor", "spellcheck": "false"}),
        help_text=_("TOML. State the first day in force; it cannot be a day that has passed."),
    )
    replaces = forms.ChoiceField(
        label=_("Takes the place of another instrument"),
        required=False,
        help_text=_("That one ends on the day on which this one begins."),
    )
    note = ProseField(label=_("Reasons for the change"), max_length=5000, required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        """Offer the adopted instruments that can be replaced."""
        super().__init__(*args, **kwargs)
        offer_instruments(self.fields["replaces"], catalogue, _("No"))


class UploadForm(Form):
    """A pack in a file: read into the text, so that it can be corrected here."""

    document = forms.FileField(label=_("File"), help_text=_("TOML, at most 500 kB."))

    def clean_document(self) -> str:
        """The text of the file; one that is too large or no text is refused unread."""
        file = self.cleaned_data["document"]
        if file.size > LARGEST_PACK:
            raise ValidationError(_("The file is larger than 500 kB. Send a pack of rules only."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValidationError(_("The file is not UTF-8 text. Save it as such.")) from error


class SunsetForm(Form):
    """The end of an instrument."""

    slug = forms.ChoiceField(label=_("Instrument"))
    ends_on = MemorableDateField(
        label=_("First day on which it no longer applies"),
        help_text=_("Today or later."),
    )
    note = ProseField(label=_("Reasons"), max_length=5000, required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        """Offer the adopted instruments."""
        super().__init__(*args, **kwargs)
        offer_instruments(self.fields["slug"], catalogue, _("- Choose an instrument -"))


class AdoptForm(Form):
    """The vote as the body recorded it."""

    body = forms.CharField(
        label=_("Body that voted"), max_length=120, help_text=_("City Council, Police Commission")
    )
    voted_on = MemorableDateField(label=_("Day of the vote"))
    ayes = forms.IntegerField(label=_("Ayes"), min_value=1, max_value=1000)
    noes = forms.IntegerField(label=_("Noes"), min_value=0, max_value=1000)
    ayes_names = ProseField(
        label=_("Ayes by name"), max_length=5000, rows=4, required=False, help_text=_("One a line.")
    )
    noes_names = ProseField(
        label=_("Noes by name"), max_length=5000, rows=4, required=False, help_text=_("One a line.")
    )
    document = forms.FileField(
        label=_("Signed document"),
        required=False,
        help_text=_("Its digest (SHA-256) is kept, the file is not."),
    )
    document_digest = forms.CharField(
        label=_("Or its digest (SHA-256)"), max_length=80, required=False
    )

    def clean_voted_on(self) -> Any:
        """A vote that has been held."""
        day = self.cleaned_data["voted_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day of the vote must not be in the future."))
        return day

    def clean_body(self) -> str:
        """One line that the public record can carry."""
        return " ".join(str(self.cleaned_data["body"]).split())

    def clean_document_digest(self) -> str:
        """The digest in its one form."""
        given = self.cleaned_data["document_digest"].strip()
        found = _HEX.fullmatch(given)
        if given and not found:
            raise ValidationError(_("A SHA-256 digest has 64 digits from 0 to 9 and a to f."))
        return f"sha256:{found[1].lower()}" if found else ""

    def clean_document(self) -> str:
        """The digest of the file."""
        file = self.cleaned_data["document"]
        if not file:
            return ""
        if file.size > _LARGEST_DOCUMENT:
            raise ValidationError(_("The file is larger than 50 MB. Give its digest instead."))
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        return f"sha256:{digest.hexdigest()}"

    def clean(self) -> dict[str, Any]:
        """Names, where given, are as many as the counts; one document is named."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for side in ("ayes", "noes"):
            names = [n.strip() for n in data.get(f"{side}_names", "").splitlines() if n.strip()]
            data[f"{side}_names"] = names
            if names and len(names) != data.get(side):
                self.add_error(f"{side}_names", _("Give as many names as votes, or none."))
        named = {data.get("document"), data.get("document_digest")} - {"", None}
        if not self.errors and len(named) != 1:
            self.add_error(
                "document", _("Add the signed document or its digest; if both, they must agree.")
            )
        data["digest"] = next(iter(named), "")
        return data

    @property
    def vote(self) -> Vote:
        """The vote, from valid answers."""
        data = self.cleaned_data
        return Vote(
            body=data["body"],
            voted_on=data["voted_on"],
            ayes=data["ayes"],
            noes=data["noes"],
            document_digest=data["digest"],
            ayes_names=data["ayes_names"],
            noes_names=data["noes_names"],
        )


def offer_instruments(field: forms.Field, catalogue: Catalogue, none: Any) -> None:
    """Let a field choose among the adopted instruments; the house is not among them."""
    adopted = [
        (one.slug, one.title)
        for one in catalogue.instruments
        if one.in_force_from is not None and one.slug != HOUSE
    ]
    offer(field, [("", none), *adopted])
