"""What the board does: suspend, lift, replay."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import Form, MemorableDateField, offer_rows
from oversight.policy.models import Proposal


class ReasonForm(Form):
    """Why: one line, which everyone will read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "usa-input--xl"}),
        help_text=_("One line of at most 300 characters. It is public: name nobody."),
    )

    def clean_reason(self) -> str:
        """Printable text in one line, as the public record takes it."""
        reason = " ".join(str(self.cleaned_data["reason"]).split())
        if not reason.isprintable():
            raise ValidationError(_("The reason must be plain text in one line."))
        return reason


class ReplayForm(Form):
    """Which days, and under what."""

    since = MemorableDateField(label=_("From"))
    until = MemorableDateField(label=_("To"), help_text=_("This day is included."))
    law = forms.ChoiceField(
        label=_("Decide them again under"),
        initial="standing",
        choices=[
            ("standing", _("The rules as they stand")),
            ("known", _("The rules as they were known when each request was decided")),
            ("proposal", _("A proposal, as if it had been in force on all these days")),
        ],
        widget=forms.RadioSelect,
    )
    proposal = forms.ModelChoiceField(
        label=_("Which proposal"),
        queryset=Proposal.objects.none(),
        required=False,
        empty_label=_("- Choose a proposal -"),
        help_text=_("Only where you decide under a proposal."),
    )

    def __init__(self, *args: Any, proposals: QuerySet[Proposal], **kwargs: Any) -> None:
        """Offer the proposals that can be tried."""
        super().__init__(*args, **kwargs)
        offer_rows(self.fields["proposal"], proposals)

    def clean(self) -> dict[str, Any]:
        """The days in their order, none of them ahead; a proposal where one is tried."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        tried = data.get("law") == "proposal"
        if tried and "proposal" in data and not data["proposal"]:
            self.add_error("proposal", _("Choose the proposal to decide under."))
        if not tried and data.get("proposal"):
            self.add_error("law", _("You chose a proposal: decide under it, or choose none."))
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first."))
        if until and until > timezone.localdate():
            self.add_error("until", _("The last day must not be in the future."))
        elif until:
            data["left_out"] = until + timedelta(days=1)
        return data
