"""Step 4: in which gallery, for whom, and how many candidates at most."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.people.models import Agency
from oversight.requests.forms.steps import StepForm
from recognition.gateway import MAX_CANDIDATES, MIN_CANDIDATES, galleries


class ScopeForm(StepForm):
    """No wider than the case needs."""

    gallery = forms.ChoiceField(label=_("Gallery"), help_text=_("What the image is compared with."))
    candidates_requested = forms.IntegerField(
        label=_("Candidates at most"),
        min_value=MIN_CANDIDATES,
        max_value=MAX_CANDIDATES,
        help_text=_("From 2 to 50. Examiners must compare every one."),
    )
    on_behalf_of = forms.ModelChoiceField(
        label=_("For another agency"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("No, for our own case"),
        help_text=_("Name the agency that asked for the search or will get its result."),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        """Offer the galleries there are, and every agency but our own."""
        super().__init__(*args, **kwargs)
        gallery, other = self.fields["gallery"], self.fields["on_behalf_of"]
        assert isinstance(gallery, forms.ChoiceField)  # noqa: S101  (narrows the type)
        assert isinstance(other, forms.ModelChoiceField)  # noqa: S101  (narrows the type)
        gallery.choices = [(found.slug, found.name) for found in galleries()]
        other.queryset = Agency.objects.exclude(pk=agency.pk).order_by("name")

    def answers(self) -> dict[str, Any]:
        """Return the step's answers."""
        other = self.cleaned_data["on_behalf_of"]
        return {
            "gallery": self.cleaned_data["gallery"],
            "candidates_requested": self.cleaned_data["candidates_requested"],
            "on_behalf_of": other.pk if other else None,
        }
